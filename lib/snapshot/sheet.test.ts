import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeLine } from '../layer';
import { changes, Sheet, type SheetPatch } from '.';
import { over, picture, type Step, stack, tryStep, verbCount } from './fixtures';

const lower = stack(
  {
    'a/': '',
    'a/f': 'lower f',
    'a/g': { link: 'a/f' },
    'a/s': { to: 'f' },
    'b/': '',
    'b/c/': '',
    'b/c/d': 'deep',
    'e/': '',
  },
  { 'a/': '', 'a/h': 'second layer', 'b/.wh.c': '', 'b/k/': '', 'b/k/l': 'kl' },
);

const paths = [
  '/a',
  '/a/f',
  '/a/g',
  '/a/h',
  '/a/s',
  '/b',
  '/b/k',
  '/b/k/l',
  '/b/c',
  '/e',
  '/e/new',
  '/n',
  '/n/m',
  '/a/n',
];
const step: fc.Arbitrary<Step> = fc.tuple(
  fc.nat(verbCount - 1),
  fc.constantFrom(...paths),
  fc.constantFrom(...paths),
  fc.nat(40),
);
/** Steps, some of which end a turn. */
const work = fc.array(fc.tuple(step, fc.boolean()), { maxLength: 60 });

describe.each([
  ['over layers', lower],
  ['over nothing', undefined],
])('a sheet %s', (_, below) => {
  it('goes on beside its copies, which stay as they were', () => {
    fc.assert(
      fc.property(work, (steps) => {
        const { union, fs } = over(below);
        const copies: { copy: Sheet; digest: string }[] = [];
        for (const [one, ends] of steps) {
          tryStep(fs, one);
          if (!ends) continue;
          union.sheet.drain();
          const copy = union.sheet.clone();
          copies.push({ copy, digest: copy.digest() });
        }
        for (const { copy, digest } of copies) expect(copy.digest()).toBe(digest);
      }),
    );
  });

  it('is equal, to the digest, to the replica that its patches make', () => {
    fc.assert(
      fc.property(work, (steps) => {
        const { union, fs } = over(below);
        const replica = new Sheet(below);
        for (const [one, ends] of steps) {
          tryStep(fs, one);
          const patch = ends ? union.sheet.drain() : undefined;
          if (patch) replica.apply(JSON.parse(JSON.stringify(patch)) as SheetPatch);
        }
        const last = union.sheet.drain();
        if (last) replica.apply(last);
        expect(union.sheet.drain()).toBeUndefined();
        expect(picture(over(below, replica).fs)).toEqual(picture(fs));
        expect(replica.digest()).toBe(union.sheet.digest());
        expect(replica.stateDigest()).toBe(union.sheet.stateDigest());
        expect([replica.bytes, replica.inodes, replica.size]).toEqual([
          union.sheet.bytes,
          union.sheet.inodes,
          union.sheet.size,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('is equal to what its serialised form makes, and to its clone', () => {
    fc.assert(
      fc.property(work, (steps) => {
        const { union, fs } = over(below);
        for (const [one] of steps) tryStep(fs, one);
        const saved = new Sheet(below);
        saved.apply(JSON.parse(JSON.stringify(union.sheet.serialise())) as SheetPatch);
        expect(saved.digest()).toBe(union.sheet.digest());
        const clone = union.sheet.clone();
        const before = union.sheet.digest();
        expect(clone.digest()).toBe(before);
        for (const [one] of steps) tryStep(over(below, clone).fs, one);
        expect(union.sheet.digest()).toBe(before);
      }),
      { numRuns: 150 },
    );
  });
});

describe('patches', () => {
  it('send an append as the part that was appended', () => {
    const { union, fs } = over(stack({ log: 'x'.repeat(10_000) }));
    fs.appendFile('/log', new TextEncoder().encode('end'));
    const patch = union.sheet.drain()!;
    expect(patch.data).toEqual([[expect.any(Number), 10_003, 10_000, 'ZW5k']]);
    fs.truncate('/log', 100_000);
    expect(union.sheet.drain()!.data).toEqual([[expect.any(Number), 100_000, 0, '']]);
  });

  it('say nothing of what came and went within a turn', () => {
    const { union, fs } = over(undefined);
    fs.mkdir('/d');
    union.sheet.drain();
    fs.writeFile('/d/tmp', new Uint8Array(100));
    fs.unlink('/d/tmp');
    const patch = union.sheet.drain()!;
    expect([patch.data, patch.entries, patch.nodes.length]).toEqual([[], [], 1]);
  });

  it('forget an open file with its name, whatever is still written to it', () => {
    const { union, fs } = over(lower);
    const replica = new Sheet(lower);
    const turn = () => {
      const patch = union.sheet.drain();
      if (patch) replica.apply(patch);
      expect(replica.digest()).toBe(union.sheet.digest());
      return patch;
    };
    const file = fs.open('/a/h', { read: true, write: true });
    file.write(new Uint8Array(5));
    turn();
    fs.unlink('/a/h');
    file.write(new Uint8Array(9));
    turn();
    file.write(new Uint8Array(9));
    file.truncate(3);
    expect(turn()).toBeUndefined();
    expect(file.read(100, 0)).toEqual(new Uint8Array(3));
    file.close();
    expect(turn()).toBeUndefined();
    const temporary = fs.open('/e/tmp', { read: true, write: true, create: true });
    fs.unlink('/e/tmp');
    temporary.write(new Uint8Array(4));
    turn();
    temporary.close();
    expect(turn()).toBeUndefined();
    expect(union.sheet.bytes).toBe(0);
  });

  it('are refused when they speak of what is not there', () => {
    expect(() => new Sheet().apply({ nodes: [], data: [[7, 0, 0, '']], entries: [] })).toThrow(/inode 7/);
    expect(() => new Sheet().apply({ nodes: [], data: [], entries: [[1, 'x', 9]] })).toThrow(/inode 9/);
  });
});

describe('stateDigest', () => {
  it('is the same for what was done and undone, in any order, at any time', () => {
    const { union, fs } = over(lower);
    const untouched = new Sheet(lower).stateDigest();
    fs.writeFile('/a/tmp', new Uint8Array(3));
    fs.unlink('/a/tmp');
    fs.chmod('/a/h', 0o600);
    fs.chmod('/a/h', 0o644);
    expect(union.sheet.stateDigest()).toBe(untouched);
    expect(union.sheet.digest()).not.toBe(new Sheet(lower).digest());
    fs.writeFile('/a/x', new Uint8Array(1));
    expect(union.sheet.stateDigest()).not.toBe(untouched);
    expect(changes(lower, union.sheet).map(changeLine)).toEqual(['C /a', 'A /a/x']);
  });
});
