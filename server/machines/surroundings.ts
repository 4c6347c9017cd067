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
export function fairScheduler(unstored: () => number): Scheduler {
  let saved = mostSavedMs;
  let went = performance.now();
  let counted = went;
  return {
    cpu: () => performance.now(),
    async yieldNow() {
      const now = performance.now();
      // Longer than a turn may last means that it was idle in between.
      const used = Math.min(now - went, 20);
      saved = Math.min(mostSavedMs, saved + (now - counted) * share) - used;
      counted = now;
      await new Promise((resolve) => setImmediate(resolve));
      if (saved < 0) await wallClock.sleep(-saved / share);
      while (unstored() > mostUnstored) await wallClock.sleep(5);
      went = performance.now();
    },
  };
}
