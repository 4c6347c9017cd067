import type { ClassState } from '../../lib/classroom';
import { refused } from '../../lib/errors';
import type { MachineEvent, PublishedImage } from '../../lib/machine';
import { isPrivate, neededContent } from '../../lib/machine/events';
import type { MachineSnapshot } from '../../lib/protocol';
import { type Classes, machineOf } from '../classes';
import type { Machines } from '../machines';
import { mayCompare, mayTouch, type Person, peopleIn, type Standing } from './person';

/** The layers that one computer names, up to a version of its stream. */
interface Named {
  upTo: number;
  readonly askedAt: number;
  readonly own: Set<string>;
  readonly board: Set<string>;
}

/** Computers of which is known what they name. Beyond them it is asked again. */
const mostKnown = 10_000;
/** Where other nodes write too, a computer is asked again after so long (ms). */
const freshMs = 1000;

/**
 * Who may have which bytes. A digest is no secret and no right: what one may have is what was published or pushed in the class,
 * and the layers below the sheets of those computers that one may see, as one may see them. What is not for somebody is
 * not found, as if it were nowhere.
 *
 * What a computer names is asked of it once and then kept up to date by what it tells, so that a question is a look into a few
 * sets. It only grows: whoever was told of a layer may have fetched it.
 */
export class Contents {
  readonly #named = new Map<string, Named>();
  readonly #published = new WeakMap<readonly PublishedImage[], ReadonlySet<string>>();
  /** One string for each digest, however many computers name it. */
  readonly #words = new Map<string, string>();

  constructor(
    private readonly classes: Classes,
    private readonly machines: Machines,
    private readonly shared: boolean,
  ) {
    machines.onChanged(({ machine, from, upTo, events }) => {
      const named = this.#named.get(machine);
      if (!named || upTo <= named.upTo) return;
      // Another node told something in between: it is asked again.
      if (from > named.upTo) this.#named.delete(machine);
      else this.#heard(named, upTo, events);
    });
  }

  /** @throws Failure `not-found` when this is nothing that they may have. */
  async check(standing: Standing, person: Person, digest: string): Promise<void> {
    const { state } = standing;
    if (this.#isPublished(state, digest)) return;
    const seen = machinesSeen(standing, person);
    const has = ({ machine, own }: Seen) => {
      const named = this.#named.get(machine);
      return named !== undefined && (named.board.has(digest) || (own && named.own.has(digest)));
    };
    if (seen.some(has)) return;
    await Promise.all(seen.map(({ machine }) => this.#ask(standing.id, machine)));
    if (!seen.some(has)) throw refused('content.none', { digest });
  }

  /** Somebody was shown a container of this computer as it was: what it stood on may be had as what it stands on now. */
  async shown(id: string, machine: string, { engine }: MachineSnapshot): Promise<void> {
    await this.#ask(id, machine);
    const named = this.#named.get(machine);
    for (const [, { diffIds }] of engine.sheets) for (const digest of diffIds) named?.board.add(this.#word(digest));
  }

  #isPublished({ images, pushed }: ClassState, digest: string): boolean {
    return [images, pushed].some((list) => {
      const known = this.#published.get(list) ?? new Set(list.flatMap(digestsOf));
      this.#published.set(list, known);
      return known.has(digest);
    });
  }

  async #ask(id: string, machine: string): Promise<void> {
    const known = this.#named.get(machine);
    if (known && (!this.shared || performance.now() - known.askedAt < freshMs)) return;
    await this.classes.ready(id, machine.slice(id.length + 1));
    const { own, board, upTo } = await this.machines.content(machine);
    if (this.#named.size >= mostKnown) this.#named.clear();
    this.#named.set(machine, { upTo, askedAt: performance.now(), own: this.#set(own), board: this.#set(board) });
  }

  #heard(named: Named, upTo: number, events: readonly MachineEvent[]): void {
    named.upTo = upTo;
    for (const event of events)
      for (const digest of neededContent(event)) (isPrivate(event) ? named.own : named.board).add(this.#word(digest));
  }

  #set(digests: readonly string[]): Set<string> {
    return new Set(digests.map((digest) => this.#word(digest)));
  }

  #word(digest: string): string {
    if (this.#words.size >= mostKnown) this.#words.clear();
    const known = this.#words.get(digest);
    if (known === undefined) this.#words.set(digest, digest);
    return known ?? digest;
  }
}

interface Seen {
  readonly machine: string;
  /** With what only its own people see. */
  readonly own: boolean;
}

function machinesSeen(standing: Standing, person: Person): readonly Seen[] {
  const { id, state } = standing;
  return peopleIn(state).flatMap((seat) => {
    const machine = machineOf(id, seat);
    const own = sees(standing, person, machine);
    return own || mayCompare(standing) ? [{ machine, own }] : [];
  });
}

function sees(standing: Standing, person: Person, machine: string): boolean {
  try {
    mayTouch(standing, person, machine, 'see');
    return true;
  } catch {
    return false;
  }
}

const digestsOf = ({ imageId, manifestDigest, layers }: PublishedImage) => [
  imageId,
  manifestDigest,
  ...layers.map(({ digest }) => digest),
];
