/**
 * Matching with references to groups (`\1`): there is no quick way, one way is tried after the other. What may be tried is
 * bounded; a pattern that needs more ends with a fault.
 */
import { includes } from './characters';
import type { Effort } from './effort';
import { besideOf, holds, type Program } from './program';
import type { Slots, Stretch } from './threads';

interface Choice {
  readonly at: number;
  readonly place: number;
  /** How many notes had been made by then. */
  readonly notes: number;
}

export interface ReferenceOptions {
  readonly ignoreCase: boolean;
  /** The longest match rather than the one that is found first. */
  readonly longest: boolean;
}

/** The match that begins at `from`, if there is one. Throws a RegexFault (`memory`). */
export function matchReferring(
  program: Program,
  stretch: Stretch,
  effort: Effort,
  options: ReferenceOptions,
): Slots | undefined {
  return new Attempts(program, stretch, effort, options).run();
}

class Attempts {
  /** The groups' places, then where the turns of the loops began. */
  readonly #slots: number[];
  readonly #loops: number;
  /** What was in a slot before it was changed: pairs. */
  readonly #notes: number[] = [];
  readonly #choices: Choice[] = [];
  #best: number[] | undefined;

  constructor(
    readonly program: Program,
    readonly stretch: Stretch,
    readonly effort: Effort,
    readonly options: ReferenceOptions,
  ) {
    this.#loops = 2 * (program.groups + 1);
    this.#slots = new Array<number>(this.#loops + program.loops).fill(-1);
  }

  run(): Slots | undefined {
    this.#slots[0] = this.stretch.from;
    this.#choices.push({ at: 0, place: this.stretch.from, notes: 0 });
    for (let choice = this.#choices.pop(); choice; choice = this.#choices.pop()) {
      this.#takeBack(choice.notes);
      const end = this.#attempt(choice.at, choice.place);
      if (end === undefined || (this.#best && end <= this.#best[1]!)) continue;
      this.#best = this.#slots.slice(0, this.#loops).with(1, end);
      if (!this.options.longest || end === this.stretch.text.length) break;
    }
    return this.#best;
  }

  #note(slot: number, value: number): void {
    this.#notes.push(slot, this.#slots[slot]!);
    this.#slots[slot] = value;
  }

  #takeBack(notes: number): void {
    while (this.#notes.length > notes) {
      const value = this.#notes.pop()!;
      this.#slots[this.#notes.pop()!] = value;
    }
  }

  /** Goes one way as far as it leads: where its match ends. */
  #attempt(start: number, from: number): number | undefined {
    const { text, lines } = this.stretch;
    let at = start;
    let place = from;
    for (;;) {
      this.effort.spend(3);
      const step = this.program.steps[at++]!;
      switch (step.op) {
        case 'set': {
          const code = text.codePointAt(place);
          if (code === undefined || !includes(step.characters, code)) return undefined;
          place += code > 0xffff ? 2 : 1;
          break;
        }
        case 'split':
          this.#choices.push({ at: step.second, place, notes: this.#notes.length });
          at = step.first;
          break;
        case 'jump':
          at = step.to;
          break;
        case 'save':
          this.#note(step.slot, place);
          break;
        case 'turn':
          this.#note(this.#loops + step.loop, place);
          break;
        case 'again':
          if (this.#slots[this.#loops + step.loop] !== place) at = step.to;
          break;
        case 'assert':
          if (!holds(step.is, this.#before(place), besideOf(text.codePointAt(place)), lines)) return undefined;
          break;
        case 'reference': {
          const length = this.#referred(step.group, place);
          if (length === undefined) return undefined;
          place += length;
          break;
        }
        case 'match':
          return place;
      }
    }
  }

  #before(place: number): number {
    if (place === this.stretch.from) return this.stretch.side;
    return besideOf(this.stretch.text.charCodeAt(place - 1));
  }

  /** How much of the text at a place is what the group was. */
  #referred(group: number, place: number): number | undefined {
    const [start, end] = [this.#slots[2 * group]!, this.#slots[2 * group + 1]!];
    if (start < 0 || end < start) return undefined;
    const { text } = this.stretch;
    this.effort.spend((end - start) >> 3);
    const [was, is] = [text.slice(start, end), text.slice(place, place + end - start)];
    const same = was === is || (this.options.ignoreCase && was.toLowerCase() === is.toLowerCase());
    return same ? end - start : undefined;
  }
}
