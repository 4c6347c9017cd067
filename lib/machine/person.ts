import type { MachineEvent } from './events';

/** As often as this the same command fails in the same way, and whoever types it is stuck. */
const stuckAfter = 3;
/** Milliseconds between two words about a person's activity. */
const pulse = 60_000;

interface Shown {
  readonly status?: number;
  readonly history?: readonly string[];
  readonly ran?: number;
}

/**
 * How the person at this computer is doing, as far as a teacher should know: when they last did something, and whether the
 * same command keeps failing. Read from what their shells say after each line; the lines themselves stay private, but for the
 * one that they are stuck on.
 */
export class PersonWatch {
  #spoke = 0;
  #last = '';
  #times = 0;
  #stuck = false;
  readonly #ran = new Map<string, number>();

  /** After the events of a turn, with what the shells are at now: what there is to tell. `now` in milliseconds since the epoch. */
  tell(events: readonly MachineEvent[], checkpoints: ReadonlyMap<string, unknown>, now: number): MachineEvent[] {
    const told: MachineEvent[] = [];
    if (events.some((event) => event.type === 'input:taken') && now - this.#spoke >= pulse) {
      this.#spoke = now;
      told.push({ type: 'person:did', at: now });
    }
    for (const event of events)
      if (event.type === 'shell:stood' || event.type === 'shell:changed')
        told.push(...this.#ended(event.of, checkpoints.get(event.of) as Shown));
    return told;
  }

  #ended(of: string, { status = 0, history = [], ran = 0 }: Shown): MachineEvent[] {
    const before = this.#ran.get(of);
    this.#ran.set(of, ran);
    if (before === undefined || ran === before) return [];
    const line = history.at(-1) ?? '';
    // 130: it was interrupted, which is no error.
    if (status === 0 || status === 130) return this.#well();
    const error = `${status} ${line.trim().split(/\s+/).slice(0, 2).join(' ')}`;
    this.#times = error === this.#last ? this.#times + 1 : 1;
    this.#last = error;
    if (this.#times < stuckAfter || this.#stuck) return [];
    this.#stuck = true;
    return [{ type: 'person:stuck', line: line.slice(0, 200) }];
  }

  #well(): MachineEvent[] {
    this.#times = 0;
    this.#last = '';
    if (!this.#stuck) return [];
    this.#stuck = false;
    return [{ type: 'person:unstuck' }];
  }
}
