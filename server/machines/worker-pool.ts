import { setFlagsFromString } from 'node:v8';
import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import type { Digest } from '../../lib/content';
import { type BlobStore, startThread } from '../store';
import { type FromThread, fetched, heartbeat, type ToThread } from './messages';

export interface PoolOptions {
  readonly blobs: BlobStore;
  readonly size: number;
  /** A thread without a heartbeat for so long, in which this process also got so much CPU time, is ended. */
  readonly hangMs: number;
  /** The thread's module: its name and the import.meta.url beside which it lies. */
  readonly thread: { readonly name: string; readonly here: string };
  readonly onMessage: (thread: Thread, message: Exclude<FromThread, { type: 'ready' | 'fetch' }>) => void;
  /** It hung, ran out of memory or crashed; the next one is already starting. */
  readonly onLost: (thread: Thread, why: string) => void;
}

export interface Thread {
  say(message: ToThread): void;
  /** Machines that live here. */
  count: number;
}

// Of three hundred computers a thread holds 40 MB for long, and looking through them holds everybody up: that is done when
// twice as much again has gathered, and not, as V8 does with so small a heap, when a fifth has.
setFlagsFromString('--heap-growing-percent=200');
// V8's threads that look through the heap beside it do not give way as a thread of machines does: seven of them would hold it up
// longer than they save it.
setFlagsFromString('--concurrent-marking-max-worker-num=1');

/** Room for what lives no longer than a turn. V8's own (48 MB) would fill before it is looked through: for nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 } as const;

/** A fixed number of threads, each replaced by a new one when it is lost. */
export class WorkerPool {
  #threads: RunningThread[] = [];
  readonly #watch: NodeJS.Timeout;
  #closed = false;

  constructor(private readonly options: PoolOptions) {
    for (let n = 0; n < options.size; n++) this.#threads.push(this.#start());
    this.#watch = setInterval(() => this.#look(), Math.max(50, options.hangMs / 4)).unref();
  }

  /** The thread with the fewest machines. */
  least(): Thread {
    return this.#threads.reduce((best, thread) => (thread.count < best.count ? thread : best));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#watch);
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #start(delayMs = 0): RunningThread {
    return new RunningThread(this.options, (thread, why) => this.#replace(thread, why), delayMs);
  }

  #look(): void {
    const { user, system } = process.cpuUsage();
    const cpuMs = (user + system) / 1000;
    for (const thread of this.#threads)
      if (thread.stands(performance.now(), cpuMs) >= this.options.hangMs) thread.lose('it did not answer');
  }

  #replace(thread: RunningThread, why: string): void {
    if (this.#closed) return;
    // One that never came up would not the next time either: do not burn the processor on it.
    const next = this.#start(thread.cameUp ? 0 : 1000);
    this.#threads = this.#threads.map((other) => (other === thread ? next : other));
    this.options.onLost(thread, why);
  }
}

class RunningThread implements Thread {
  count = 0;
  #worker: Worker | undefined;
  #answers: MessagePort | undefined;
  readonly #counters = new Int32Array(new SharedArrayBuffer(8));
  readonly #early: ToThread[] = [];
  readonly #timer: NodeJS.Timeout | undefined;
  #ready = false;
  #lost = false;
  #beats = -1;
  /** When the last new heartbeat was seen: by the clock, and in CPU time of the process. */
  #seen = { at: 0, cpuMs: 0 };

  constructor(
    private readonly options: PoolOptions,
    private readonly onLost: (thread: RunningThread, why: string) => void,
    delayMs: number,
  ) {
    if (delayMs) this.#timer = setTimeout(() => this.#begin(), delayMs);
    else this.#begin();
  }

  get cameUp(): boolean {
    return this.#ready;
  }

  say(message: ToThread): void {
    if (this.#worker) this.#worker.postMessage(message);
    else this.#early.push(message);
  }

  /**
   * Milliseconds without a heartbeat. A thread that does not get the processor is not hung, so time counts only as far as
   * this process was given CPU time; one that waits for bytes (fetch) uses none.
   */
  stands(at: number, cpuMs: number): number {
    const beats = Atomics.load(this.#counters, heartbeat.slot);
    if (beats !== this.#beats || !this.#ready) this.#seen = { at, cpuMs };
    this.#beats = beats;
    return Math.min(at - this.#seen.at, cpuMs - this.#seen.cpuMs);
  }

  lose(why: string): void {
    if (this.#lost) return;
    void this.end();
    this.onLost(this, why);
  }

  async end(): Promise<void> {
    this.#lost = true;
    clearTimeout(this.#timer);
    this.#answers?.close();
    await this.#worker?.terminate();
  }

  #begin(): void {
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    const data = { shared: this.#counters.buffer, answers: port2 };
    const { name, here } = this.options.thread;
    this.#worker = startThread(name, here, data, { transferList: [port2], resourceLimits });
    this.#worker.on('message', (message: FromThread) => this.#heed(message));
    this.#worker.on('error', (error) => this.lose(String(error)));
    this.#worker.on('exit', (code) => this.lose(`it ended with ${code}`));
    for (const message of this.#early.splice(0)) this.#worker.postMessage(message);
  }

  #heed(message: FromThread): void {
    if (this.#lost) return;
    if (message.type === 'ready') this.#ready = true;
    else if (message.type === 'fetch') void this.#fetch(message.digest as Digest);
    else this.options.onMessage(this, message);
  }

  async #fetch(digest: Digest): Promise<void> {
    const bytes = await this.options.blobs.get(digest).catch((error) => console.error(`${digest}: ${String(error)}`));
    this.#answers?.postMessage(bytes || undefined);
    Atomics.add(this.#counters, fetched.slot, 1);
    Atomics.notify(this.#counters, fetched.slot);
  }
}
