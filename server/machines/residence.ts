import { refused } from '../../lib/errors';
import type { MachineEvent } from '../../lib/machine';
import { wholeMachine } from '../../lib/machine/events';
import type { EventLog } from '../store';
import type { Question, ToThread } from './messages';
import { readBack } from './read-back';
import type { Thread } from './worker-pool';
import type { WriteQueue } from './write-queue';

export interface ResidenceOptions {
  readonly id: string;
  readonly stream: string;
  readonly log: EventLog;
  readonly queue: WriteQueue;
  readonly choose: () => Thread;
}

type Said<T extends ToThread> = T extends ToThread ? Omit<T, 'id' | 'epoch'> : never;

/** Events between two kept states, and milliseconds: a state may be large, and a program that writes makes many events. */
const keepEvery = 500;
/** Far fewer events than a thread may have unstored. */
const sayEvery = 100;
const keepEveryMs = 30_000;

/** Where one machine lives at present: opened in a thread from its stream, asked there, left again. Each stay is an epoch. */
export class Residence {
  #thread: Thread | undefined;
  #epoch = 0;
  #opening: Promise<void> | undefined;
  #call = 0;
  /** Version of the state that was last put beside the stream. */
  #kept = 0;
  #keptAt = -Infinity;
  /** Up to which event its thread knows them stored. */
  #said = 0;
  #asked: Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }> | undefined;

  constructor(private readonly options: ResidenceOptions) {}

  get thread(): Thread | undefined {
    return this.#thread;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get isOpening(): boolean {
    return this.#opening !== undefined;
  }

  /** @throws Failure `not-found` when the stream is empty. */
  open(): Promise<void> {
    if (this.#thread) return Promise.resolve();
    this.#opening ??= this.#openNow().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  say(message: Said<ToThread>): void {
    this.#thread?.say({ ...message, id: this.options.id, epoch: this.#epoch } as ToThread);
  }

  /** With `drop` the thread is told; without, it is gone itself. */
  leave(how: 'drop' | 'lost'): void {
    if (how === 'drop') this.say({ type: 'drop' });
    if (this.#thread) this.#thread.count--;
    this.#thread = undefined;
    this.#epoch++;
    const waiting = [...(this.#asked?.values() ?? [])];
    this.#asked = undefined;
    for (const { reject } of waiting) reject(restarting());
  }

  /** Calls `use` with the answer and the version that everybody has been told, before anything later is told. */
  ask<T>(question: Question, use: (answer: unknown, version: number) => T): Promise<T> {
    const [call, epoch] = [++this.#call, this.#epoch];
    return new Promise<T>((resolve, reject) => {
      const told = (answer: unknown) =>
        this.options.queue.barrier((version) => {
          // What it is about may never have been stored.
          if (epoch !== this.#epoch) return reject(restarting());
          try {
            resolve(use(answer, version));
          } catch (error) {
            reject(error);
          }
        });
      if (!this.#thread) return reject(restarting());
      this.#asked ??= new Map();
      this.#asked.set(call, { resolve: told, reject });
      this.say({ type: 'ask', call, question });
    });
  }

  answered(call: number, answer: unknown): void {
    this.#asked?.get(call)?.resolve(answer);
    this.#asked?.delete(call);
    if (!this.#asked?.size) this.#asked = undefined;
  }

  /** Events up to here are stored. Now and then the state is put beside the stream; losing that costs only time. */
  stored(upTo: number): void {
    this.#sayStored(upTo);
    const due = upTo - this.#kept >= keepEvery && performance.now() - this.#keptAt >= keepEveryMs;
    if (!due || !this.#thread) return;
    this.#kept = upTo;
    this.#keptAt = performance.now();
    const keep = (state: unknown, version: number) => this.options.log.keep(this.options.stream, version, state);
    this.ask({ kind: 'state', ...wholeMachine }, keep).catch(() => {});
  }

  /** The thread waits when thousands are not stored: it need not be woken up for each line. */
  #sayStored(upTo: number): void {
    if (upTo - this.#said < sayEvery) return;
    this.#said = upTo;
    this.say({ type: 'stored', upTo });
  }

  /** Reads what the machine wants to look back at, when it is stored. */
  async recall(call: number, versions: readonly number[]): Promise<void> {
    const { log, stream, queue } = this.options;
    const epoch = this.#epoch;
    const recalled = await new Promise<void>((resolve) => queue.barrier(() => resolve()))
      .then(() => readBack(log, stream, versions))
      .catch((error: unknown) => void console.error(`${stream}: ${String(error)}`));
    if (epoch === this.#epoch) this.say({ type: 'recalled', call, ...(recalled && { recalled }) });
  }

  /** Reads the stream when everything before is written, and hands it to a thread. */
  #openNow(): Promise<void> {
    const { log, stream, queue, id, choose } = this.options;
    return new Promise((resolve, reject) => {
      queue.barrier(async () => {
        try {
          const kept = await log.kept(stream);
          const { events, upTo } = await log.read<MachineEvent>(stream, kept?.version ?? 0);
          if (upTo === 0) throw refused('machine.none', { machine: id });
          queue.version = upTo;
          this.#said = upTo;
          this.#kept = kept?.version ?? 0;
          this.#thread = choose();
          this.#thread.count++;
          this.#epoch++;
          this.say({ type: 'open', state: kept?.state, events, version: upTo });
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}

const restarting = () => refused('machine.restarting');
