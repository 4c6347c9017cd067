import type { ContentStore } from '../../lib/content';
import type { Machine, MachineCommand, MachineEvent, MachineState, Outcome, Recall } from '../../lib/machine';
import type { MachineKit } from './kit';
import type { BesideCommand } from './messages';
import { FairScheduler, randomChance, turns, wallClock } from './surroundings';

export interface OpenedOptions {
  readonly id: string;
  readonly kit: MachineKit;
  readonly content: ContentStore;
  readonly state: MachineState;
  readonly version: number;
  readonly recall: Recall;
  /** Events that belong together: they are stored all or none. */
  readonly onEvents: (events: readonly MachineEvent[]) => void;
}

/** A machine is at rest after so many rounds of the event loop in which it neither told nor computed anything. */
const quietRounds = 3;
/** A program that goes on for longer than this goes on beyond its line's turn. */
const turnMs = 80;

/**
 * One machine in a thread. As long as it is only looked at it stays a state; the first command (or `wake`) sets its programs
 * going.
 *
 * A command's turn lasts until the machine is at rest again, and all of its events are handed over together: that an input was
 * taken is stored in one append with what it did, so that the end of the server never falls between the two. A build is told
 * as it goes on: it may take a minute, and leaves nothing half done.
 */
export class OpenedMachine {
  readonly #scheduler = new FairScheduler(() => this.#version - this.#stored);
  #machine: Machine | undefined;
  #version: number;
  #stored: number;
  /** Told during the present turn. */
  #held: MachineEvent[] | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #ended = false;
  readonly #options: Omit<OpenedOptions, 'state'>;
  /** As it was opened. Its programs change another one: once they go on, nothing holds this. */
  #opened: MachineState | undefined;

  constructor({ state, ...options }: OpenedOptions) {
    this.#options = options;
    this.#opened = state;
    this.#version = options.version;
    this.#stored = options.version;
  }

  /** Resolves when the command's turn has ended. */
  run(command: MachineCommand): Promise<Outcome> {
    const turn = this.#take(command);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** What a program answers; what it does meanwhile is told as it happens, in no command's turn. */
  beside(command: BesideCommand): Promise<Outcome> {
    return this.#live().run(command);
  }

  wake(): void {
    this.#live();
  }

  /** The state between two turns, with everything that it shows told before. With `whole` it is about to be serialised. */
  async state({ whole = false } = {}): Promise<MachineState> {
    if (whole) for (const _ of this.#options.kit.packing(this.#present)) await turns.next(this.#scheduler);
    await this.#turn;
    return this.#present;
  }

  get #present(): MachineState {
    return this.#machine?.state ?? this.#opened!;
  }

  stored(upTo: number): void {
    this.#stored = upTo;
  }

  end(): void {
    this.#ended = true;
    this.#machine?.stop();
  }

  #live(): Machine {
    this.#machine ??= this.#begin(this.#opened!);
    this.#opened = undefined;
    return this.#machine;
  }

  #begin(state: MachineState): Machine {
    const { id, kit, content, version, recall } = this.#options;
    return kit.create({
      state,
      version,
      recall,
      content,
      clock: wallClock,
      chance: randomChance,
      scheduler: this.#scheduler,
      resume: true,
      onFault: (error) => console.error(`machine ${id}:`, error),
      onEvents: (events) => this.#told(events),
    });
  }

  #told(events: readonly MachineEvent[]): void {
    if (this.#ended || events.length === 0) return;
    this.#version += events.length;
    this.#scheduler.told.tell(events);
    if (this.#held) for (const event of events) this.#held.push(event);
    else this.#options.onEvents(events);
  }

  async #take(command: MachineCommand): Promise<Outcome> {
    const machine = this.#live();
    if (isRepeated(machine.state, command)) return { ok: true };
    this.#held = command.type === 'image:build' ? undefined : [];
    const over = turns.line(this.#scheduler);
    try {
      const outcome = await machine.run(command);
      await this.#rest(machine);
      return outcome;
    } finally {
      over();
      const held = this.#held;
      this.#held = undefined;
      if (held?.length && !this.#ended) this.#options.onEvents(held);
    }
  }

  async #rest(machine: Machine): Promise<void> {
    const until = performance.now() + turnMs;
    for (let quiet = 0; quiet < quietRounds && performance.now() < until; ) {
      const before = [this.#version, this.#scheduler.yields];
      await new Promise((resolve) => setImmediate(resolve));
      // Reading the state makes the machine tell what it has not told yet.
      void machine.state;
      quiet = before[0] === this.#version && before[1] === this.#scheduler.yields ? quiet + 1 : 0;
    }
  }
}

/** Typing that was taken before is acknowledged and not typed again. */
function isRepeated(state: MachineState, command: MachineCommand): boolean {
  return command.type === 'terminal:type' && command.seq <= (state.taken.get(command.client) ?? 0);
}
