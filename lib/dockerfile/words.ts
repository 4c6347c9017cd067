import { isSpace } from './characters';
import type { EscapeToken } from './directives';

/**
 * The words of an instruction, with their quotes and escapes left in: `foo bar "abc xyz"` is three. Quotes and the escape
 * token only keep blanks from ending a word; expansion takes them away later.
 */
export function splitWords(text: string, token: EscapeToken): string[] {
  const words: string[] = [];
  let word = '';
  let quoted = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (!quoted && isSpace(character)) {
      if (word) words.push(word);
      word = '';
      continue;
    }
    const escaped = character === token && quoted !== "'";
    if (escaped && at + 1 === text.length) break;
    if (escaped) {
      at += 1;
      word += character + text[at]!;
      continue;
    }
    if (quoted ? character === quoted : character === "'" || character === '"') quoted = quoted ? '' : character;
    word += character;
  }
  if (word) words.push(word);
  return words;
}

/** The leading `--flag[=value]` words, unquoted, and what comes after them. A bare `--` ends the flags. */
export function splitFlags(text: string): { readonly flags: readonly string[]; readonly rest: string } {
  const flags: string[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && isSpace(text[at]!)) at += 1;
    if (!text.startsWith('--', at)) return { flags, rest: text.slice(at) };
    const { word, end } = flagWord(text, at);
    if (word === '--') return { flags, rest: text.slice(end) };
    flags.push(word);
    at = end;
  }
}

function flagWord(text: string, from: number): { word: string; end: number } {
  let word = '';
  let quoted = '';
  let at = from;
  for (; at < text.length; at += 1) {
    let character = text[at]!;
    if (!quoted && isSpace(character)) break;
    if (quoted ? character === quoted : character === "'" || character === '"') {
      quoted = quoted ? '' : character;
      continue;
    }
    if (character === '\\') {
      if (at + 1 === text.length) break;
      at += 1;
      character = text[at]!;
    }
    word += character;
  }
  return { word, end: at };
}
