import type { Catch } from '../../lib/protocol';
import { Store } from './store';

export interface News<Event> {
  readonly from: number;
  readonly upTo: number;
  readonly events: readonly Event[];
}

export interface Rules<State, Snapshot, Event> {
  /** Whatever has to be fetched before these can be applied (a layer's bytes). */
  prepare?(given: { readonly snapshot?: Snapshot; readonly events: readonly Event[] }): Promise<void>;
  parse(snapshot: Snapshot): State;
  evolve(state: State | undefined, event: Event): State;
  /** Asks the server for what comes after the cursor. */
  watch(cursor: number): Promise<Catch<Snapshot, Event> | undefined>;
}

/**
 * One stream's reader: its cursor and its replica. News apply only where the cursor stands; older news are known already,
 * newer ones mean that something was missed, and the stream is watched again. A replica that cannot take an event is
 * thrown away and asked for whole. Everything is done in turn.
 */
export class Inbox<State, Snapshot, Event> {
  readonly replica = new Store<State | undefined>(undefined);
  #cursor = 0;
  #turn: Promise<void> = Promise.resolve();
  #watched = false;
  readonly #early: News<Event>[] = [];

  constructor(readonly rules: Rules<State, Snapshot, Event>) {}

  get cursor(): number {
    return this.#cursor;
  }

  /** Begins, or catches up after the line was down. */
  watch(): Promise<void> {
    this.#watched = false;
    return this.#next(async () => {
      const given = await this.rules.watch(this.#cursor);
      if (given) await this.#take(given);
    });
  }

  /** What another watch (of the whole board) was answered for this stream. */
  take(given: Catch<Snapshot, Event>): Promise<void> {
    return this.#next(() => this.#take(given));
  }

  /** News may arrive while a watch is under way: they wait for its answer. */
  hear(news: News<Event>): Promise<void> {
    return this.#next(async () => {
      if (!this.#watched) this.#early.push(news);
      else await this.#hear(news);
    });
  }

  async #take(given: Catch<Snapshot, Event>): Promise<void> {
    if (given.kind === 'snapshot') {
      await this.rules.prepare?.({ snapshot: given.state, events: [] });
      this.replica.set(this.rules.parse(given.state));
      this.#cursor = given.upTo;
    } else await this.#apply(given.events, given.upTo);
    this.#watched = true;
    for (const news of this.#early.splice(0)) await this.#hear(news);
  }

  async #hear({ from, upTo, events }: News<Event>): Promise<void> {
    if (upTo <= this.#cursor) return;
    if (from === this.#cursor) return this.#apply(events, upTo);
    const given = await this.rules.watch(this.#cursor);
    if (given) await this.#take(given);
  }

  async #apply(events: readonly Event[], upTo: number): Promise<void> {
    await this.rules.prepare?.({ events });
    let state = this.replica.get();
    for (const event of events) state = this.rules.evolve(state, event);
    this.#cursor = upTo;
    this.replica.set(state);
  }

  /** One thing after another; what fails costs the replica, not the page. */
  #next(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch(async (error: unknown) => {
      console.error('a replica is asked for whole again', error);
      this.#cursor = 0;
      const given = await this.rules.watch(0);
      if (given) await this.#take(given).catch((again: unknown) => console.error(again));
    });
    return this.#turn;
  }
}
