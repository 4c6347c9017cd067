/**
 * Regular expressions that cannot be made to run for ever: a match takes at most as many steps as the text is long times the
 * expression, and is given up with a RegexFault (`memory`) when even that, or a reference to a group, asks for too much.
 *
 * As in a C library the match that begins first is taken, and of those the longest; Perl's syntax takes the one that is
 * preferred. Where the groups are within it follows the order of preference.
 */
import { Automaton } from './automaton';
import { Effort } from './effort';
import type { Node } from './node';
import { type Parsed, parse, parseAll, type RegexOptions } from './parse';
import { beside, besideOf, type Program, programOf } from './program';
import { matchReferring } from './references';
import { groupsOf, type Slots } from './threads';

export interface Found {
  /** In UTF-16 units, as strings count. */
  readonly index: number;
  readonly end: number;
  readonly text: string;
  /** By number; the whole match is 0. */
  readonly groups: readonly (string | undefined)[];
}

export interface SearchOptions {
  /** Where to begin. Default 0. */
  readonly from?: number;
  /** What stands before `from` is not looked at, though it is no line's start: each search of busybox's sed begins so. */
  readonly cut?: boolean;
}

/** Throws a RegexFault. */
export function compileRegex(pattern: string, options: RegexOptions = {}): Regex {
  return new Regex(parse(pattern, options), options);
}

/** One that matches what any of the patterns does; with `whole`, only as a whole line or word. Throws a RegexFault. */
export function compileRegexes(
  patterns: readonly string[],
  options: RegexOptions = {},
  whole?: 'line' | 'word',
): Regex {
  return new Regex(parseAll(patterns, options, whole), options);
}

export class Regex {
  /** How many groups it has. */
  readonly groups: number;
  readonly #node: Node;
  readonly #program: Program;
  readonly #lines: boolean;
  #tester: Automaton | undefined;
  #finder: Automaton | undefined;
  #measure: Automaton | undefined;
  #starts: { readonly text: string; readonly at: Uint8Array } | undefined;

  constructor(
    parsed: Parsed,
    readonly options: RegexOptions,
  ) {
    this.groups = parsed.groups;
    this.#node = parsed.node;
    this.#program = programOf(parsed.node, parsed.groups);
    this.#lines = options.lines ?? false;
  }

  /** Whether the text has a match. Throws a RegexFault (`memory`). */
  test(text: string): boolean {
    const effort = new Effort(text);
    if (!this.#has(text, effort)) return false;
    return !this.#program.references || this.#search(text, {}, effort) !== undefined;
  }

  /** The first match. Throws a RegexFault (`memory`). */
  exec(text: string, options: SearchOptions = {}): Found | undefined {
    const effort = new Effort(text);
    if (this.#starts?.text !== text && !this.#has(text, effort)) return undefined;
    const slots = this.#search(text, options, effort);
    return slots && foundAt(text, slots);
  }

  /** Every match; one of no characters never right behind another. `cut` as for one search. */
  *all(text: string, cut = false): Generator<Found> {
    let from = 0;
    let end = -1;
    while (from <= text.length) {
      const found = this.exec(text, { from, cut: cut && from > 0 });
      if (!found) return;
      if (found.end > found.index || found.index !== end) yield found;
      end = found.end;
      from = found.end > found.index ? found.end : found.end + ((text.codePointAt(found.end) ?? 0) > 0xffff ? 2 : 1);
    }
  }

  #has(text: string, effort: Effort): boolean {
    this.#tester ??= new Automaton(this.#program, { backwards: false, anywhere: true, lines: this.#lines });
    let found = false;
    this.#tester.run(text, 0, beside.edge, effort, () => {
      found = true;
      return true;
    });
    return found;
  }

  #search(text: string, { from = 0, cut = false }: SearchOptions, effort: Effort): Slots | undefined {
    const here = cut ? this.#matchAt(text, from, beside.cut, effort) : undefined;
    if (here) return here;
    const starts = this.#startsOf(text, effort);
    for (let at = starts.indexOf(1, cut ? from + 1 : from); at >= 0; at = starts.indexOf(1, at + 1)) {
      const side = at === 0 ? beside.edge : besideOf(text.charCodeAt(at - 1));
      const slots = this.#matchAt(text, at, side, effort);
      if (slots) return slots;
    }
    return undefined;
  }

  /** 1 at every place where a match may begin: where one does, unless there are references. */
  #startsOf(text: string, effort: Effort): Uint8Array {
    if (this.#starts?.text === text) return this.#starts.at;
    const at = new Uint8Array(text.length + 1);
    this.#finder ??= new Automaton(programOf(this.#node, this.groups, true), {
      backwards: true,
      anywhere: true,
      lines: this.#lines,
    });
    this.#finder.run(text, text.length, beside.edge, effort, (place) => {
      at[place] = 1;
      return false;
    });
    this.#starts = { text, at };
    return at;
  }

  #matchAt(text: string, from: number, side: number, effort: Effort): Slots | undefined {
    const stretch = { text, from, side, lines: this.#lines };
    const preferred = this.options.syntax === 'perl';
    if (this.#program.references)
      return matchReferring(this.#program, stretch, effort, {
        ignoreCase: this.options.ignoreCase ?? false,
        longest: !preferred,
      });
    if (preferred) return groupsOf(this.#program, stretch, effort);
    const to = this.#lengthen(text, from, side, effort);
    if (to === undefined) return undefined;
    return this.groups === 0 ? [from, to] : groupsOf(this.#program, { ...stretch, to }, effort);
  }

  /** Where the longest match that begins at `from` ends. */
  #lengthen(text: string, from: number, side: number, effort: Effort): number | undefined {
    this.#measure ??= new Automaton(this.#program, { backwards: false, anywhere: false, lines: this.#lines });
    let end: number | undefined;
    this.#measure.run(text, from, side, effort, (at) => {
      end = at;
      return false;
    });
    return end;
  }
}

function foundAt(text: string, slots: Slots): Found {
  const groups = Array.from({ length: slots.length / 2 }, (_, group) =>
    slots[2 * group]! < 0 || slots[2 * group + 1]! < 0 ? undefined : text.slice(slots[2 * group], slots[2 * group + 1]),
  );
  return { index: slots[0]!, end: slots[1]!, text: groups[0]!, groups };
}
