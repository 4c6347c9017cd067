/**
 * One pattern of a `.dockerignore`, compiled. `*` and `?` stay inside a path element, `**` crosses them, `[a-z]` and
 * `[^a-z]` are one character, a backslash takes the special meaning away. Matching follows all ways at once, so that no
 * pattern takes longer than its length times the path's.
 */
type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'any' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'folders' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

export interface Pattern {
  /** Without the leading `!`. */
  readonly source: string;
  /** `!`: what it matches is taken back in. */
  readonly exclusion: boolean;
  matches(path: string): boolean;
}

/** Why a pattern is none. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** A path without `.`, `..`, doubled and trailing slashes, by its letters alone. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push('..');
  }
  return (rooted ? '/' : '') + parts.join('/') || (rooted ? '/' : '.');
}

/** Undefined for a blank line. Throws a PatternError. */
export function compilePattern(text: string): Pattern | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const clean = cleanPath(trimmed);
  const exclusion = clean.startsWith('!');
  if (exclusion && clean.length === 1) throw new PatternError('illegal exclusion pattern: "!"');
  const source = exclusion ? clean.slice(1) : clean;
  const tokens = readTokens(source);
  return { source, exclusion, matches: (path) => run(tokens, Array.from(path)) };
}

function readTokens(source: string): Token[] {
  const characters = Array.from(source);
  const tokens: Token[] = [];
  let at = 0;
  while (at < characters.length) {
    const character = characters[at]!;
    at += 1;
    if (character === '*') at = readStars(characters, at, tokens);
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '[') at = readClass(characters, at, tokens);
    else if (character === '\\') {
      if (at === characters.length) throw badPattern();
      tokens.push({ kind: 'literal', character: characters[at]! });
      at += 1;
    } else tokens.push({ kind: 'literal', character });
  }
  return tokens;
}

function readStars(characters: readonly string[], from: number, tokens: Token[]): number {
  if (characters[from] !== '*') {
    tokens.push({ kind: 'any' });
    return from;
  }
  const next = from + (characters[from + 1] === '/' ? 2 : 1);
  tokens.push({ kind: next >= characters.length ? 'deep' : 'folders' });
  return next;
}

function readClass(characters: readonly string[], from: number, tokens: Token[]): number {
  const negated = characters[from] === '^';
  const ranges: [string, string][] = [];
  let at = from + (negated ? 1 : 0);
  const member = (): string => {
    if (characters[at] === '\\') at += 1;
    else if (characters[at] === '-' || characters[at] === ']') throw badPattern();
    const character = characters[at];
    at += 1;
    if (character === undefined || at >= characters.length) throw badPattern();
    return character;
  };
  while (ranges.length === 0 || characters[at] !== ']') {
    const low = member();
    if (characters[at] === '-') {
      at += 1;
      ranges.push([low, member()]);
    } else ranges.push([low, low]);
  }
  tokens.push({ kind: 'class', negated, ranges });
  return at + 1;
}

function badPattern(): PatternError {
  return new PatternError('syntax error in pattern');
}

function run(tokens: readonly Token[], path: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const token of tokens) {
    const next = new Set<number>();
    for (const position of reached) step(token, path, position, next);
    if (next.size === 0) return false;
    reached = next;
  }
  return reached.has(path.length);
}

function step(token: Token, path: readonly string[], position: number, next: Set<number>): void {
  const character = path[position];
  switch (token.kind) {
    case 'literal':
      if (character === token.character) next.add(position + 1);
      return;
    case 'one':
      if (character !== undefined && character !== '/') next.add(position + 1);
      return;
    case 'class':
      if (character !== undefined && inClass(token, character)) next.add(position + 1);
      return;
    case 'any':
      for (let at = position; !next.has(at); at += 1) {
        next.add(at);
        if (at >= path.length || path[at] === '/') return;
      }
      return;
    case 'deep':
      for (let at = position; at <= path.length && !next.has(at); at += 1) next.add(at);
      return;
    case 'folders':
      next.add(position);
      for (let at = position; at < path.length; at += 1) if (path[at] === '/') next.add(at + 1);
  }
}

function inClass(token: Extract<Token, { kind: 'class' }>, character: string): boolean {
  const code = character.codePointAt(0)!;
  const inside = token.ranges.some(([low, high]) => low.codePointAt(0)! <= code && code <= high.codePointAt(0)!);
  return inside !== token.negated;
}
