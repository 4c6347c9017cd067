import { Failure, refused } from '../../lib/errors';
import type { MachineCommand, MachineEvent, Outcome } from '../../lib/machine';
import type { EventLog } from '../store';
import type { FromThread, Question } from './messages';
import { Residence } from './residence';
import type { Thread } from './worker-pool';
import { WriteQueue, type Written } from './write-queue';

/** The same for all machines: one object, and no function of a machine's own. */
export interface CustodyOptions {
  readonly log: EventLog;
  readonly thread: () => Thread;
  readonly onWritten: (machine: string, written: Written) => void;
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
  readonly #stream: string;
  readonly #queue: WriteQueue;
  readonly #residence: Residence;
  #orders: Order[] = [];
  #running: Order | undefined;
  /** Ran, but their events are not stored yet. */
  #unstored: Order[] = [];
  /** Its command was running when a thread was lost: it goes on alone until that command is done. */
  #suspect = false;
  #turn = 0;
  #timer: NodeJS.Timeout | undefined;
  #whenSettled: (() => void)[] = [];

  constructor(
    private readonly id: string,
    private readonly options: CustodyOptions,
  ) {
    const { log, thread: choose } = options;
    const stream = streamOf(id);
    this.#stream = stream;
    this.#queue = new WriteQueue({
      log,
      stream,
      onWritten: (written) => {
        this.#residence.stored(written.upTo);
        options.onWritten(id, written);
      },
      onRefused: (why, error) => this.#refused(why, error),
    });
    this.#residence = new Residence({ id, stream, log, queue: this.#queue, choose });
  }

  get thread(): Thread | undefined {
    return this.#residence.thread;
  }

  get idle(): boolean {
    return !this.#running && this.#orders.length === 0 && this.#queue.idle && !this.#residence.isOpening;
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

  /** From the beginning: its programs end, and what it was is behind this event in the stream. What was asked goes on after it. */
  async remake(made: MachineEvent): Promise<void> {
    const running = this.#leave('drop');
    if (running) this.#orders.unshift(running);
    const written = this.#write([made]);
    if (!this.#suspect) void this.#next();
    await written;
  }

  /** Sets the machine's programs going, as they were. */
  async wake(): Promise<void> {
    this.lastUsed = Date.now();
    await this.#residence.open();
    this.#residence.say({ type: 'wake' });
  }

  /** Calls `use` with the answer and the version that everybody has been told, before anything later is told. */
  async ask<T>(question: Question, use: (answer: unknown, version: number) => T, mostTries = 4): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        if (this.options.shared) await this.#refresh();
        await this.#residence.open();
        this.lastUsed = Date.now();
        return await this.#residence.ask(question, use);
      } catch (error) {
        if (tries >= mostTries || !(error instanceof Failure) || error.code !== 'unavailable') throw error;
      }
    }
  }

  /** Calls `use` with the version that everybody has been told, before anything later is. */
  atRest<T>(use: (version: number) => Promise<T>): Promise<T> {
    this.lastUsed = Date.now();
    return new Promise((resolve, reject) => {
      this.#queue.barrier(async (version) => {
        const known = this.thread !== undefined && !this.options.shared;
        await Promise.resolve(known ? version : this.options.log.version(this.#stream))
          .then(use)
          .then(resolve, reject);
      });
    });
  }

  /** What the thread says of this machine. */
  heed(message: Exclude<FromThread, { type: 'ready' | 'fetch' | 'blob' }>, blobs: Promise<unknown>): void {
    if (message.epoch !== this.#residence.epoch) return;
    if (message.type === 'changed') this.#queue.events(message.events, blobs);
    if (message.type === 'done') this.#done(message.outcome);
    if (message.type === 'recall') void this.#residence.recall(message.call, message.versions);
    if (message.type === 'answered') this.#residence.answered(message.call, message.answer);
    if (message.type === 'failed') {
      console.error(`machine ${this.id}: ${message.error}`);
      this.#giveUp();
    }
  }

  /** Its thread is gone, or will not do: whatever it had in hand is tried again, alone, in another one. */
  lost(): void {
    const order = this.#leave('lost');
    if (order) {
      order.losses++;
      if (order.losses < 2) this.#orders.unshift(order);
      else this.#abandon(order);
    }
    if (this.#suspect) this.#settled();
    else if (order) {
      this.#suspect = true;
      this.options.alone(() => this.#retry());
    } else void this.#next();
  }

  /** Takes the machine out of its thread. Its stream has everything. */
  close(): void {
    this.#leave('drop');
  }

  async #next(): Promise<void> {
    if (this.#running || !this.#orders.length) return;
    const order = this.#orders.shift()!;
    const turn = ++this.#turn;
    this.#running = order;
    try {
      await this.#residence.open();
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#running = undefined;
      order.resolve(refusalOf(error));
      this.#settled();
      return this.#next();
    }
    // It was taken away meanwhile, and perhaps begun anew.
    if (turn !== this.#turn || this.#running !== order) return;
    const { command } = order;
    const patience = this.options.commandMs * (command.type === 'image:build' ? 4 : 1);
    this.#timer = setTimeout(() => this.#stuck(order), patience);
    this.#residence.say({ type: 'run', call: turn, command });
  }

  #done(outcome: Outcome): void {
    const order = this.#running;
    if (!order) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
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
    console.error(`machine ${this.id}: ${order.command.type} did not end; it is started again`);
    this.#residence.say({ type: 'drop' });
    this.#giveUp();
  }

  /** This machine alone is at fault, and its thread is well: there is nothing to find out, and nothing to try again. */
  #giveUp(): void {
    const order = this.#leave('lost');
    if (order) this.#abandon(order);
    this.#settled();
    if (!this.#suspect) void this.#next();
  }

  /** This command cost the machine: it is not run again, and its typist sees why. */
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
    const { log, onWritten } = this.options;
    const write = async () => {
      for (let tries = 0; tries < 10; tries++) {
        const from = await log.version(this.#stream);
        if (only?.(from) === false) return;
        const appended = await log.append(this.#stream, from, events);
        if (!appended.ok) continue;
        this.#queue.version = appended.version;
        return onWritten(this.id, { from, upTo: appended.version, events });
      }
      throw notStored();
    };
    return new Promise((resolve, reject) => this.#queue.barrier(() => write().then(resolve, reject)));
  }

  /** Runs the one suspected command; then the others may go on. */
  async #retry(): Promise<void> {
    do {
      const settled = new Promise<void>((resolve) => this.#whenSettled.push(resolve));
      await this.#next();
      if (!this.#running) this.#settled();
      await settled;
    } while (this.#orders[0]?.losses);
    this.#suspect = false;
    void this.#next();
  }

  #settled(): void {
    for (const resolve of this.#whenSettled.splice(0)) resolve();
  }

  async #refresh(): Promise<void> {
    await this.atRest(async (version) => {
      // A command under way will find out by itself.
      const free = !this.#running && this.#unstored.length === 0;
      if (this.thread && free && version > this.#queue.version) this.close();
    });
  }

  /** The stream is not what the thread believed, or does not take anything at present. */
  #refused(why: 'conflict' | 'unavailable', error?: unknown): void {
    if (why === 'unavailable') console.error(`machine ${this.id}: ${String(error)}`);
    const unstored = this.#unstored;
    this.#unstored = [];
    const running = this.#leave('drop');
    for (const order of [...unstored, ...(running ? [running] : [])].reverse()) {
      if (why === 'conflict' && ++order.conflicts < 5) this.#orders.unshift(order);
      else order.resolve(refusalOf(notStored()));
    }
    this.#settled();
    if (!this.#suspect) void this.#next();
  }

  /** Out of the thread, with the command that was running there. */
  #leave(how: 'drop' | 'lost'): Order | undefined {
    const order = this.#running;
    this.#running = undefined;
    this.#turn++;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#residence.leave(how);
    return order;
  }
}

const notStored = () => refused('store.failed');

/** Why a question was not answered, as an outcome. */
export function refusalOf(error: unknown): Outcome {
  if (!(error instanceof Failure)) console.error(error);
  const { code, message, detail } = error instanceof Failure ? error : refused('machine.unreachable');
  return { ok: false, code, message, detail };
}
