/** POSIX regular expressions (basic and extended, with GNU's `\w`, `\b`, `\+`, `\|`…) turned into JavaScript's. */
import { bracket } from './wildcard';

export interface RegexOptions {
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
  readonly global?: boolean;
  readonly multiline?: boolean;
}

/** Throws a SyntaxError when the pattern is none. */
export function compileRegex(pattern: string, options: RegexOptions = {}): RegExp {
  const source = options.extended ? extended(pattern) : basic(pattern);
  return regexOf(source, `${options.ignoreCase ? 'i' : ''}${options.global ? 'g' : ''}${options.multiline ? 'm' : ''}`);
}

/**
 * A regular expression that sees characters, as a locale of UTF-8 does. One that repeats what repeats, which may take for ever,
 * sees them in JavaScript's halves instead where that is the same: only so can the surroundings find an answer in time.
 */
export function regexOf(source: string, flags: string): RegExp {
  const strict = new RegExp(source, `u${flags}`);
  const mayExplode = /\)(?:[*+]|\{)/.test(source) && !/[^\x00-\x7f]|\\[pPu]|\(\?<?[=!]/.test(source);
  return mayExplode ? new RegExp(source, flags) : strict;
}

export function quoteRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

const shared: Readonly<Record<string, string>> = {
  w: '[\\w]',
  W: '[^\\w]',
  s: '\\s',
  S: '\\S',
  b: '\\b',
  B: '\\B',
  '<': '\\b(?=\\w)',
  '>': '\\b(?<=\\w)',
  '`': '^',
  "'": '$',
  n: '\\n',
  t: '\\t',
  r: '\\r',
  f: '\\f',
  v: '\\v',
};

function escapeLetter(letter: string): string {
  if (/[1-9]/.test(letter)) return `(?:\\${letter})`;
  return shared[letter] ?? quoteRegex(letter);
}

function bracketAt(pattern: string, at: number): { source: string; end: number } {
  const found = bracket(pattern.replace(/^(\[)!/, '$1\\!'), at);
  if (!found) throw new SyntaxError('unmatched [');
  return found;
}

function extended(pattern: string): string {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === '\\') {
      if (at + 1 >= pattern.length) throw new SyntaxError('trailing backslash');
      out += escapeLetter(pattern[++at]!);
    } else if (character === '[') {
      const set = bracketAt(pattern, at);
      out += set.source;
      at = set.end;
    } else if (character === '{') {
      const bound = /^\{(\d*),?(\d*)\}/.exec(pattern.slice(at));
      if (bound && out !== '' && (bound[1] || bound[2])) {
        out += bound[0].replace('{,', '{0,');
        at += bound[0].length - 1;
      } else out += '\\{';
    } else if (/[*+?]/.test(character) && startsExpression(out)) {
      // GNU takes a leading star literally; a leading plus or question mark matches nothing to repeat.
      out += character === '*' ? '\\*' : '';
    } else if (/[*+?]/.test(character) && /[^\\][*+?]$/.test(out)) out = `${out.replace(/([*+?])$/, '')}*`;
    else out += /[\]}/]/.test(character) ? `\\${character}` : character;
  }
  return out;
}

const startsExpression = (out: string) => out === '' || /(^|[^\\])[(|^]$/.test(out) || out === '^';

function basic(pattern: string): string {
  let out = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    const start = out === '' || out.endsWith('(') || (out.endsWith('|') && !out.endsWith('\\|')) || out === '^';
    if (character === '\\') {
      const next = pattern[++at];
      if (next === undefined) throw new SyntaxError('trailing backslash');
      if (next === '{') {
        const bound = /^(\d*)(,?)(\d*)\\\}/.exec(pattern.slice(at + 1));
        if (!bound) throw new SyntaxError('bad interval');
        out += `{${bound[1] || '0'}${bound[2]}${bound[3]}}`;
        at += bound[0].length;
      } else if (next === '(') {
        depth++;
        out += '(';
      } else if (next === ')') {
        if (--depth < 0) throw new SyntaxError('unmatched )');
        out += ')';
      } else if (next === '|') out += '|';
      else if (next === '+' || next === '?') out += start ? `\\${next}` : next;
      else out += escapeLetter(next);
    } else if (character === '[') {
      const set = bracketAt(pattern, at);
      out += set.source;
      at = set.end;
    } else if (character === '*') out += start ? '\\*' : /[^\\]\*$/.test(out) ? '' : '*';
    else if (character === '^') out += start ? '^' : '\\^';
    else if (character === '$') out += at === pattern.length - 1 || /^\\[)|]/.test(pattern.slice(at + 1)) ? '$' : '\\$';
    else out += /[+?(){}|\]/]/.test(character) ? `\\${character}` : character;
  }
  if (depth > 0) throw new SyntaxError('unmatched (');
  return out;
}
