import { describe, expect, it } from 'vitest';
import { digestOf, parseDigest } from '../../lib/content';
import type { Store } from '../../server/store';
import { rungs } from '../../server/store/event-log';

/** What every store must do, whatever it is made of. `open` gives the same store again each time it is called. */
export function storeContract(name: string, open: () => Promise<Store> | Store): void {
  let streams = 0;
  const fresh = () => `test/${name}/${process.pid}/${++streams}`;
  const using = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    const store = await open();
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

  describe(`a store: ${name}`, () => {
    it('numbers events from 1 and reads them back in order', () =>
      using(async ({ log }) => {
        const stream = fresh();
        expect(await log.version(stream)).toBe(0);
        expect(await log.append(stream, 0, [{ n: 1 }, { n: 2 }])).toEqual({ ok: true, version: 2 });
        expect(await log.append(stream, 2, [{ n: 3, text: 'ñ 🐳 "\n\u0000' }])).toEqual({ ok: true, version: 3 });
        expect(await log.version(stream)).toBe(3);
        const all = [{ n: 1 }, { n: 2 }, { n: 3, text: 'ñ 🐳 "\n\u0000' }];
        expect(await log.read(stream, 0)).toEqual({ upTo: 3, events: all });
        expect(await log.read(stream, 1)).toEqual({ upTo: 3, events: all.slice(1) });
        expect(await log.read(stream, 3)).toEqual({ upTo: 3, events: [] });
      }));

    it('reads in portions, across and inside appends', () =>
      using(async ({ log }) => {
        const stream = fresh();
        for (let version = 0; version < 12; version += 3)
          await log.append(stream, version, [version + 1, version + 2, version + 3]);
        const seen: number[] = [];
        for (let after = 0; after < 12; ) {
          const { upTo, events } = await log.read<number>(stream, after, 5);
          expect(upTo).toBe(after + events.length);
          seen.push(...events);
          after = upTo;
        }
        expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
      }));

    it('refuses a writer who missed something, or believes in what is not there', () =>
      using(async ({ log }) => {
        const stream = fresh();
        await log.append(stream, 0, ['a', 'b', 'c']);
        for (const wrong of [0, 1, 2, 4, 9])
          expect(await log.append(stream, wrong, ['x'])).toEqual({ ok: false, version: 3 });
        expect((await log.read(stream, 0)).events).toEqual(['a', 'b', 'c']);
      }));

    it('lets exactly one of many writers win each version', () =>
      using(async ({ log }) => {
        const stream = fresh();
        const write = async (writer: number) => {
          for (let done = 0; done < 10; ) {
            const { version } = await log.append(stream, -1, []);
            if (
              (
                await log.append(stream, version, [
                  { writer, done },
                  { writer, done, second: true },
                ])
              ).ok
            )
              done++;
          }
        };
        await Promise.all([1, 2, 3, 4].map(write));
        const { events } = await log.read<{ writer: number; done: number; second?: true }>(stream, 0);
        expect(events).toHaveLength(80);
        for (const writer of [1, 2, 3, 4])
          expect(events.filter((event) => event.writer === writer && !event.second).map(({ done }) => done)).toEqual([
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
          ]);
        // Nobody's append was torn apart.
        for (let index = 0; index < 80; index += 2)
          expect(events[index + 1]).toEqual({ ...events[index]!, second: true });
      }));

    it('keeps the newest state beside a stream', () =>
      using(async ({ log }) => {
        const stream = fresh();
        expect(await log.kept(stream)).toBeUndefined();
        await log.keep(stream, 10, { files: ['a'] });
        await log.keep(stream, 7, { files: [] });
        expect(await log.kept(stream)).toEqual({ version: 10, state: { files: ['a'] } });
      }));

    it('keeps a ladder of older states, and forgets what is far below', () =>
      using(async ({ log }) => {
        const stream = fresh();
        const { every, most } = rungs;
        for (const version of [10, every - 1, every, every + 7, 3 * every])
          await log.keep(stream, version, { version });
        const found = async (upTo?: number) => (await log.kept(stream, upTo))?.version;
        expect(await found()).toBe(3 * every);
        expect(await found(3 * every - 1)).toBe(every + 7);
        // In its own stretch a newer one has taken its place.
        expect(await found(every + 6)).toBe(every - 1);
        expect(await found(11)).toBeUndefined();
        expect(await log.kept(stream, every)).toEqual({ version: every - 1, state: { version: every - 1 } });
        const top = (most + 2) * every + 5;
        await log.keep(stream, top, { version: top });
        expect(await found(top - 1)).toBe(3 * every);
        expect(await found(3 * every - 1)).toBeUndefined();
        // One that comes late and is too old is not kept.
        await log.keep(stream, every, { version: every });
        expect(await found(2 * every)).toBeUndefined();
        expect(await found()).toBe(top);
      }));

    it('finds bytes by their digest, all 256 of them', () =>
      using(async ({ blobs }) => {
        const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7 + streams) & 0xff);
        const digest = await blobs.put(bytes);
        expect(digest).toBe(digestOf(bytes));
        expect(await blobs.put(bytes)).toBe(digest);
        expect(await blobs.has(digest)).toBe(true);
        expect(Buffer.compare((await blobs.get(digest))!, bytes)).toBe(0);
        const unknown = parseDigest(`sha256:${'0'.repeat(64)}`);
        expect(await blobs.get(unknown)).toBeUndefined();
        expect(await blobs.has(unknown)).toBe(false);
        expect((await blobs.get(await blobs.put(new Uint8Array())))?.length).toBe(0);
      }));

    it('takes bytes in pieces and gives them in pieces', () =>
      using(async ({ blobs }) => {
        const bytes = Uint8Array.from(
          { length: 2_500_000 },
          (_, index) => (index * 31 + (index >> 9) + streams) & 0xff,
        );
        const digest = digestOf(bytes);
        const sink = blobs.sink();
        const writer = sink.begin();
        for (let at = 0; at < bytes.length; at += 70_001) await writer.write(bytes.slice(at, at + 70_001));
        await writer.end(digest);
        const empty = digestOf(new Uint8Array());
        await sink.begin().end(empty);
        expect(await blobs.has(digest)).toBe(false);
        await sink.commit([digest, empty]);
        expect(await blobs.size(digest)).toBe(bytes.length);
        expect(await blobs.size(empty)).toBe(0);
        expect(Buffer.compare((await blobs.get(digest))!, bytes)).toBe(0);
        const parts: Uint8Array[] = [];
        for await (const part of blobs.read(digest)) parts.push(part);
        expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0);
        expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(2 ** 20);
        // What was put whole is read in pieces too.
        const small = await blobs.put(bytes.subarray(0, 1_500_000));
        let read = 0;
        for await (const part of blobs.read(small)) read += part.length;
        expect(read).toBe(1_500_000);
      }));

    it('keeps of an import what is named, and nothing of one that was given up', () =>
      using(async ({ blobs }) => {
        const write = async (sink: ReturnType<typeof blobs.sink>, text: string) => {
          const bytes = new TextEncoder().encode(`${text} ${fresh()}`);
          const writer = sink.begin();
          await writer.write(bytes);
          await writer.end(digestOf(bytes));
          return digestOf(bytes);
        };
        const sink = blobs.sink();
        const [kept, other] = [await write(sink, 'kept'), await write(sink, 'other')];
        await sink.commit([kept]);
        expect([await blobs.has(kept), await blobs.has(other)]).toEqual([true, false]);
        const given = blobs.sink();
        const up = await write(given, 'given up');
        const half = given.begin();
        await half.write(new Uint8Array(3_000_000));
        await given.abort();
        expect(await blobs.has(up)).toBe(false);
        expect(await blobs.size(up)).toBeUndefined();
        await expect(blobs.read(up)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'not-found' });
        // The same blob twice is one.
        const again = blobs.sink();
        const writer = again.begin();
        await writer.write((await blobs.get(kept))!);
        await writer.end(kept);
        await again.commit([kept]);
        expect(await blobs.has(kept)).toBe(true);
      }));

    it('has everything again after it was closed and opened', async () => {
      const stream = fresh();
      const digest = await using(async ({ log, blobs }) => {
        await log.append(stream, 0, [{ kept: true }]);
        await log.keep(stream, 1, 'state');
        return blobs.put(new TextEncoder().encode(stream));
      });
      await using(async ({ log, blobs }) => {
        expect(await log.read(stream, 0)).toEqual({ upTo: 1, events: [{ kept: true }] });
        expect(await log.kept(stream)).toEqual({ version: 1, state: 'state' });
        expect(new TextDecoder().decode(await blobs.get(digest))).toBe(stream);
      });
    });
  });
}
