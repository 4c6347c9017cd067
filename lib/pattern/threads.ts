/** Where the groups of a match are: all ways are followed at once, each with its own notes, in the order of preference. */
import { includes } from './characters';
import type { Effort } from './effort';
import { besideOf, holds, type Program } from './program';

/** Where each group begins and ends, -1 for none: two numbers a group, the whole match first. */
export type Slots = readonly number[];

export interface Stretch {
  readonly text: string;
  readonly from: number;
  /** The match must end here; without it the preferred one does where it likes. */
  readonly to?: number;
  /** What stands before `from`. */
  readonly side: number;
  readonly lines: boolean;
}

interface Thread {
  readonly at: number;
  readonly slots: Slots;
}

export function groupsOf(program: Program, stretch: Stretch, effort: Effort): Slots | undefined {
  return new Threads(program, stretch, effort).run();
}

class Threads {
  readonly #seen: Uint32Array;
  /** Behind the groups' places: where the turns of the loops began. */
  readonly #loops: number;
  #round = 0;
  #matched: Slots | undefined;

  constructor(
    readonly program: Program,
    readonly stretch: Stretch,
    readonly effort: Effort,
  ) {
    this.#seen = new Uint32Array(program.steps.length);
    this.#loops = 2 * (program.groups + 1);
  }

  run(): Slots | undefined {
    const { text, from, to, side } = this.stretch;
    const slots = new Array<number>(2 * (this.program.groups + 1) + this.program.loops).fill(-1);
    slots[0] = from;
    let threads: Thread[] = [{ at: 0, slots }];
    let left = side;
    for (let at = from; threads.length > 0 && at <= (to ?? text.length); ) {
      const code = text.codePointAt(at);
      const next = this.#advance(threads, at, code, left);
      if (code === undefined) break;
      threads = next;
      left = besideOf(code);
      at += code > 0xffff ? 2 : 1;
    }
    return this.#matched?.slice(0, this.#loops);
  }

  /** One character for all of them. */
  #advance(threads: readonly Thread[], at: number, code: number | undefined, left: number): Thread[] {
    this.#round++;
    const next: Thread[] = [];
    for (const thread of threads) {
      if (this.#follow(thread, at, code, left, next)) break;
    }
    return next;
  }

  /** Follows a thread to the characters it waits for. True: it has ended in a match, and no other is preferred to it. */
  #follow(thread: Thread, at: number, code: number | undefined, left: number, next: Thread[]): boolean {
    const right = besideOf(code);
    const todo = [thread];
    for (let one = todo.pop(); one; one = todo.pop()) {
      const { at: number, slots } = one;
      if (this.#seen[number] === this.#round) continue;
      this.#seen[number] = this.#round;
      this.effort.spend(4);
      const step = this.program.steps[number]!;
      switch (step.op) {
        case 'set':
          if (code !== undefined && includes(step.characters, code)) next.push({ at: number + 1, slots });
          break;
        case 'split':
          todo.push({ at: step.second, slots }, { at: step.first, slots });
          break;
        case 'jump':
          todo.push({ at: step.to, slots });
          break;
        case 'again':
          // A turn that has met nothing is none: the way without it is another thread.
          if (slots[this.#loops + step.loop] !== at) todo.push({ at: step.to, slots });
          break;
        case 'save':
          this.effort.spend(slots.length);
          todo.push({ at: number + 1, slots: slots.with(step.slot, at) });
          break;
        case 'assert':
          if (holds(step.is, left, right, this.stretch.lines)) todo.push({ at: number + 1, slots });
          break;
        case 'turn':
          this.effort.spend(slots.length);
          todo.push({ at: number + 1, slots: slots.with(this.#loops + step.loop, at) });
          break;
        case 'match':
          if (this.stretch.to !== undefined && at !== this.stretch.to) break;
          this.#matched = slots.with(1, at);
          return true;
        case 'reference':
          throw new TypeError('a program with references is not for threads');
      }
    }
    return false;
  }
}
