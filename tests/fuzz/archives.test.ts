import { describe, expect, it } from 'vitest';
import { below, seeded } from '../../lib/clock';
import { MemoryContent } from '../../lib/content';
import { Failure } from '../../lib/errors';
import { mountFileSystem } from '../../lib/fs';
import { ContentSink, importArchive, loadArchive, makeImage, parseImageName, saveArchive } from '../../lib/image';
import { type DiffId, gzip, readLayer, type TarHeader, TarWriter } from '../../lib/layer';
import { LowerTree, Sheet, type SheetPatch, Union } from '../../lib/snapshot';

/** Bytes that are nearly right: cut at every length, with bits turned over. Nothing but a Failure may come of them. */

const bytes = (text: string) => new TextEncoder().encode(text);
const plain: TarHeader = {
  name: '',
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 1_700_000_000_000_000_000n,
  size: 0,
};

function layer(): Uint8Array {
  const writer = new TarWriter();
  writer.add({ ...plain, name: 'd/', kind: 'directory', mode: 0o755 });
  writer.add({ ...plain, name: 'd/f', xattrs: new Map([['user.a', bytes('1')]]) }, bytes('content'));
  writer.add({ ...plain, name: 'd/hard', kind: 'hardlink', target: 'd/f' });
  writer.add({ ...plain, name: 'd/soft', kind: 'symlink', target: 'é'.repeat(60) });
  writer.add({ ...plain, name: `${'n'.repeat(120)}/${'m'.repeat(120)}` }, bytes('x'));
  writer.add({ ...plain, name: '.wh.gone' });
  writer.add({ ...plain, name: 'd/.wh..wh..opq' });
  writer.add({ ...plain, name: 'null', kind: 'char', rdev: 0x103 });
  return writer.finish();
}

const content = new MemoryContent();
const tar = layer();
const image = makeImage(content, { diffIds: [content.put(tar) as DiffId], config: {}, history: [] });
const archive = saveArchive(content, [{ image, references: [parseImageName('fuzz')] }]);
const packed = gzip(archive);

/** Only a Failure, and nothing stored; or it was read. */
function judged(action: () => void, store?: MemoryContent): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.code).toMatch(/^(corrupt|unsupported|exhausted|invalid)$/);
    if (store) expect(store.size).toBe(0);
    return false;
  }
}

function load(spoilt: Uint8Array): boolean {
  const store = new MemoryContent();
  return judged(() => void loadArchive(store, spoilt), store);
}

async function bring(spoilt: Uint8Array): Promise<boolean> {
  const store = new MemoryContent();
  const pieces = (async function* () {
    for (let at = 0; at < spoilt.length; at += 999) yield spoilt.subarray(at, at + 999);
  })();
  const outcome = await importArchive(pieces, new ContentSink(store)).catch((error: unknown) => error);
  return judged(() => {
    if (!Array.isArray(outcome)) throw outcome;
  }, store);
}

const flips = Number(process.env.FLIPS ?? 6000);

describe('spoilt layers', () => {
  it('cut at every byte', () => {
    for (let length = 0; length <= tar.length; length++) judged(() => void readLayer(tar.subarray(0, length)));
  });

  it('with one to four bits turned over, and what is read of them makes a tree', () => {
    const chance = seeded(1);
    let read = 0;
    for (let run = 0; run < flips; run++) {
      const spoilt = tar.slice();
      for (let bit = 0; bit <= below(chance, 4); bit++) spoilt[below(chance, spoilt.length)]! ^= 1 << below(chance, 8);
      if (run % 2 === 0) mend(spoilt);
      if (judged(() => void new LowerTree(undefined, spoilt))) read++;
    }
    expect(read).toBeGreaterThan(flips / 10);
  });
});

describe('spoilt archives', () => {
  it('cut at every byte, in memory', () => {
    for (let length = 0; length < archive.length - 1024; length++)
      expect(load(archive.subarray(0, length)), String(length)).toBe(false);
  });

  it('cut at many bytes, in pieces, plain and packed', async () => {
    for (let length = 0; length < archive.length - 1024; length += 97)
      expect(await bring(archive.subarray(0, length))).toBe(false);
    for (let length = 0; length < packed.length; length += 13)
      expect(await bring(packed.subarray(0, length))).toBe(false);
  });

  it('with bits turned over', async () => {
    const chance = seeded(2);
    for (let run = 0; run < flips / 6; run++) {
      const spoilt = (run % 3 === 0 ? packed : archive).slice();
      for (let bit = 0; bit <= below(chance, 3); bit++) spoilt[below(chance, spoilt.length)]! ^= 1 << below(chance, 8);
      expect(await bring(spoilt)).toBe(load(spoilt));
    }
  });
});

describe('a million entries', () => {
  it('make a tree like any other', () => {
    const writer = new TarWriter();
    for (let at = 0; at < 1_000_000; at++) writer.add({ ...plain, name: `d${at % 1000}/${at}` });
    const many = writer.finish();
    const tree = new LowerTree(undefined, many);
    expect(tree.at('/d999')!.names!.size).toBe(1000);
  });
});

describe('spoilt patches', () => {
  it('are refused or applied, and what is applied can be read', () => {
    const lower = new LowerTree(undefined, tar);
    const union = new Union({ lower, now: () => 5n });
    const fs = mountFileSystem(union);
    fs.appendFile('/d/f', bytes('more'));
    fs.mkdir('/made');
    fs.writeFile('/made/f', bytes('x'));
    fs.unlink('/null');
    const good = JSON.stringify(union.sheet.serialise());
    const chance = seeded(3);
    for (let run = 0; run < flips / 3; run++) {
      const at = below(chance, good.length);
      const digit = String(below(chance, 10));
      const text = good.slice(0, at) + digit + good.slice(at + 1);
      let patch: SheetPatch;
      try {
        patch = JSON.parse(text) as SheetPatch;
      } catch {
        continue;
      }
      const sheet = new Sheet(lower);
      try {
        sheet.apply(patch);
      } catch (error) {
        expect(error).toBeInstanceOf(Failure);
        continue;
      }
      expect(sheet.serialise()).toBeDefined();
    }
  });
});

/** Gives the header blocks that do not fit a fitting checksum, so that the damage gets further in. */
function mend(spoilt: Uint8Array): void {
  for (let at = 0; at + 512 <= spoilt.length; at += 512) {
    const block = spoilt.subarray(at, at + 512);
    if (String.fromCharCode(...block.subarray(257, 262)) !== 'ustar') continue;
    block.fill(0x20, 148, 156);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.set(bytes(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  }
}
