import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import type { Chance, Clock } from '../../lib/clock';
import type { Scheduler } from '../../lib/machine';

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

/** Milliseconds of CPU that a machine may save up. It saves while it rests, as much as it rests; with savings it goes first. */
const mostSavedMs = 500;
/** Whoever goes on and on gets a slice after so long, whatever else there is to do. */
const mostPatientMs = 40;
const mostUnstored = 2000;

/**
 * Who goes on next in this thread. Machines that have hardly computed go at once, all of them; those that go on and on take
 * turns, one slice in each round of the event loop, and wait as long as somebody's line is being run.
 */
class Turns {
  #eager: (() => void)[] = [];
  #patient: (() => void)[] = [];
  #lines = 0;
  #servedAt = 0;
  #scheduled = false;

  next(eager: boolean): Promise<void> {
    return new Promise((resolve) => {
      (eager ? this.#eager : this.#patient).push(resolve);
      this.#later();
    });
  }

  /** Somebody's line begins; call what is returned when its turn ends. */
  line(): () => void {
    this.#lines++;
    return () => void this.#lines--;
  }

  #later(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#serve());
  }

  #serve(): void {
    this.#scheduled = false;
    const eager = this.#eager;
    this.#eager = [];
    for (const resume of eager) resume();
    const now = performance.now();
    const free = eager.length === 0 && this.#lines === 0;
    if (this.#patient.length && (free || now - this.#servedAt >= mostPatientMs)) {
      this.#servedAt = now;
      this.#patient.shift()!();
    }
    if (this.#patient.length) this.#later();
  }
}

export const turns = new Turns();

/** Who gave the last sign of computing in this thread. */
let computing: FairScheduler | undefined;

/**
 * One machine's turn among the others of its thread. It may save up half a second of CPU while it rests: a line runs at once, an
 * endless loop rests as long as it computes and leaves room. It waits too while the store is far behind it, so that a program
 * that prints for ever cannot fill the memory.
 */
export class FairScheduler implements Scheduler {
  /** How often the machine has given way: it is computing while this grows. */
  yields = 0;
  #saved = mostSavedMs;
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
    this.#count();
    await turns.next(this.#saved > 0);
    // Waiting in turn is no rest.
    this.#last = performance.now();
    if (this.#saved < 0) await wallClock.sleep(-this.#saved);
    while (this.unstored() > mostUnstored) await wallClock.sleep(5);
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
    if (this.#computing) this.#saved -= mine ? passed : 0;
    else {
      this.#saved = Math.min(mostSavedMs, this.#saved + passed);
      this.#computing = true;
      setImmediate(() => {
        this.#computing = false;
      });
    }
  }
}
