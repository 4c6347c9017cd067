import type { EngineState } from '../engine';
import type { MachineEvent, MomentEvent } from './events';
import type { Moment } from './state';

/**
 * Moments that a machine remembers: as far back as a person remembers what they did, and few enough that finding out what each of
 * them changed is quick.
 */
export const mostMoments = 40;

/** What an undo goes back behind is undone, and so is the undo itself: the next one goes further back. */
export function evolveMoments(moments: readonly Moment[], { type: _, to, ...passed }: MomentEvent): readonly Moment[] {
  if (to === undefined) return [...moments, passed].slice(-mostMoments);
  const before = moments.map((moment) => (moment.version < to ? moment : { ...moment, undone: true as const }));
  return [...before, { ...passed, undone: true as const }].slice(-mostMoments);
}

/** Characters of a command that are remembered. */
const longest = 200;

interface Expected {
  readonly at: number;
  readonly by: Moment['by'];
  readonly text: () => string;
  readonly state: EngineState;
}

/**
 * Tells the moments of a machine: a command is expected, and when the first thing changes that was there before it, that was its
 * moment. A command that changes nothing has none, so `ls` does not stand between two commands that did.
 */
export class MomentWatch {
  #expected: Expected | undefined;

  constructor(
    readonly state: () => EngineState,
    /** Milliseconds since the epoch. */
    readonly now: () => number,
  ) {}

  /** `text` is asked for when the command changes something: by then its shell has read it. */
  expect(by: Moment['by'], text: () => string): void {
    this.#expected = { at: this.now(), by, text, state: this.state() };
  }

  forget(): void {
    this.#expected = undefined;
  }

  /** The moment before `events`, which come after `version` others, if it is one. */
  tell(events: readonly MachineEvent[], version: number): MomentEvent[] {
    const expected = this.#expected;
    if (!expected || !events.some((event) => touches(event, expected.state))) return [];
    this.forget();
    const { at, by, text } = expected;
    return [{ type: 'moment:passed', version, at, by, text: text().slice(0, longest) }];
  }
}

/** Whether it changes what was there, in a way that could be taken back. */
function touches(event: MachineEvent, { sheets, containers }: EngineState): boolean {
  if (event.type === 'sheet:written' || event.type === 'sheet:reset') return sheets.has(event.key);
  return event.type === 'container:removed' && containers.has(event.id);
}
