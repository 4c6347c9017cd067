import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMembers, writeMember } from './archive';
import { formatTime, parseTime } from './calendar';
import { md5, sha1, sha512 } from './hashes';
import { modeText, parseMode } from './mode';
import { concat, decode, encode } from './text';

const bytes = fc.uint8Array({ maxLength: 400 });

describe('text', () => {
  it('keeps every byte', () => {
    fc.assert(fc.property(bytes, (value) => void expect(encode(decode(value))).toEqual(value)));
  });
});

describe('hashes', () => {
  it.each([
    ['md5', md5],
    ['sha1', sha1],
    ['sha512', sha512],
  ] as const)('%s is what the platform computes', (name, ours) => {
    fc.assert(
      fc.property(bytes, (value) => void expect(ours(value)).toBe(createHash(name).update(value).digest('hex'))),
      { numRuns: 60 },
    );
  });
});

describe('archive', () => {
  it('gives back what was put in', () => {
    const member = fc.record({
      name: fc.stringMatching(/^[a-z/é]{1,150}[a-z]$/),
      kind: fc.constantFrom('file' as const, 'directory' as const),
      mode: fc.integer({ min: 0, max: 0o7777 }),
      uid: fc.nat(60000),
      gid: fc.nat(60000),
      user: fc.constant('u'),
      group: fc.constant('g'),
      mtime: fc.nat(2_000_000_000),
      target: fc.constant(''),
      data: fc.uint8Array({ maxLength: 1500 }),
    });
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 5 }), (members) => {
        const tar = concat([...members.flatMap((each) => writeMember(each)), new Uint8Array(1024)]);
        expect(readMembers(tar)).toEqual(members);
      }),
      { numRuns: 40 },
    );
  });
});

describe('modes', () => {
  it.each([
    ['644', 0o755, 0o644],
    ['u+x', 0o644, 0o744],
    ['go-rwx', 0o777, 0o700],
    ['a=r', 0o777, 0o444],
    ['u=rwx,g=rx,o=', 0o000, 0o750],
    ['+x', 0o644, 0o755],
    ['u+s', 0o755, 0o4755],
    ['+t', 0o777, 0o1777],
    ['g=u', 0o740, 0o770],
    ['a+X', 0o644, 0o644],
  ])('chmod %s', (text, before, after) => {
    expect(parseMode(text)?.(before, false, 0o022)).toBe(after);
  });

  it('reads as ls shows it', () => {
    expect(modeText('directory', 0o1777)).toBe('drwxrwxrwt');
    expect(modeText('file', 0o4644)).toBe('-rwSr--r--');
  });
});

describe('dates', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const time = BigInt(seconds) * 1_000_000_000n;
        expect(parseTime(formatTime('%F %T', time), 0)).toBe(time);
      }),
    );
  });

  it('knows ISO weeks', () => {
    expect(formatTime('%G-W%V', parseTime('2021-01-03', 0)!)).toBe('2020-W53');
  });
});
