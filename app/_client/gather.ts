/** The page's time, as Gather needs it. */
export interface Pace {
  now(): number;
  /** The page is about to be drawn (or is not drawn at all, and some time has passed). */
  frame(): Promise<void>;
  /** What was shown has been drawn. */
  drawn(): Promise<void>;
  rest(ms: number): Promise<void>;
}

/** A page in the background draws nothing: then this often. */
const hiddenMs = 250;
/** However long it takes to show something, the next is not put off for longer. */
const longestRestMs = 400;

const page: Pace = {
  now: () => performance.now(),
  frame: () =>
    new Promise((resolve) => {
      // Where there is no page (a class on a simulated network), nothing is drawn.
      if (typeof requestAnimationFrame === 'undefined') {
        setTimeout(resolve);
        return;
      }
      const timer = setTimeout(done, hiddenMs);
      const asked = requestAnimationFrame(done);
      function done() {
        clearTimeout(timer);
        cancelAnimationFrame(asked);
        resolve();
      }
    }),
  drawn: () => new Promise((resolve) => setTimeout(resolve)),
  rest: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Things that change many times a second, shown together once a frame: of each key the latest. Showing them takes a third of
 * the page's time at most, however slow its computer is, so that what somebody presses is always answered.
 */
export class Gather<K, V> {
  readonly #waiting = new Map<K, V>();
  #busy = false;

  constructor(
    readonly show: (changed: ReadonlyMap<K, V>) => void,
    readonly pace: Pace = page,
  ) {}

  put(key: K, value: V): void {
    this.#waiting.set(key, value);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.size > 0) {
      await this.pace.frame();
      const begun = this.pace.now();
      const changed = new Map(this.#waiting);
      this.#waiting.clear();
      this.show(changed);
      await this.pace.drawn();
      await this.pace.rest(Math.min(longestRestMs, 2 * (this.pace.now() - begun)));
    }
    this.#busy = false;
  }
}
