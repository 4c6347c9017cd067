import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../errors';
import { readTar, readTarStream, type TarEntry, type TarHeader, TarWriter } from '.';

const bytes = (text: string) => new TextEncoder().encode(text);
const plain: TarHeader = { name: 'f', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0n, size: 0 };

function archive(...entries: readonly (readonly [Partial<TarHeader>, string?])[]): Uint8Array {
  const writer = new TarWriter();
  for (const [header, data = ''] of entries) writer.add({ ...plain, ...header }, bytes(data));
  return writer.finish();
}

const header: fc.Arbitrary<TarHeader & { content: Uint8Array }> = fc
  .record({
    name: fc.oneof(
      fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
      fc.string({ minLength: 1, maxLength: 20 }),
    ),
    kind: fc.constantFrom('file', 'directory', 'symlink', 'hardlink', 'char', 'block', 'fifo' as const),
    mode: fc.nat(0o7777),
    uid: fc.oneof(fc.nat(1000), fc.nat(2 ** 31)),
    gid: fc.oneof(fc.nat(1000), fc.nat(2 ** 31)),
    mtime: fc.oneof(
      fc.bigInt(0n, 2n ** 33n).map((seconds) => seconds * 1_000_000_000n),
      fc.bigInt(-(10n ** 18n), 10n ** 19n),
    ),
    target: fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }),
    rdev: fc.nat(0xffff),
    xattrs: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.uint8Array({ maxLength: 20 }), { maxKeys: 2 }),
    content: fc.uint8Array({ maxLength: 1500 }),
  })
  .map(({ kind, target, rdev, xattrs, content, name, ...rest }) => {
    const link = kind === 'symlink' || kind === 'hardlink';
    const clean = name.replaceAll('\0', '.').replace(/^\/+|\/+$/g, '') || 'x';
    const map = new Map(Object.entries(xattrs).map(([key, value]) => [`user.${key}`, value]));
    return {
      ...rest,
      kind,
      name: kind === 'directory' ? `${clean}/` : clean,
      size: kind === 'file' ? content.length : 0,
      content: kind === 'file' ? content : new Uint8Array(0),
      ...(link && { target: target.replaceAll('\0', '.') }),
      ...((kind === 'char' || kind === 'block') && { rdev }),
      ...(map.size > 0 && { xattrs: map }),
    };
  });

describe('tar', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(fc.array(header, { maxLength: 8 }), (entries) => {
        const writer = new TarWriter();
        for (const { content, ...entry } of entries) writer.add(entry, content);
        const found = [...readTar(writer.finish(), true)].map(({ offset: _, data, ...entry }) => ({
          ...entry,
          content: data,
        }));
        expect(found).toEqual(entries);
      }),
      { numRuns: 400 },
    );
  });

  it('reads the same from pieces of any size', async () => {
    const whole = archive(
      [{ name: 'a' }, 'x'.repeat(700)],
      [{ name: 'b'.repeat(300) }, 'y'],
      [{ name: 'd/', kind: 'directory' }],
    );
    const wanted = [...readTar(whole)].map(({ name, data }) => [name, new TextDecoder().decode(data)]);
    for (const size of [1, 7, 511, 512, 513, 4096]) {
      const pieces = (async function* () {
        for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
      })();
      const found: unknown[] = [];
      for await (const { header: entry, data } of readTarStream(pieces)) {
        let text = '';
        for await (const part of data) text += new TextDecoder().decode(part);
        found.push([entry.name, text]);
      }
      expect(found).toEqual(wanted);
    }
  });

  it('writes plain ustar when that is enough, with a prefix for long paths', () => {
    const path = `${'p'.repeat(120)}/${'n'.repeat(90)}`;
    const block = archive([{ name: path, mtime: 1_700_000_000_000_000_000n }]);
    expect(block).toHaveLength(3 * 512);
    expect(new TextDecoder().decode(block.subarray(345, 465))).toBe('p'.repeat(120));
    expect(new TextDecoder().decode(block.subarray(257, 265))).toBe('ustar\x0000');
  });

  it('reads what GNU tar writes for long names and large numbers', () => {
    const long = 'n'.repeat(150);
    const name = archive([{ name: '././@LongLink' }, `${long}\0`]).subarray(0, 1024);
    name[156] = 'L'.charCodeAt(0);
    const file = archive([{ name: long.slice(0, 100) }, 'x']);
    file.set([0x80, 0, 0, 0, 0x3b, 0x9a, 0xca, 0x01], 108);
    const whole = new Uint8Array(name.length + file.length);
    whole.set(sealed(name));
    whole.set(sealed(file), name.length);
    const [entry] = [...readTar(whole)] as [TarEntry];
    expect([entry.name, entry.uid]).toEqual([long, 1_000_000_001]);
  });

  it.each([
    ['a checksum that does not fit', (tar: Uint8Array) => tar.fill(1, 0, 1), /checksum/],
    ['a size that lies', (tar: Uint8Array) => sealed(setText(tar, 124, '77777777777\0')), /ends within "f"/],
    ['a size that is no number', (tar: Uint8Array) => sealed(setText(tar, 124, 'lots')), /octal/],
    ['a negative size', (tar: Uint8Array) => sealed(tar.fill(0xff, 124, 136)), /negative/],
    ['an unknown kind', (tar: Uint8Array) => sealed(setText(tar, 156, 'S')), /kind that is not read/],
    ['a cut end', (tar: Uint8Array) => tar.subarray(0, 800), /ends within "f"/],
  ])('refuses %s', (_, spoil, sentence) => {
    const spoilt = spoil(archive([{ name: 'f' }, 'x'.repeat(600)]).slice());
    expect(() => [...readTar(spoilt)]).toThrow(Failure);
    expect(() => [...readTar(spoilt)]).toThrow(sentence);
  });

  it('asks for the end only when told', () => {
    const cut = archive([{ name: 'f' }, 'x']).subarray(0, 1024);
    expect([...readTar(cut)]).toHaveLength(1);
    expect(() => [...readTar(cut, true)]).toThrow(/too early/);
  });

  it('refuses PAX records that do not add up', () => {
    for (const record of [
      '9999 path=x\n',
      'x path=y\n',
      '5\n',
      '12 path=toolong\n',
      '14 uid=minus1\n',
      '11 mtime=x\n',
    ]) {
      const pax = sealed(setText(archive([{ name: 'p' }, record]).slice(0, 1024), 156, 'x'));
      const whole = new Uint8Array(pax.length + 512 * 3);
      whole.set(pax);
      whole.set(archive([{ name: 'f' }]), pax.length);
      expect(() => [...readTar(whole)], record).toThrow(Failure);
    }
  });
});

function setText(tar: Uint8Array, at: number, text: string): Uint8Array {
  tar.set(bytes(text), at);
  return tar;
}

/** With a checksum that fits again. */
function sealed(tar: Uint8Array): Uint8Array {
  tar.fill(0x20, 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  return setText(tar, 148, `${sum.toString(8).padStart(6, '0')}\0 `);
}
