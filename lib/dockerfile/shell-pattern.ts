/**
 * The patterns of `${x#pattern}`, `${x%pattern}` and `${x/pattern/text}`: `*` and `?` are special, a backslash takes that
 * away. Matching keeps a set of reached positions, so that no pattern takes more than pattern times text.
 */
type Token =
  | { readonly kind: 'literal'; readonly character: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'any' };

/** A pattern, or the sentence that says why it is none. */
export function parseShellPattern(source: string): readonly Token[] | { readonly error: string } {
  const characters = Array.from(source);
  const tokens: Token[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at]!;
    if (character === '*') tokens.push({ kind: 'any' });
    else if (character === '?') tokens.push({ kind: 'one' });
    else if (character === '\\') {
      at += 1;
      const next = characters[at] ?? '';
      if (!['}', '/', '*', '?', '\\'].includes(next)) return { error: `invalid escape '\\${next}'` };
      tokens.push({ kind: 'literal', character: next });
    } else tokens.push({ kind: 'literal', character });
  }
  return tokens;
}

/** Every end of a match of the tokens that begins at `start`. */
function ends(tokens: readonly Token[], text: readonly string[], start: number): Set<number> {
  let reached = new Set([start]);
  for (const token of tokens) {
    const next = new Set<number>();
    for (const position of reached) step(token, text, position, next);
    if (next.size === 0) return next;
    reached = next;
  }
  return reached;
}

function step(token: Token, text: readonly string[], position: number, next: Set<number>): void {
  const character = text[position];
  if (token.kind === 'literal') {
    if (character === token.character) next.add(position + 1);
  } else if (token.kind === 'one') {
    if (character !== undefined && character !== '\n') next.add(position + 1);
  } else {
    for (let at = position; !next.has(at); at += 1) {
      next.add(at);
      if (at >= text.length || text[at] === '\n') break;
    }
  }
}

export function trimPrefix(tokens: readonly Token[], value: string, greedy: boolean): string {
  const text = Array.from(value);
  const found = ends(tokens, text, 0);
  if (found.size === 0) return value;
  return text.slice(greedy ? Math.max(...found) : Math.min(...found)).join('');
}

/** A suffix is a prefix of the reversed text. */
export function trimSuffix(tokens: readonly Token[], value: string, greedy: boolean): string {
  const reversed = trimPrefix([...tokens].reverse(), Array.from(value).reverse().join(''), greedy);
  return Array.from(reversed).reverse().join('');
}

/** The first (or every) leftmost longest match replaced by the text as it is. */
export function replacePattern(tokens: readonly Token[], value: string, replacement: string, all: boolean): string {
  const text = Array.from(value);
  let result = '';
  let at = 0;
  let done = false;
  while (at <= text.length) {
    const found = done ? new Set<number>() : ends(tokens, text, at);
    const end = found.size === 0 ? undefined : Math.max(...found);
    if (end === undefined) {
      result += text[at] ?? '';
      at += 1;
      continue;
    }
    done = !all;
    result += replacement;
    if (end === at) result += text[at] ?? '';
    at = Math.max(end, at + 1);
    if (end === text.length && end > 0 && at === end) break;
  }
  return result;
}
