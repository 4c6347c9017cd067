/** How many of somebody's latest answers are kept, and how long (ms): longer than a page goes on asking. */
const most = 16;
const keptMs = 120_000;

/**
 * What was answered, by who asked and the request's key. A request that comes again because its answer was lost is answered
 * again and not done again; one that comes again while the first is under way waits with it. A refusal is not kept: nothing
 * came of it.
 *
 * Kept in memory alone. What must stay the same beyond the server's end has an id made of the key (`classes`, `idBy`) or is
 * such that doing it twice is doing it once (`lib/classroom`, `decide`).
 */
export class Answered {
  readonly #people = new Map<string, Map<string, { readonly at: number; readonly answer: Promise<object> }>>();

  constructor(readonly now: () => number = () => performance.now()) {}

  once(who: string, key: string, work: () => Promise<object>): Promise<object> {
    this.#forget();
    const own = this.#people.get(who) ?? new Map();
    // The latest who asked stands last.
    this.#people.delete(who);
    this.#people.set(who, own);
    const known = own.get(key);
    if (known) return known.answer;
    const answer = work();
    own.set(key, { at: this.now(), answer });
    if (own.size > most) own.delete(own.keys().next().value!);
    answer.catch(() => own.delete(key));
    return answer;
  }

  /** How many people's answers are kept. */
  get size(): number {
    return this.#people.size;
  }

  #forget(): void {
    for (const [who, own] of this.#people) {
      for (const [key, { at }] of own) if (this.now() - at > keptMs) own.delete(key);
      if (own.size > 0) return;
      this.#people.delete(who);
    }
  }
}
