import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileSystem } from '../fs';
import { changeLine, readTar } from '../layer';
import { changedTar, changes, exportTar, LowerTree } from '.';
import { layerOf, over, picture, type Step, stack, tryStep, verbCount } from './fixtures';

const base = layerOf({
  'a/': '',
  'a/f': 'f',
  'a/g': { link: 'a/f' },
  'b/': '',
  'b/c/': '',
  'b/c/d': 'd',
  'e/': '',
  t: 't',
});
const lower = new LowerTree(undefined, base);
const paths = ['/a', '/a/f', '/a/g', '/b', '/b/c', '/b/c/d', '/e', '/e/n', '/n', '/n/m', '/t', '/t/u'];
const work: fc.Arbitrary<Step[]> = fc.array(
  fc.tuple(fc.nat(verbCount - 1), fc.constantFrom(...paths), fc.constantFrom(...paths), fc.nat(40)),
  { maxLength: 40 },
);

/** Without times, and without the count of links, which overlayfs tells otherwise for folders of several layers. */
function seen(fs: FileSystem): Record<string, unknown> {
  const all = Object.entries(picture(fs, '/', false) as Record<string, string>);
  return Object.fromEntries(all.map(([path, told]) => [path, told.split(' ').toSpliced(5, 1).join(' ')]));
}

describe('a committed layer', () => {
  it('shows, over the same layers, what the sheet showed', () => {
    fc.assert(
      fc.property(work, (steps) => {
        const { union, fs } = over(lower);
        for (const step of steps) tryStep(fs, step);
        const again = over(new LowerTree(lower, changedTar(union.sheet)));
        expect(seen(again.fs)).toEqual(seen(fs));
        expect(changes(again.union.lower, again.union.sheet)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is empty when nothing changed', () => {
    expect([...readTar(changedTar(over(lower).union.sheet), true)]).toEqual([]);
  });

  it('has the marks that Docker writes, in the order of a walk', () => {
    const { union, fs } = over(lower);
    fs.unlink('/t');
    fs.unlink('/b/c/d');
    fs.rmdir('/b/c');
    fs.mkdir('/b/c');
    fs.writeFile('/b/c/x', new Uint8Array(2));
    fs.link('/b/c/x', '/b/y');
    const rows = [...readTar(changedTar(union.sheet), true)].map(({ name, kind, target }) => [name, kind, target]);
    expect(rows).toEqual([
      ['b/', 'directory', undefined],
      ['b/c/', 'directory', undefined],
      ['b/c/.wh..wh..opq', 'file', undefined],
      ['b/c/x', 'file', undefined],
      ['b/y', 'hardlink', 'b/c/x'],
      ['.wh.t', 'file', undefined],
    ]);
    expect(changes(lower, union.sheet).map(changeLine)).toEqual([
      'C /b',
      'C /b/c',
      'D /b/c/d',
      'A /b/c/x',
      'A /b/y',
      'D /t',
    ]);
  });
});

describe('an exported tree', () => {
  it('is the same tree', () => {
    fc.assert(
      fc.property(work, (steps) => {
        const { union, fs } = over(lower);
        for (const step of steps) tryStep(fs, step);
        expect(seen(over(new LowerTree(undefined, exportTar(union))).fs)).toEqual(seen(fs));
      }),
      { numRuns: 150 },
    );
  });
});

describe('changes', () => {
  it('do not list a folder for its times, nor what was made again as it was', () => {
    const { union, fs } = over(stack({ 'd/': '', 'empty/': '', f: 'same' }));
    fs.writeFile('/d/tmp', new Uint8Array(1));
    fs.unlink('/d/tmp');
    fs.rmdir('/empty');
    fs.mkdir('/empty', 0o755);
    expect(changes(union.lower, union.sheet)).toEqual([]);
    const { mtime } = fs.stat('/f');
    fs.unlink('/f');
    fs.writeFile('/f', new TextEncoder().encode('SAME'), 0o644);
    expect(changes(union.lower, union.sheet).map(changeLine)).toEqual(['C /f']);
    fs.utimes('/f', undefined, mtime + 5n);
    expect(changes(union.lower, union.sheet)).toEqual([]);
  });
});
