import { randomBytes } from 'node:crypto';
import type { Chance, Clock } from '../../lib/clock';
import type { Scheduler } from '../../lib/machine';

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

const share = 0.5;
const mostSavedMs = 1000;
const mostUnstored = 2000;

/**
 * One machine's turn among the others of its thread. It may save up a second of CPU and earns half of real time: a line runs
 * at once, an endless loop slows down and leaves room. It waits too while the store is far behind it, so that a program that
 * prints for ever cannot fill the memory.
 */
export class FairScheduler implements Scheduler {
  /** How often the machine has given way: it is computing while this grows. */
  yields = 0;
  #saved = mostSavedMs;
  #went = performance.now();
  #counted = performance.now();

  constructor(private readonly unstored: () => number) {}

  cpu(): number {
    return performance.now();
  }

  async yieldNow(): Promise<void> {
    this.yields++;
    const now = performance.now();
    // Longer than a turn may last means that it was idle in between.
    const used = Math.min(now - this.#went, 20);
    this.#saved = Math.min(mostSavedMs, this.#saved + (now - this.#counted) * share) - used;
    this.#counted = now;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#saved < 0) await wallClock.sleep(-this.#saved / share);
    while (this.unstored() > mostUnstored) await wallClock.sleep(5);
    this.#went = performance.now();
  }
}
