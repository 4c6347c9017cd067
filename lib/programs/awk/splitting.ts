/** How a text becomes fields: by blanks, by one character, by every character, or by a regular expression. */
import type { Regex } from '../../pattern';
import type { Regexes } from './regexes';

export type Separator =
  | { readonly kind: 'blanks' | 'characters' }
  | { readonly kind: 'character'; readonly character: string; readonly lines: boolean }
  | { readonly kind: 'regex'; readonly regex: Regex };

/** What FS means. `lines`: a newline separates too (RS is empty). */
export function separatorOf(text: string, regexes: Regexes, ignoreCase = false, lines = false): Separator {
  if (text === ' ') return { kind: 'blanks' };
  if (text === '') return { kind: 'characters' };
  if (text.length === 1 && !(ignoreCase && /[a-z]/i.test(text))) return { kind: 'character', character: text, lines };
  return { kind: 'regex', regex: regexes.of(lines ? `(${text})|\n` : text, ignoreCase) };
}

export function split(text: string, separator: Separator): string[] {
  if (text === '') return [];
  switch (separator.kind) {
    case 'blanks':
      return text.match(/[^ \t\n]+/g) ?? [];
    case 'characters':
      return text.split('');
    case 'character':
      return (separator.lines ? text.replaceAll('\n', separator.character) : text).split(separator.character);
    case 'regex':
      return between(text, separator.regex);
  }
}

function between(text: string, regex: Regex): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { index, end } of regex.all(text)) {
    if (end === index) continue;
    parts.push(text.slice(from, index));
    from = end;
  }
  parts.push(text.slice(from));
  return parts;
}
