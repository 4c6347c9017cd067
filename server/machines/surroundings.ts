import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import type { Chance, Clock } from '../../lib/clock';
import type { Scheduler } from '../../lib/machine';
import { Outflow } from './outflow';

// What people write as patterns goes through lib/pattern, which cannot be held up. Should one of our own expressions ever
// backtrack without end on somebody's text, V8's other engine, whose time is linear, finishes it.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

/** The server's real time and chance, as lib asks for them. */
const begun = BigInt(Date.now()) * 1_000_000n - process.hrtime.bigint();

export const wallClock: Clock = {
  now: () => begun + process.hrtime.bigint(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
      signal?.addEventListener('abort', done, { once: true });
    }),
};

export const randomChance: Chance = { bytes: (count) => new Uint8Array(randomBytes(count)) };

/** Milliseconds of CPU that a machine may save up, and how many it saves in each millisecond that it rests. */
const mostSavedMs = 200;
const savedPerMs = 1 / 8;
/** Whoever waits longest gets a slice after so long, whatever else there is to do. */
const mostPatientMs = 40;
const mostUnstored = 2000;

/** What this thread's machines tell the server. */
const outflow = new Outflow(() => performance.now());

interface Waiting {
  readonly by: FairScheduler;
  readonly resume: () => void;
}

/**
 * Who goes on next in this thread: one slice in each round of the event loop, the machine with the largest savings first, so that
 * messages are heard between any two slices. As long as somebody's line is being run, machines with smaller savings wait. Those
 * without any, which go on and on, share half of the time: the other half is for whoever types something in the next moment,
 * and on a small computer for the server itself.
 */
class Turns {
  #waiting: Waiting[] = [];
  /** Who runs a line, and until when others let it go first. */
  readonly #lines = new Map<FairScheduler, number>();
  #servedAt = 0;
  #restsUntil = 0;
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;

  next(by: FairScheduler): Promise<void> {
    return new Promise((resume) => {
      this.#waiting.push({ by, resume });
      this.#soon();
    });
  }

  /** This machine's line begins; call what is returned when its turn ends. */
  line(by: FairScheduler): () => void {
    this.#lines.set(by, performance.now() + mostPatientMs);
    return () => void this.#lines.delete(by);
  }

  #soon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    clearTimeout(this.#timer);
    setImmediate(() => {
      this.#scheduled = false;
      this.#serve();
    });
  }

  /** Looks again in a moment, without keeping the processor busy until then. */
  #later(): void {
    this.#timer = setTimeout(() => this.#soon(), 1);
  }

  #serve(): void {
    if (this.#waiting.length === 0) return;
    const now = performance.now();
    const at = now - this.#servedAt >= mostPatientMs ? 0 : this.#best(now);
    if (at === undefined) {
      this.#later();
      return;
    }
    const [{ by, resume }] = this.#waiting.splice(at, 1) as [Waiting];
    this.#servedAt = now;
    resume();
    // Its slice is over before the event loop goes on.
    setImmediate(() => {
      const passed = performance.now() - now;
      if (by.saved <= 0) this.#restsUntil = now + 2 * passed;
    });
    if (this.#waiting.length) this.#soon();
  }

  /** The place of whoever has saved most, if it may go on now. */
  #best(now: number): number | undefined {
    let best = 0;
    for (let at = 1; at < this.#waiting.length; at++)
      if (this.#waiting[at]!.by.saved > this.#waiting[best]!.by.saved) best = at;
    const { by } = this.#waiting[best]!;
    if (by.saved <= 0 && now < this.#restsUntil) return undefined;
    for (const [typist, until] of this.#lines)
      if (typist !== by && typist.saved > by.saved && now < until) return undefined;
    return best;
  }
}

export const turns = new Turns();

/** Who gave the last sign of computing in this thread. */
let computing: FairScheduler | undefined;

/**
 * One machine's turn among the others of its thread. It saves up CPU time while it rests: a line runs at once, an endless loop
 * leaves room. It waits too while the store is far behind it, so that a program that prints for ever cannot fill the memory.
 */
export class FairScheduler implements Scheduler {
  /** How often the machine has given way: it is computing while this grows. */
  yields = 0;
  /** Milliseconds of CPU that it may use before it is one that goes on and on. */
  saved = mostSavedMs;
  readonly told = outflow.machine();
  #last = performance.now();
  /** It has been computing since `#last`: the event loop has not gone on. */
  #computing = false;

  constructor(private readonly unstored: () => number) {}

  cpu(): number {
    this.#count();
    return this.#last;
  }

  async yieldNow(): Promise<void> {
    this.yields++;
    while (this.unstored() > mostUnstored) await wallClock.sleep(5);
    for (let ms = this.told.waits; ms > 0; ms = this.told.waits) await wallClock.sleep(ms);
    this.#count();
    await turns.next(this);
    // Waiting in turn is no rest.
    this.#last = performance.now();
    this.#count();
  }

  /** Time in which it computed is used, time in which it rested is saved. */
  #count(): void {
    const now = performance.now();
    const passed = now - this.#last;
    this.#last = now;
    // Since then somebody else may have computed, before the event loop went on: that is neither use nor rest.
    const mine = computing === this;
    computing = this;
    if (this.#computing) this.saved = Math.max(-mostSavedMs, this.saved - (mine ? passed : 0));
    else {
      this.saved = Math.min(mostSavedMs, this.saved + passed * savedPerMs);
      this.#computing = true;
      setImmediate(() => {
        this.#computing = false;
      });
    }
  }
}
