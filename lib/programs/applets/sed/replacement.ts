/** The right side of `s/…/…/`: what stands for what was found. */

type Groups = readonly (string | undefined)[];
type Part = { readonly group: number } | { readonly text: string } | { readonly turn: string };

/** `&`, `\1`, `\n`, and GNU's `\U \L \u \l \E`. */
export function replacer(template: string): (groups: Groups) => string {
  const parts = [...template.matchAll(/\\([\s\S])|&|[^\\&]+/g)].map(([all, escaped]) => partOf(all, escaped));
  return parts.some((part) => 'turn' in part)
    ? (groups) => turned(parts, groups)
    : (groups) => parts.map((part) => textOf(part, groups)).join('');
}

function partOf(all: string, escaped: string | undefined): Part {
  if (all === '&') return { group: 0 };
  if (escaped === undefined) return { text: all };
  if (/\d/.test(escaped)) return { group: Number(escaped) };
  if (/[ULulE]/.test(escaped)) return { turn: escaped };
  return { text: { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped };
}

function textOf(part: Part, groups: Groups): string {
  if ('group' in part) return groups[part.group] ?? '';
  return 'text' in part ? part.text : '';
}

/** Letters made large or small: all up to the next turn, or the first of what follows. */
function turned(parts: readonly Part[], groups: Groups): string {
  let out = '';
  let mode = '';
  let once = '';
  for (const part of parts) {
    if ('turn' in part) {
      if (/[ul]/.test(part.turn)) once = part.turn;
      else mode = part.turn === 'E' ? '' : part.turn;
      continue;
    }
    let piece = textOf(part, groups);
    if (mode) piece = mode === 'U' ? piece.toUpperCase() : piece.toLowerCase();
    if (once && piece) {
      piece = (once === 'u' ? piece[0]!.toUpperCase() : piece[0]!.toLowerCase()) + piece.slice(1);
      once = '';
    }
    out += piece;
  }
  return out;
}
