import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affix, literally, matches, replace, unliteral } from './glob';

/** The same question, asked the slow and obvious way. */
function reference(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern[0]!, pattern.slice(1)];
  if (first === '*') return reference(rest, text) || (text !== '' && reference(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && reference(rest, text.slice(1));
}

const small = (letters: string, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((chars) => chars.join(''));

describe('patterns', () => {
  it('match as the definition says', () => {
    fc.assert(
      fc.property(small('ab*?', 6), small('ab', 8), (pattern, text) => {
        expect(matches(pattern, text)).toBe(reference(pattern, text));
      }),
    );
  });

  it('find the shortest and longest beginning and end', () => {
    fc.assert(
      fc.property(small('ab*?', 5), small('ab', 8), (pattern, text) => {
        const fitting = (side: 'start' | 'end') =>
          Array.from({ length: text.length + 1 }, (_, length) => length).filter((length) =>
            reference(pattern, side === 'start' ? text.slice(0, length) : text.slice(text.length - length)),
          );
        for (const side of ['start', 'end'] as const) {
          expect(affix(pattern, text, side, false)).toBe(fitting(side)[0] ?? -1);
          expect(affix(pattern, text, side, true)).toBe(fitting(side).at(-1) ?? -1);
        }
      }),
    );
  });

  it('can be made of any text, literally', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(matches(literally(text), text)).toBe(true);
        expect(unliteral(literally(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[]]', ']', true],
    ['[[:digit:]][[:upper:]]', '5X', true],
    ['[a', '[a', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['[a\\]b]', ']', true],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it('replace the longest match, once or everywhere', () => {
    expect(replace('a*', 'xaya', 'R', false)).toBe('xR');
    expect(replace('[ab]', 'abc', '.', true)).toBe('..c');
  });

  it('do not take for ever', () => {
    const text = 'a'.repeat(200_000);
    expect(affix('*a*a*a*b', text, 'start', true)).toBe(-1);
    expect(matches('*a*a*a*a*b', text)).toBe(false);
    expect(() => replace('*b', text, '', true)).toThrow();
  });
});
