import type { System } from './process';

/** Bytes that a system's disk takes at once, and bytes a second after that. */
const burst = 2 ** 20;
const perSecond = 4 * 2 ** 20;

/**
 * How fast a system's disk takes what is written. What changes on it travels to everybody who watches, so a program that
 * writes for ever (`yes > f`) must not write faster than that can go on; a real disk holds such a program up in the same way.
 */
class DiskPace {
  #free = burst;
  #counted: bigint;

  constructor(private readonly system: System) {
    this.#counted = system.clock.now();
  }

  /** Takes so many bytes; the answer is how many milliseconds their writer rests. */
  take(bytes: number): number {
    const now = this.system.clock.now();
    this.#free = Math.min(burst, this.#free + (Number(now - this.#counted) / 1e9) * perSecond) - bytes;
    this.#counted = now;
    return this.#free < 0 ? (-this.#free / perSecond) * 1000 : 0;
  }
}

const paces = new WeakMap<System, DiskPace>();

export function paceOf(system: System): DiskPace {
  const pace = paces.get(system) ?? new DiskPace(system);
  paces.set(system, pace);
  return pace;
}
