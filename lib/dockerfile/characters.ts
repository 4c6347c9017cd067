/** White space as Go's unicode.IsSpace sees it (JavaScript's \s differs in U+0085 and U+FEFF). */
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const leading = new RegExp(`^${space.source}+`);

export function isSpace(character: string): boolean {
  return space.test(character);
}

export function trimStart(text: string): string {
  return text.replace(leading, '');
}

export function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1]!)) end -= 1;
  return trimStart(text.slice(0, end));
}

/** Without the characters of `set` at its end. (A regular expression would look for them everywhere, again and again.) */
export function trimEndOf(text: string, set: string): string {
  let end = text.length;
  while (end > 0 && set.includes(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

/** Splits at runs of the blanks that separate words of an instruction. */
export function splitBlanks(text: string, limit = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [];
  const blanks = /[\t\v\f\r ]+/g;
  let from = 0;
  for (let match = blanks.exec(text); match && parts.length + 1 < limit; match = blanks.exec(text)) {
    parts.push(text.slice(from, match.index));
    from = blanks.lastIndex;
  }
  return [...parts, text.slice(from)];
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A string as Go's %q prints it. */
export function quote(text: string): string {
  const body = Array.from(text, (character) => {
    const known = escapes[character];
    if (known) return known;
    const code = character.codePointAt(0)!;
    if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
    return character;
  });
  return `"${body.join('')}"`;
}
