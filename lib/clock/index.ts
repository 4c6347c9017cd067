/**
 * The only sources of time, identity and chance. Nothing else in lib may ask the ambient ones (a test reads every file).
 * A machine is handed a `Clock` and a `Chance` when it is made; the same seed and the same clock give the same machine.
 */
export interface Clock {
  /** Nanoseconds since the epoch. */
  now(): bigint;
  /** Resolves after `ms` milliseconds, or as soon as `signal` aborts. It never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Chance {
  /** `count` random bytes. */
  bytes(count: number): Uint8Array;
}

/** Nanoseconds since the epoch → `2026-01-05T09:00:00.12Z`: RFC 3339 in UTC as Go writes it, without zeros at the fraction's end. */
export function formatTime(nanoseconds: bigint): string {
  const second = new Date(Number(nanoseconds / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  const fraction = (nanoseconds % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  // Joined and not added up: V8 keeps a sum as its parts, at thrice the size, and every container has some of these.
  return [second, ...(fraction ? ['.', fraction] : []), 'Z'].join('');
}

/** Lower-case hex of `count` random bytes: `hex(chance, 32)` is a container id. */
export function hex(chance: Chance, count: number): string {
  return Array.from(chance.bytes(count), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A whole number from 0 up to, not including, `limit` (limit at most 2^32). */
export function below(chance: Chance, limit: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = chance.bytes(4);
  return Math.floor((((a << 24) | (b << 16) | (c << 8) | d) >>> 0) / (2 ** 32 / limit));
}

/** A repeatable Chance for tests, demonstrations and replays (mulberry32). Not for secrets. */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
}

/**
 * A clock that only moves when told: `advance(ms)` wakes the sleepers that are due, in order. `sleep` costs no real time.
 *
 */
export class ManualClock implements Clock {
  #now: bigint;
  #sleepers: { due: bigint; wake: () => void }[] = [];

  constructor(start: bigint | string = '2026-01-05T09:00:00Z') {
    this.#now = typeof start === 'bigint' ? start : BigInt(Date.parse(start)) * 1_000_000n;
  }

  now(): bigint {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { due: this.#now + BigInt(Math.round(ms * 1e6)), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve();
      });
    });
  }

  /** How many sleepers wait. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  advance(ms: number): void {
    const end = this.#now + BigInt(Math.round(ms * 1e6));
    for (let next = this.#takeDue(end); next; next = this.#takeDue(end)) {
      this.#now = next.due > this.#now ? next.due : this.#now;
      next.wake();
    }
    this.#now = end;
  }

  /** Moves to the earliest sleeper's time and wakes it. False when nobody sleeps. */
  skip(): boolean {
    const due = this.#sleepers.reduce<bigint | undefined>(
      (least, s) => (least === undefined || s.due < least ? s.due : least),
      undefined,
    );
    if (due === undefined) return false;
    this.advance(Number(due - this.#now) / 1e6);
    return true;
  }

  #takeDue(end: bigint) {
    this.#sleepers.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
    return this.#sleepers[0] && this.#sleepers[0].due <= end ? this.#sleepers.shift() : undefined;
  }
}
