import type { Clock } from '../lib/clock';

interface Sleeper {
  readonly due: bigint;
  readonly wake: () => void;
}

/**
 * A clock that runs with the real one and jumps over waits: when nothing has anything to do, `skip` moves to the time of the
 * earliest sleeper. `sleep 60` costs no minute, and every time that is printed is consistent.
 */
export class SkippingClock implements Clock {
  readonly #start = process.hrtime.bigint();
  readonly #base: bigint;
  #skipped = 0n;
  #sleepers: Sleeper[] = [];
  /** Counts what happened, to tell whether anything does. */
  activity = 0;

  constructor(base = BigInt(Date.now()) * 1_000_000n) {
    this.#base = base;
  }

  now(): bigint {
    return this.#base + (process.hrtime.bigint() - this.#start) + this.#skipped;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.activity += 1;
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = { due: this.now() + BigInt(Math.max(0, Math.round(ms * 1e6))), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      });
    });
  }

  /** Wakes the sleepers whose time has come by itself. */
  wakeDue(): void {
    const now = this.now();
    const due = this.#sleepers.filter((sleeper) => sleeper.due <= now).sort((a, b) => (a.due < b.due ? -1 : 1));
    if (!due.length) return;
    this.#sleepers = this.#sleepers.filter((sleeper) => !due.includes(sleeper));
    for (const sleeper of due) {
      this.activity += 1;
      sleeper.wake();
    }
  }

  /** Nanoseconds until the earliest sleeper is due; undefined when nobody sleeps. */
  get ahead(): bigint | undefined {
    const now = this.now();
    return this.#sleepers.reduce<bigint | undefined>(
      (least, { due }) => (least === undefined || due - now < least ? due - now : least),
      undefined,
    );
  }

  /** Lets so many milliseconds go by at once. */
  advance(ms: number): void {
    this.#skipped += BigInt(Math.round(ms * 1e6));
    this.wakeDue();
  }

  /** Jumps to the earliest sleeper, when it is due by `limit`. False when there is none. */
  skip(limit?: bigint): boolean {
    const earliest = this.#sleepers.reduce<bigint | undefined>(
      (least, { due }) => (least === undefined || due < least ? due : least),
      undefined,
    );
    if (earliest === undefined || (limit !== undefined && earliest > limit)) return false;
    const now = this.now();
    if (earliest > now) this.#skipped += earliest - now;
    this.wakeDue();
    return true;
  }
}
