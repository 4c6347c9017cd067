import { refused } from '../../lib/errors';

const monotonic = () => performance.now();

/** A bucket that fills up at `perSecond` and holds `most`. */
export class Bucket {
  #level: number;
  #at: number;

  constructor(
    private readonly most: number,
    private readonly perSecond: number,
    private readonly now: () => number = monotonic,
  ) {
    this.#level = most;
    this.#at = now();
  }

  /** Takes that much out, or tells in how many milliseconds it could (0: done). */
  take(amount: number): number {
    const now = this.now();
    this.#level = Math.min(this.most, this.#level + ((now - this.#at) / 1000) * this.perSecond);
    this.#at = now;
    const wanted = Math.min(amount, this.most);
    if (this.#level >= wanted) {
      this.#level -= wanted;
      return 0;
    }
    return Math.ceil(((wanted - this.#level) / this.perSecond) * 1000);
  }
}

/** Refusals in a row after which a socket is not listened to any more. */
const mostRefused = 500;

/**
 * What one socket may ask for: a fast typist and a paste pass, a flood does not. Typing is counted apart, so that a page
 * that loads many things never makes a key wait.
 */
export class SocketLimits {
  readonly #keys: Bucket;
  readonly #characters: Bucket;
  readonly #rest: Bucket;
  #refused = 0;

  /** `times`: as much as so many sockets may. */
  constructor(now: () => number = monotonic, times = 1) {
    this.#keys = new Bucket(300 * times, 80 * times, now);
    this.#characters = new Bucket(256 * 1024 * times, 64 * 1024 * times, now);
    this.#rest = new Bucket(80 * times, 20 * times, now);
  }

  /** @throws Failure `unavailable` with `retryMs`: the same request may succeed then. */
  pass(type: string, characters: number): void {
    const wait = type === 'terminal:type' ? this.#typing(characters) : this.#rest.take(1);
    if (wait === 0) {
      this.#refused = 0;
      return;
    }
    this.#refused++;
    throw refused('request.often', { retryMs: wait });
  }

  get flooding(): boolean {
    return this.#refused > mostRefused;
  }

  #typing(characters: number): number {
    return this.#keys.take(1) || this.#characters.take(characters);
  }
}

/** A person's pages together may ask for as much as so many of them. */
const pagesOfOne = 4;
/** After so long (ms) unused, everything is saved up again: nothing is lost by forgetting. */
const forgetMs = 60_000;

/** What all sockets of one person may ask for together: more sockets are no more of a seat. */
export class PersonLimits {
  readonly #people = new Map<string, { at: number; readonly limits: SocketLimits }>();

  constructor(private readonly now: () => number = monotonic) {}

  /** @throws Failure as `SocketLimits`. */
  pass(who: string, type: string, characters: number): void {
    const at = this.now();
    const known = this.#people.get(who) ?? { at, limits: new SocketLimits(this.now, pagesOfOne) };
    known.at = at;
    // Whoever asked last stands last.
    this.#people.delete(who);
    this.#people.set(who, known);
    for (const [other, { at: last }] of this.#people) {
      if (at - last < forgetMs) break;
      this.#people.delete(other);
    }
    known.limits.pass(type, characters);
  }

  get size(): number {
    return this.#people.size;
  }
}
