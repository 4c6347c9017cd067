import type { MachineEvent } from '../../lib/machine';
import type { EventLog } from '../store';

export interface Written {
  readonly from: number;
  readonly upTo: number;
  readonly events: readonly MachineEvent[];
}

export interface WriteQueueOptions {
  readonly log: EventLog;
  readonly stream: string;
  /** Stored, in order; from now on everybody may be told. */
  readonly onWritten: (written: Written) => void;
  /** Another node was faster, or the store fails: what waits here was not stored and is given up. */
  readonly onRefused: (why: 'conflict' | 'unavailable', error?: unknown) => void;
}

type Item =
  | { readonly kind: 'events'; readonly events: readonly MachineEvent[]; readonly ready: Promise<unknown> }
  | { readonly kind: 'after'; readonly then: () => void }
  | { readonly kind: 'barrier'; readonly then: (version: number) => Promise<void> | void };

/**
 * The way of one machine's events into its stream, in order. Events that gather while an append is under way go together in
 * the next one. `after` is called when everything before it is stored; a `barrier` besides stands alone: while it works,
 * nothing later is stored or told, so what it reads fits exactly between two announcements.
 */
export class WriteQueue {
  /** Of the last stored event. Set by whoever opens the machine. */
  version = 0;
  #items: Item[] = [];
  #working = false;

  constructor(private readonly options: WriteQueueOptions) {}

  get idle(): boolean {
    return !this.#working && this.#items.length === 0;
  }

  /** `ready`: bytes that the events name are stored. */
  events(events: readonly MachineEvent[], ready: Promise<unknown> = Promise.resolve()): void {
    this.#push({ kind: 'events', events, ready });
  }

  after(then: () => void): void {
    this.#push({ kind: 'after', then });
  }

  barrier(then: (version: number) => Promise<void> | void): void {
    this.#push({ kind: 'barrier', then });
  }

  /** Forgets events that are not stored, and who waits for them; barriers stay. */
  giveUp(): void {
    this.#items = this.#items.filter(({ kind }) => kind === 'barrier');
  }

  #push(item: Item): void {
    this.#items.push(item);
    if (!this.#working) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working = true;
    // One microtask later, so that what is said in one breath is written at once.
    await Promise.resolve();
    while (this.#items.length) {
      const first = this.#items[0]!;
      if (first.kind === 'barrier') {
        this.#items.shift();
        await first.then(this.version);
      } else await this.#write(this.#takeUpToBarrier());
    }
    this.#working = false;
  }

  #takeUpToBarrier(): Item[] {
    const end = this.#items.findIndex(({ kind }) => kind === 'barrier');
    return this.#items.splice(0, end < 0 ? this.#items.length : end);
  }

  async #write(items: readonly Item[]): Promise<void> {
    const events = items.flatMap((item) => (item.kind === 'events' ? item.events : []));
    try {
      await Promise.all(items.map((item) => (item.kind === 'events' ? item.ready : undefined)));
      if (events.length) {
        const appended = await this.options.log.append(this.options.stream, this.version, events);
        if (!appended.ok) return this.#refuse('conflict');
        const from = this.version;
        this.version = appended.version;
        this.options.onWritten({ from, upTo: appended.version, events });
      }
    } catch (error) {
      return this.#refuse('unavailable', error);
    }
    for (const item of items) if (item.kind === 'after') item.then();
  }

  #refuse(why: 'conflict' | 'unavailable', error?: unknown): void {
    this.giveUp();
    this.options.onRefused(why, error);
  }
}
