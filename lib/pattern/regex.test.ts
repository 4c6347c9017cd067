import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegexFault } from './fault';
import type { RegexOptions } from './parse';
import { compileRegex, compileRegexes } from './regex';

const extended: RegexOptions = { syntax: 'extended' };
const found = (pattern: string, text: string, options: RegexOptions = extended) =>
  compileRegex(pattern, options).exec(text)?.groups;
const faultOf = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    if (error instanceof RegexFault) return error.code;
    throw error;
  }
  return undefined;
};

describe('regular expressions', () => {
  // Recorded from GNU grep and sed, and busybox's, with the same C library.
  it.each([
    ['x|xyz', 'xyz', ['xyz']],
    ['ab|abcd|b', 'abcd', ['abcd']],
    ['(a|ab)(c|bcd)(d*)', 'abcde', ['abcd', 'a', 'bcd', '']],
    ['(fo|foo)(bar|obar)', 'foobar', ['foobar', 'fo', 'obar']],
    ['(x|xx)*(xyz|yz)?', 'xxyz', ['xxyz', 'x', 'yz']],
    ['(abc|ab)(.*)\\1', 'abcabc', ['abcabc', 'abc', '']],
    ['((a)|b)*', 'ab', ['ab', 'b', 'a']],
    ['((a)|b)*', 'aba', ['aba', 'a', 'a']],
    ['(a|(b))*', 'ba', ['ba', 'a', 'b']],
    ['(a*)(ab)*(b*)', 'abb', ['abb', 'a', undefined, 'bb']],
    ['(a+|b+|ab)*', 'aab', ['aab', 'b']],
    ['(a|aa)(a|aa)?', 'aaa', ['aaa', 'a', 'aa']],
    ['(a|ab|abc)(c|bc)?', 'xabcy', ['abc', 'a', 'bc']],
    ['(a*)+b', 'ab', ['ab', 'a']],
    ['(.*)X(.*)', 'aXaXb', ['aXaXb', 'aXa', 'b']],
    ['(ab|a)(bab)?', 'abab', ['abab', 'a', 'bab']],
    ['(a*)(a|b)*', 'aabb', ['aabb', 'aa', 'b']],
    ['(\\w+) \\1', 'a word word', ['word word', 'word']],
    ['a||b', 'b', ['b']],
    ['a{,2}', 'aaa', ['aa']],
    ['(a{2}){2}', 'aaaaa', ['aaaa', 'aa']],
    ['a**b', 'aab', ['aab']],
    ['a+?', 'aaa', ['aaa']],
    ['[[:upper:]b]', 'abc', ['b']],
    ['[[=a=]]', 'abc', ['a']],
    ['[[.a.]]', 'abc', ['a']],
    ['a)', 'a)', ['a)']],
    ['\\`abc', 'abc', ['abc']],
    ["c\\'", 'abc', ['c']],
    ['a\\Bb', 'abc', ['ab']],
    ['x\\sy', 'x y', ['x y']],
    ['^b', 'ab', undefined],
    ['\\<w', 'a w', ['w']],
    ['[^a]é', 'xé', ['xé']],
    ['.', '💡', ['💡']],
  ])('%s in %s', (pattern, text, groups) => {
    expect(found(pattern, text)).toEqual(groups);
  });

  it.each([
    ['*a', '*a', ['*a']],
    ['\\(*a\\)', '*a', ['*a', '*a']],
    ['^*a', '*a', ['*a']],
    ['a^b$c', 'a^b$c', ['a^b$c']],
    ['a+', 'aa+', ['a+']],
    ['a\\+', 'aa', ['aa']],
    ['a\\{2\\}', 'aaa', ['aa']],
    ['a{2}', 'a{2}', ['a{2}']],
    ['[]a]', ']', [']']],
    ['[^]a]', ']', undefined],
    ['[]-]', '-', ['-']],
    ['[\\b]', '\\', ['\\']],
    ['x\\|y', 'y', ['y']],
    ['\\(ab\\)\\1', 'abab', ['abab', 'ab']],
    ['\\t', 't', ['t']],
    ['a\\(^b\\)', 'a^b', undefined],
  ])('basic: %s in %s', (pattern, text, groups) => {
    expect(found(pattern, text, {})).toEqual(groups);
  });

  it.each([
    ['(a', 'open'],
    ['[a', 'brackets'],
    ['[', 'pattern'],
    ['[[:foo:]]', 'class'],
    ['[c-a]', 'range'],
    ['a{2,1}', 'interval'],
    ['a{70000}', 'size'],
    ['a{1', 'brace'],
    ['*a', 'repeat'],
    ['(a)\\2', 'reference'],
    ['\\', 'backslash'],
    ['(a{1000}){1000}', 'memory'],
  ])('%s is none', (pattern, code) => {
    expect(faultOf(() => compileRegex(pattern, extended))).toBe(code);
  });

  it('that go too deep are none', () => {
    expect(faultOf(() => compileRegex('('.repeat(100_000), extended))).toBe('memory');
    expect(faultOf(() => compileRegex(`a${'{1,2}'.repeat(50)}`, extended))).toBe('memory');
  });

  it('are read as grep reads them where others find a fault', () => {
    const lenient = { ...extended, lenient: true };
    expect(found('*a', '*a', lenient)).toEqual(['a']);
    expect(found('a{1', 'a{1', lenient)).toEqual(['a{1']);
  });

  it('do not look at the case', () => {
    expect(found('äö[x-z]', 'ÄÖY', { ...extended, ignoreCase: true })).toEqual(['ÄÖY']);
    expect(found('(ab)\\1', 'ABab', { ...extended, ignoreCase: true })).toEqual(['ABab', 'AB']);
    expect(found('[^a]', 'A', { ...extended, ignoreCase: true })).toBeUndefined();
  });

  it('see lines', () => {
    expect(found('^b.', 'a\nb\n', { ...extended, lines: true })).toBeUndefined();
    expect(found('^b$', 'a\nb\nc', { ...extended, lines: true })).toEqual(['b']);
    expect(found('a.b', 'a\nb')).toEqual(['a\nb']);
  });

  it('find every match, as sed replaces them', () => {
    const replaced = (pattern: string, text: string, cut = false) => {
      let out = '';
      let end = 0;
      for (const match of compileRegex(pattern, extended).all(text, cut)) {
        out += `${text.slice(end, match.index)}|`;
        end = match.end;
      }
      return out + text.slice(end);
    };
    expect(replaced('a*', 'baaac')).toBe('|b|c|');
    expect(replaced('x*', 'abc')).toBe('|a|b|c|');
    expect(replaced('\\b', 'foo bar')).toBe('|foo| |bar|');
    expect(replaced('\\b', 'foo bar', true)).toBe('|f|o|o |b|a|r');
    expect(replaced('^a', 'aab', true)).toBe('|ab');
  });

  it('match whole lines and words', () => {
    expect(compileRegexes(['a', 'abc'], extended, 'line').test('abc')).toBe(true);
    expect(compileRegexes(['a', 'bc'], extended, 'line').test('abc')).toBe(false);
    expect(compileRegexes(['foo|foofoo'], extended, 'word').exec('foofoo-')?.text).toBe('foofoo');
    expect(compileRegexes(['(a)\\1', '(b)\\1'], extended).exec('xbb')?.text).toBe('bb');
  });

  it('know much of Perl', () => {
    const perl: RegexOptions = { syntax: 'perl' };
    expect(found('x|xyz', 'xyz', perl)).toEqual(['x']);
    expect(found('a.*?c', 'abcabc', perl)).toEqual(['abc']);
    expect(found('(?:a|b)+(?<rest>\\d{2,})', 'ab12', perl)).toEqual(['ab12', '12']);
    expect(found('\\.(png|jpe?g)$', '/a.jpeg', perl)).toEqual(['.jpeg', 'jpeg']);
    expect(found('[\\d\\]]+', 'a1]', perl)).toEqual(['1]']);
    expect(faultOf(() => found('(?<=x)y', 'xy', perl))).toBe('lookaround');
  });

  /** The same question, asked the slow way: a way for each stretch of the text. */
  it('take the first match and its longest', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[^a]', '(a|ab)', '(b|ba|a)', '(a*b)', '^', '$', '\\b', '()');
    const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}'));
    const pattern = fc
      .array(piece, { minLength: 1, maxLength: 4 })
      .map((pieces) => pieces.map(([one, times]) => (/^[\^$\\]/.test(one) ? one : one + times)).join(''))
      .chain((one) => fc.constantFrom(one, `(${one})*`, `${one}|b`));
    const text = fc.array(fc.constantFrom('a', 'b', ' '), { maxLength: 6 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const match = compileRegex(source, extended).exec(subject);
        expect(match && [match.index, match.end]).toEqual(slowly(source, subject));
        expect(compileRegex(source, extended).test(subject)).toBe(match !== undefined);
      }),
      { numRuns: 2000 },
    );
  });

  function slowly(source: string, subject: string): number[] | undefined {
    for (let from = 0; from <= subject.length; from++)
      for (let to = subject.length; to >= from; to--)
        if (new RegExp(`(?<=^.{${from}})(?:${source})(?=.{${subject.length - to}}$)`).test(subject)) return [from, to];
    return undefined;
  }
});

describe('a bomb', () => {
  const many = 'a'.repeat(20_000);

  it.each([
    ['^(a+)+$', false],
    ['(a|a)*b', false],
    ['(a|aa)+$', false],
    ['(a*)*b', false],
    ['((a*)*)*b', false],
    ['(.*.*.*.*.*)*b', false],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', false],
    ['a?{200}a{200}$', true],
    ['(a|b|ab)*c|(a?){50}a{50}é', false],
  ])('%s ends with its answer', (pattern, matches) => {
    for (const ignoreCase of [false, true])
      expect(compileRegex(pattern, { ...extended, ignoreCase }).test(matches ? many : `${many}!`)).toBe(matches);
  });

  it('with groups does too', () => {
    expect(found('((a+)+)+$', many)?.map((group) => group?.length)).toEqual([20_000, 20_000, 20_000]);
  });

  it('with many states does too', () => {
    const text = Array.from({ length: 60_000 }, (_, at) => ((at * at) % 7 < 3 ? 'a' : 'b')).join('');
    expect(compileRegex('(a|b)*a(a|b){14}c', extended).test(text)).toBe(false);
  });

  it('that refers to groups is given up', () => {
    expect(faultOf(() => compileRegex('(.*)*\\1x', extended).test(`${'ab'.repeat(40)}yx`))).toBeOneOf([
      undefined,
      'memory',
    ]);
    expect(
      faultOf(() => compileRegex('^(.*)(.*)(.*)(.*)(.*)\\1\\2\\3\\4x$', extended).test(`${'ab'.repeat(60)}cx`)),
    ).toBe('memory');
    expect(compileRegex('^(a+)+\\1$', extended).test('a'.repeat(2000))).toBe(true);
  });

  it('that is too large for any text is given up', () => {
    expect(faultOf(() => compileRegex('(a?b?c?){3000}d', extended).test('abc'.repeat(200_000)))).toBe('memory');
  });
});
