import type { Clock } from '../clock';

/**
 * The machine's clock, which notices work: whatever changes a file asks for the time of the change, and whatever goes on after
 * a pause has slept. So nothing that happens on a computer, however long after the last key, misses the end of its turn.
 */
export class TurnClock implements Clock {
  #quiet = false;

  constructor(
    readonly base: Clock,
    readonly touched: () => void,
  ) {}

  now(): bigint {
    if (!this.#quiet) this.touched();
    return this.base.now();
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await this.base.sleep(ms, signal);
    this.touched();
  }

  /** Runs the end of a turn, which is no work of the computer's. */
  quietly<T>(run: () => T): T {
    this.#quiet = true;
    try {
      return run();
    } finally {
      this.#quiet = false;
    }
  }
}
