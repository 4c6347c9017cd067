import { describe, expect, it } from 'vitest';
import { cleanPath, type Draft, draftBytes, readBytes, renamed, withFile, withoutFile } from './state';

const draft: Draft = { reference: 'a:1', dockerfile: 'FROM busybox\n', files: [{ path: 'b', text: '2' }] };

describe('a draft', () => {
  it('keeps its files by path', () => {
    const two = withFile(draft, { path: 'a', text: '1' });
    expect(two.files.map(({ path }) => path)).toEqual(['a', 'b']);
    expect(withFile(two, { path: 'a', text: 'x' }).files[0]?.text).toBe('x');
    expect(withoutFile(two, 'b').files).toHaveLength(1);
  });

  it('renames a file, but never over another', () => {
    const two = withFile(draft, { path: 'a', text: '1' });
    expect(renamed(two, 'b', 'c').files).toEqual([
      { path: 'a', text: '1' },
      { path: 'c', text: '2' },
    ]);
    expect(renamed(two, 'b', 'a')).toBe(two);
  });

  it('counts bytes, not characters', () => {
    expect(
      draftBytes({
        ...draft,
        files: [
          { path: 'a', text: 'ñ' },
          { path: 'b', base64: 'AAAA' },
        ],
      }),
    ).toBe(5);
  });
});

describe('a path of the context', () => {
  it.each([
    ['./site/index.html', 'site/index.html'],
    ['/etc/motd', 'etc/motd'],
    ['a\\b', 'a/b'],
    ['../secret', undefined],
    ['  ', undefined],
    ['x'.repeat(2000), undefined],
  ])('%j → %j', (typed, clean) => expect(cleanPath(typed)).toBe(clean));
});

describe('a chosen file', () => {
  it('is text when it is UTF-8, else bytes', () => {
    expect(readBytes('a', new TextEncoder().encode('día'))).toEqual({ path: 'a', text: 'día' });
    expect(readBytes('a', Uint8Array.of(0, 1, 2))).toEqual({ path: 'a', base64: 'AAEC' });
    expect(readBytes('a', Uint8Array.of(255, 254))).toEqual({ path: 'a', base64: '//4=' });
  });
});
