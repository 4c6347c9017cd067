import { type ClassCommand, type ClassEvent, type ClassState, decide, evolveClass } from '../../lib/classroom';
import type { Chance } from '../../lib/clock';
import { refused } from '../../lib/errors';
import type { Catch } from '../../lib/protocol';
import type { EventLog } from '../store';

export interface ClassChange {
  readonly id: string;
  readonly from: number;
  readonly upTo: number;
  readonly events: readonly ClassEvent[];
  /** After these events. */
  readonly state: ClassState;
}

export interface ClassCustodyOptions {
  readonly id: string;
  readonly log: EventLog;
  readonly chance: Chance;
  readonly mostSeats: number;
  readonly onChanged: (change: ClassChange) => void;
}

export interface CaughtUp {
  readonly caught: Catch<ClassState, ClassEvent>;
  readonly state: ClassState;
}

/** More missed events than this are answered with the state: it is smaller. */
const mostMissed = 500;

/**
 * One class: its state as the stream tells it, and one command after another. Decide → append → evolve → announce; when
 * another node was faster, read what it did and decide again.
 */
export class ClassCustody {
  #state: ClassState | undefined;
  #version = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #fresh = false;

  constructor(private readonly options: ClassCustodyOptions) {}

  /** As stored, once read. Undefined: there is no such class. */
  async state(): Promise<ClassState | undefined> {
    if (!this.#fresh) await this.#inTurn(() => this.#catchUp());
    return this.#state;
  }

  /** As it is known at this moment. */
  get known(): ClassState | undefined {
    return this.#state;
  }

  /** Another node changed the class: read before answering the next one. */
  stale(): void {
    this.#fresh = false;
  }

  /** Resolves with what happened, when it is stored and told. */
  ask(command: ClassCommand): Promise<readonly ClassEvent[]> {
    return this.#inTurn(async () => {
      await this.#catchUp();
      for (let tries = 0; tries < 20; tries++) {
        const { chance, mostSeats, log } = this.options;
        const events = decide(this.#state, command, { now: Date.now(), chance, mostSeats });
        if (!events.length) return events;
        const appended = await log.append(this.#stream, this.#version, events);
        if (appended.ok) {
          const from = this.#version;
          this.#evolve(events);
          this.options.onChanged({ id: this.options.id, from, upTo: this.#version, events, state: this.#state! });
          return events;
        }
        this.#fresh = false;
        await this.#catchUp();
      }
      throw refused('class.busy');
    });
  }

  /** What a reader at `after` needs, and the state then; nothing is told between this and the caller's next step. */
  catchUp(after: number): Promise<CaughtUp> {
    return this.#inTurn(async () => {
      await this.#catchUp();
      const missed = this.#version - after;
      const state = this.#state!;
      if (after === 0 || missed < 0 || missed > mostMissed)
        return { caught: { kind: 'snapshot', upTo: this.#version, state }, state };
      const { events, upTo } = await this.options.log.read<ClassEvent>(this.#stream, after, missed);
      return { caught: { kind: 'missed', upTo, events }, state };
    });
  }

  get #stream(): string {
    return `class/${this.options.id}`;
  }

  /** What is read here was told by whoever stored it. */
  async #catchUp(): Promise<void> {
    if (this.#fresh) return;
    const { events } = await this.options.log.read<ClassEvent>(this.#stream, this.#version);
    this.#fresh = true;
    if (events.length) this.#evolve(events);
  }

  #evolve(events: readonly ClassEvent[]): void {
    this.#version += events.length;
    for (const event of events) this.#state = evolveClass(this.#state, event);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
