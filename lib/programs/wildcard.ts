/** Shell patterns as fnmatch(3) reads them, for find and tar: `*`, `?`, `[a-z]`, `[!x]`, `[:alpha:]`, backslash. */
export function matcher(pattern: string, foldCase = false): (text: string) => boolean {
  const regex = new RegExp(`^${source(pattern)}$`, foldCase ? 'isu' : 'su');
  return (text) => regex.test(text);
}

function source(pattern: string): string {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '*') out += '.*?'.replace('?', '');
    else if (character === '?') out += '.';
    else if (character === '\\' && at + 1 < pattern.length) out += literal(pattern[++at]!);
    else if (character === '[') {
      const set = bracket(pattern, at);
      out += set ? set.source : '\\[';
      if (set) at = set.end;
    } else out += literal(character);
  }
  return out.replace(/(?:\.\*)+/g, '.*');
}

const literal = (character: string) => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const classes: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  cntrl: '\\x00-\\x1f\\x7f',
  print: ' -~\\u00a0-\\u{10ffff}',
  graph: '!-~\\u00a1-\\u{10ffff}',
  xdigit: '0-9A-Fa-f',
};

/** A bracket expression from `at` (its `[`): its JavaScript form and where its `]` is. Undefined when it never closes. */
export function bracket(pattern: string, at: number): { source: string; end: number } | undefined {
  let from = at + 1;
  const negated = pattern[from] === '!' || pattern[from] === '^';
  if (negated) from++;
  let body = '';
  for (let here = from; here < pattern.length; here++) {
    const character = pattern[here]!;
    if (character === ']' && here > from)
      return { source: body ? `[${negated ? '^' : ''}${body}]` : negated ? '[^]' : '[]', end: here };
    const named = /^\[:(\w+):\]/.exec(pattern.slice(here));
    if (named) {
      body += classes[named[1]!] ?? '';
      here += named[0].length - 1;
    } else if (character === '-' && here > from && pattern[here + 1] !== ']' && here + 1 < pattern.length) body += '-';
    else body += /[\\\]^[\-&]/.test(character) ? `\\${character}` : character;
  }
  return undefined;
}
