/**
 * Shell patterns: `*`, `?`, `[a-z]`, `[!…]`, `[[:alpha:]]`, `\x`. Matching takes at most text × pattern steps, whatever the
 * pattern: only the last star is ever gone back to.
 */
type Piece =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'star' }
  | Bracket;
type Bracket = { readonly kind: 'set'; readonly negated: boolean; readonly has: (char: string) => boolean };

const classes: Readonly<Record<string, RegExp>> = {
  alpha: /\p{L}/u,
  digit: /[0-9]/,
  alnum: /[\p{L}\p{N}]/u,
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  space: /\s/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  cntrl: /[\x00-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
  print: /[^\x00-\x1f\x7f]/,
  graph: /[^\x00-\x20\x7f]/,
};

export type Pattern = readonly Piece[];

const compiled = new Map<string, Pattern>();

export function compile(source: string): Pattern {
  const known = compiled.get(source);
  if (known) return known;
  const pieces: Piece[] = [];
  const chars = [...source];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at]!;
    if (char === '*') {
      if (pieces.at(-1)?.kind !== 'star') pieces.push({ kind: 'star' });
    } else if (char === '?') pieces.push({ kind: 'any' });
    else if (char === '\\' && at + 1 < chars.length) pieces.push({ kind: 'char', char: chars[++at]! });
    else if (char === '[') {
      const bracket = readBracket(chars, at);
      if (bracket) at = bracket.end;
      pieces.push(bracket ? bracket.piece : { kind: 'char', char });
    } else pieces.push({ kind: 'char', char });
  }
  if (compiled.size > 500) compiled.clear();
  compiled.set(source, pieces);
  return pieces;
}

function readBracket(
  chars: readonly string[],
  start: number,
): { readonly piece: Bracket; readonly end: number } | undefined {
  const tests: ((char: string) => boolean)[] = [];
  let at = start + 1;
  const negated = chars[at] === '!' || chars[at] === '^';
  if (negated) at++;
  for (let first = true; first || chars[at] !== ']'; first = false) {
    if (chars[at] === undefined) return undefined;
    if (chars[at] === '[' && chars[at + 1] === ':') {
      const end = chars.indexOf(':', at + 2);
      const test = end > 0 && chars[end + 1] === ']' ? classes[chars.slice(at + 2, end).join('')] : undefined;
      if (test) {
        tests.push((char) => test.test(char));
        at = end + 2;
        continue;
      }
    }
    if (chars[at] === '\\' && chars[at + 1] !== undefined) at++;
    const from = chars[at]!;
    if (chars[at + 1] === '-' && chars[at + 2] !== undefined && chars[at + 2] !== ']') {
      const to = chars[at + 2] === '\\' ? chars[at + 3]! : chars[at + 2]!;
      tests.push((char) => char >= from && char <= to);
      at += chars[at + 2] === '\\' ? 4 : 3;
    } else {
      tests.push((char) => char === from);
      at++;
    }
  }
  return { piece: { kind: 'set', negated, has: (char) => tests.some((test) => test(char)) }, end: at };
}

function accepts(piece: Piece, char: string): boolean {
  switch (piece.kind) {
    case 'char':
      return piece.char === char;
    case 'any':
    case 'star':
      return true;
    case 'set':
      return piece.has(char) !== piece.negated;
  }
}

export function matches(source: string, text: string, ignoreCase = false): boolean {
  return matchesPattern(compile(source), [...text], ignoreCase);
}

function acceptsFolded(piece: Piece, char: string): boolean {
  return accepts(piece, char) || accepts(piece, char.toLowerCase()) || accepts(piece, char.toUpperCase());
}

export function matchesPattern(pattern: Pattern, chars: readonly string[], ignoreCase = false): boolean {
  const fits = ignoreCase ? acceptsFolded : accepts;
  let at = 0;
  let piece = 0;
  let star = -1;
  let retry = 0;
  while (at < chars.length) {
    const now = pattern[piece];
    if (now?.kind === 'star') {
      star = piece++;
      retry = at;
    } else if (now && fits(now, chars[at]!)) {
      at++;
      piece++;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[piece]?.kind === 'star') piece++;
  return piece === pattern.length;
}

/** Matching costs more than a shell should spend on one word. */
export class TooCostly {}

const mostSteps = 40_000_000;

/** Counts what one expansion has cost. */
class Effort {
  #steps = 0;

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > mostSteps) throw new TooCostly();
  }
}

/**
 * How many characters from `from` on match: the fewest, or with `most` the most; -1 for none. All ways through the pattern
 * are followed at once, so that one pass over the text is enough.
 */
function matchFrom(pattern: Pattern, chars: readonly string[], from: number, most: boolean, effort: Effort): number {
  const end = pattern.length;
  let states = follow(pattern, [0]);
  let found = states.includes(end) ? 0 : -1;
  for (let at = from; at < chars.length && states.length > 0 && (most || found < 0); at++) {
    effort.spend(states.length);
    const next: number[] = [];
    for (const state of states) {
      const piece = pattern[state];
      if (!piece || !accepts(piece, chars[at]!)) continue;
      next.push(piece.kind === 'star' ? state : state + 1);
    }
    states = follow(pattern, next);
    if (states.includes(end)) found = at - from + 1;
  }
  return found;
}

/** A star may also stand for nothing. */
function follow(pattern: Pattern, states: readonly number[]): number[] {
  const all = new Set<number>();
  for (const state of states) {
    let at = state;
    all.add(at);
    while (pattern[at]?.kind === 'star') all.add(++at);
  }
  return [...all];
}

/** How much of the text's beginning or end matches: the least, or with `most` the most. -1 for none. */
export function affix(source: string, text: string, side: 'start' | 'end', most: boolean): number {
  const pattern = compile(source);
  const chars = [...text];
  const atStart = side === 'start';
  if (!atStart) chars.reverse();
  const length = matchFrom(atStart ? pattern : [...pattern].reverse(), chars, 0, most, new Effort());
  return length < 0 ? -1 : chars.slice(0, length).join('').length;
}

/** Replaces the longest match: the first, or with `all` every one. */
export function replace(source: string, text: string, replacement: string, all: boolean): string {
  const pattern = compile(source);
  const chars = [...text];
  const effort = new Effort();
  let out = '';
  for (let at = 0; at < chars.length; ) {
    const length = matchFrom(pattern, chars, at, true, effort);
    if (length <= 0) out += chars[at++];
    else {
      out += replacement;
      at += length;
      if (!all) return out + chars.slice(at).join('');
    }
  }
  return out;
}

export function hasMagic(source: string): boolean {
  for (let at = 0; at < source.length; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === '*' || char === '?' || char === '[') return true;
  }
  return false;
}

/** The pattern that matches exactly this text. */
export function literally(text: string): string {
  return text.replace(/[\\*?[\]!^-]/g, '\\$&');
}

export function unliteral(source: string): string {
  return source.replace(/\\([\s\S])/g, '$1');
}
