import { Failure } from '../../lib/errors';
import type { MachineCommand, MachineEvent, Outcome } from '../../lib/machine';
import type { EventLog, Kept } from '../store';
import type { FromThread, Question } from './messages';
import type { Thread } from './worker-pool';
import { WriteQueue, type Written } from './write-queue';

export interface CustodyOptions {
  readonly id: string;
  readonly log: EventLog;
  readonly thread: () => Thread;
  readonly onWritten: (written: Written) => void;
  /** Runs `work` while no other suspect runs: after a thread was lost, to find out who hung it. */
  readonly alone: (work: () => Promise<unknown>) => void;
  readonly commandMs: number;
  /** Other nodes may write this stream too. */
  readonly shared: boolean;
}

interface Order {
  readonly command: MachineCommand;
  readonly resolve: (outcome: Outcome) => void;
  /** How often a thread was lost while this ran. */
  losses: number;
  conflicts: number;
}

/** Events between two kept states. */
const keepEvery = 500;

export const streamOf = (machine: string) => `machine/${machine}`;

/**
 * One machine, wherever it runs: the order of its commands, the way of its events into the stream, and its return.
 *
 * Life: closed → opened in a thread from its stream → commands, one after another → closed (idle, lost, overtaken by another
 * node) → opened again. A command is answered when its events are stored. One whose events were not stored is run again on
 * the machine as the stream tells it; nothing of the first try remains anywhere.
 */
export class Custody {
  lastUsed = Date.now();
  readonly #queue: WriteQueue;
  readonly #stream: string;
  #orders: Order[] = [];
  #running: Order | undefined;
  /** Ran, but their events are not stored yet. */
  #unstored: Order[] = [];
  #suspect = false;
  #thread: Thread | undefined;
  #opening: Promise<void> | undefined;
  #epoch = 0;
  #call = 0;
  #timer: NodeJS.Timeout | undefined;
  #kept = 0;
  #asked = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  #whenSettled: (() => void)[] = [];

  constructor(private readonly options: CustodyOptions) {
    this.#stream = streamOf(options.id);
    this.#queue = new WriteQueue({
      log: options.log,
      stream: this.#stream,
      onWritten: (written) => this.#written(written),
      onRefused: (why, error) => this.#refused(why, error),
    });
  }

  get thread(): Thread | undefined {
    return this.#thread;
  }

  get idle(): boolean {
    return !this.#running && this.#orders.length === 0 && this.#queue.idle && !this.#opening;
  }

  run(command: MachineCommand): Promise<Outcome> {
    this.lastUsed = Date.now();
    return new Promise((resolve) => {
      this.#orders.push({ command, resolve, losses: 0, conflicts: 0 });
      if (!this.#suspect) void this.#next();
    });
  }

  /** Begins the stream; one that has begun already stays as it is. True when nothing else has happened in it yet. */
  async make(made: MachineEvent): Promise<boolean> {
    await this.#write([made], (version) => version === 0);
    return (await this.options.log.version(this.#stream)) === 1;
  }

  /** Sets the machine's programs going, as they were. */
  async wake(): Promise<void> {
    this.lastUsed = Date.now();
    await this.#open();
    this.#thread?.say({ type: 'wake', id: this.options.id, epoch: this.#epoch });
  }

  /**
   * Calls `use` with the answer and the version that everybody has been told, before anything later is told.
   */
  async ask<T>(question: Question, use: (answer: unknown, version: number) => T): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        if (this.options.shared) await this.#refresh();
        await this.#open();
        return await this.#askOnce(question, use);
      } catch (error) {
        if (tries >= 3 || !(error instanceof Failure) || error.code !== 'unavailable') throw error;
      }
    }
  }

  /** Calls `use` with the version that everybody has been told, before anything later is. */
  atRest<T>(use: (version: number) => Promise<T>): Promise<T> {
    this.lastUsed = Date.now();
    return new Promise((resolve, reject) => {
      this.#queue.barrier(async (version) => {
        const at = this.#thread && !this.options.shared ? version : await this.options.log.version(this.#stream);
        await use(at).then(resolve, reject);
      });
    });
  }

  /** What the thread says of this machine. */
  heed(message: Exclude<FromThread, { type: 'ready' | 'fetch' | 'blob' }>, blobs: Promise<unknown>): void {
    if (message.epoch !== this.#epoch) return;
    if (message.type === 'changed') this.#queue.events(message.events, blobs);
    if (message.type === 'done') this.#done(message.outcome);
    if (message.type === 'failed') {
      console.error(`machine ${this.options.id}: ${message.error}`);
      this.lost();
    }
    if (message.type === 'answered') {
      this.#asked.get(message.call)?.resolve(message.answer);
      this.#asked.delete(message.call);
    }
  }

  /** Its thread is gone, or will not do: whatever it had in hand is tried again, alone, in another one. */
  lost(): void {
    const order = this.#running;
    this.#close();
    if (!order) {
      if (!this.#suspect) void this.#next();
      return;
    }
    order.losses++;
    if (order.losses < 2) this.#orders.unshift(order);
    else this.#abandon(order);
    if (this.#suspect) this.#settled();
    else {
      this.#suspect = true;
      this.options.alone(() => this.#retry());
    }
  }

  /** Takes the machine out of its thread. Its stream has everything. */
  close(): void {
    this.#thread?.say({ type: 'drop', id: this.options.id, epoch: this.#epoch });
    this.#close();
  }

  async #next(): Promise<void> {
    if (this.#running || !this.#orders.length) return;
    const order = this.#orders.shift()!;
    this.#running = order;
    try {
      await this.#open();
    } catch (error) {
      if (this.#running === order) this.#running = undefined;
      order.resolve(refusalOf(error));
      this.#settled();
      return this.#next();
    }
    if (this.#running !== order) return;
    const { id, commandMs } = this.options;
    this.#timer = setTimeout(
      () => this.#stuck(order),
      order.command.type === 'image:build' ? 4 * commandMs : commandMs,
    );
    this.#thread!.say({ type: 'run', id, epoch: this.#epoch, call: ++this.#call, command: order.command });
  }

  #done(outcome: Outcome): void {
    const order = this.#running;
    if (!order) return;
    clearTimeout(this.#timer);
    this.#running = undefined;
    this.#unstored.push(order);
    this.#queue.after(() => {
      this.#unstored = this.#unstored.filter((other) => other !== order);
      order.resolve(outcome);
    });
    this.#settled();
    if (!this.#suspect) void this.#next();
  }

  #stuck(order: Order): void {
    if (this.#running !== order) return;
    console.error(`machine ${this.options.id}: ${order.command.type} did not end; it is started again`);
    order.losses++;
    this.#thread?.say({ type: 'drop', id: this.options.id, epoch: this.#epoch });
    this.lost();
  }

  /** The same command cost two threads: it is not run a third time, and its typist sees why. */
  #abandon({ command, resolve }: Order): void {
    const message = 'This computer stopped answering and was started again. What was typed last has had no effect.';
    if (command.type !== 'terminal:type') {
      resolve({ ok: false, code: 'unavailable', message });
      return;
    }
    const { terminal, client, seq } = command;
    this.#write([
      { type: 'terminal:wrote', terminal, text: `\r\n[${message}]\r\n` },
      { type: 'input:taken', client, seq },
    ]).then(
      () => resolve({ ok: true }),
      (error) => resolve(refusalOf(error)),
    );
  }

  /** Events that no thread decided. Only while the machine is in none. */
  #write(events: readonly MachineEvent[], only?: (version: number) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.barrier(async () => {
        try {
          for (let tries = 0; tries < 10; tries++) {
            const from = await this.options.log.version(this.#stream);
            if (only?.(from) === false) return resolve();
            const appended = await this.options.log.append(this.#stream, from, events);
            if (!appended.ok) continue;
            this.#queue.version = appended.version;
            this.options.onWritten({ from, upTo: appended.version, events });
            return resolve();
          }
          throw new Failure('unavailable', 'This could not be stored just now. Try again.');
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** Runs the one suspected command; then the others may go on. */
  #retry(): Promise<void> {
    return new Promise<void>((resolve) => {
      this.#whenSettled.push(resolve);
      void this.#next().then(() => {
        if (!this.#running) this.#settled();
      });
    }).then(() => {
      if (this.#orders[0]?.losses) return this.#retry();
      this.#suspect = false;
      void this.#next();
    });
  }

  #settled(): void {
    for (const resolve of this.#whenSettled.splice(0)) resolve();
  }

  #open(): Promise<void> {
    if (this.#thread) return Promise.resolve();
    this.#opening ??= this.#openNow().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Reads the stream when everything before is written, and hands it to a thread. */
  #openNow(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.barrier(async () => {
        try {
          const { log, id } = this.options;
          const kept: Kept | undefined = await log.kept(this.#stream);
          const { events, upTo } = await log.read<MachineEvent>(this.#stream, kept?.version ?? 0);
          if (upTo === 0) throw new Failure('not-found', 'There is no such computer in this class.', { machine: id });
          this.#queue.version = upTo;
          this.#kept = kept?.version ?? 0;
          this.#thread = this.options.thread();
          this.#thread.count++;
          this.#thread.say({ type: 'open', id, epoch: ++this.#epoch, state: kept?.state, events, version: upTo });
          resolve();
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  async #refresh(): Promise<void> {
    await this.atRest(async (version) => {
      if (this.#thread && version > this.#queue.version) this.close();
    });
  }

  #askOnce<T>(question: Question, use: (answer: unknown, version: number) => T): Promise<T> {
    this.lastUsed = Date.now();
    const [call, epoch, thread] = [++this.#call, this.#epoch, this.#thread];
    return new Promise<T>((resolve, reject) => {
      const told = (answer: unknown) =>
        this.#queue.barrier((version) => {
          // What it is about may never have been stored.
          if (epoch !== this.#epoch) return reject(restarting());
          try {
            resolve(use(answer, version));
          } catch (error) {
            reject(error);
          }
        });
      if (!thread) return reject(restarting());
      this.#asked.set(call, { resolve: told, reject });
      thread.say({ type: 'ask', id: this.options.id, epoch, call, question });
    });
  }

  #written(written: Written): void {
    this.#thread?.say({ type: 'stored', id: this.options.id, epoch: this.#epoch, upTo: written.upTo });
    this.options.onWritten(written);
    if (written.upTo - this.#kept < keepEvery || !this.#thread) return;
    this.#kept = written.upTo;
    // Losing this costs only time at the next opening.
    const keep = (state: unknown, version: number) => this.options.log.keep(this.#stream, version, state);
    this.#askOnce({ kind: 'state', private: true }, keep).catch(() => {});
  }

  /** The stream is not what the thread believed. */
  #refused(why: 'conflict' | 'unavailable', error?: unknown): void {
    if (why === 'unavailable') console.error(`machine ${this.options.id}: ${String(error)}`);
    const again = [...this.#unstored, ...(this.#running ? [this.#running] : [])];
    this.#unstored = [];
    this.close();
    for (const order of again.reverse()) {
      if (why === 'conflict' && ++order.conflicts < 5) this.#orders.unshift(order);
      else order.resolve(refusalOf(new Failure('unavailable', 'This could not be stored just now. Try again.')));
    }
    this.#settled();
    if (!this.#suspect) void this.#next();
  }

  #close(): void {
    if (this.#thread) this.#thread.count--;
    this.#thread = undefined;
    this.#epoch++;
    this.#running = undefined;
    clearTimeout(this.#timer);
    this.#rejectAsked();
  }

  #rejectAsked(): void {
    const waiting = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of waiting) reject(restarting());
  }
}

const restarting = () => new Failure('unavailable', 'This computer is being started again.');

export function refusalOf(error: unknown): Outcome {
  if (error instanceof Failure) return { ok: false, code: error.code, message: error.message, detail: error.detail };
  console.error(error);
  return { ok: false, code: 'unavailable', message: 'This computer cannot be reached just now. Try again.' };
}
