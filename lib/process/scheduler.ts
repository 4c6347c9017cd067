/**
 * How processes share the one JavaScript thread. Everything that runs on a thread is given the same `Scheduler`, so that two
 * busy processes of two containers give way together.
 *
 * CPU time is what passes between two calls of a process (tick, read, write, sleep, wait): it is charged to whoever calls.
 */
export interface Scheduler {
  /** Monotonic milliseconds, with fractions. */
  cpu(): number;
  /** Resolves after the thread has had the occasion to do something else (timers, messages). */
  yieldNow(): Promise<void>;
}

/** Milliseconds of CPU after which a process really gives way. */
export const sliceLength = 3;

/** The thread's present slice. */
export class Slice {
  #mark: number;
  /** Milliseconds of CPU since it began; what passes while everybody waits is nobody's. */
  used = 0;

  constructor(readonly scheduler: Scheduler) {
    this.#mark = scheduler.cpu();
  }

  /** Milliseconds since the last mark; the mark moves to now. */
  lap(): number {
    const now = this.scheduler.cpu();
    const spent = now - this.#mark;
    this.#mark = now;
    this.used += spent;
    return spent;
  }

  /** Moves the mark without charging anybody: nobody ran. */
  skip(): void {
    this.#mark = this.scheduler.cpu();
  }

  async next(): Promise<void> {
    await this.scheduler.yieldNow();
    this.#mark = this.scheduler.cpu();
    this.used = 0;
  }
}

const slices = new WeakMap<Scheduler, Slice>();

export function sliceOf(scheduler: Scheduler): Slice {
  const slice = slices.get(scheduler) ?? new Slice(scheduler);
  slices.set(scheduler, slice);
  return slice;
}
