import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileBytes } from './file-bytes';
import { addRange, cutRanges, type Range } from './ranges';

type Step =
  | { readonly kind: 'write'; readonly at: number; readonly length: number; readonly fill: number }
  | { readonly kind: 'truncate'; readonly size: number }
  | { readonly kind: 'view' | 'drain' | 'clone' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    at: fc.nat(60),
    length: fc.nat(20),
    fill: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({ kind: fc.constant('truncate' as const), size: fc.nat(80) }),
  fc.record({ kind: fc.constantFrom('view' as const, 'drain' as const, 'clone' as const) }),
);

/** The plainest file there is. */
function apply(file: number[], change: Step): number[] {
  if (change.kind === 'truncate') return Array.from({ length: change.size }, (_, at) => file[at] ?? 0);
  if (change.kind !== 'write' || change.length === 0) return file;
  const end = change.at + change.length;
  return Array.from({ length: Math.max(file.length, end) }, (_, at) =>
    at >= change.at && at < end ? change.fill : (file[at] ?? 0),
  );
}

describe('FileBytes', () => {
  it('is a file, keeps what it handed out, and tells a replica all that changed', () => {
    const pageSizes = fc.constantFrom(undefined, 1, 7, 16);
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 50 }),
        fc.array(step, { maxLength: 40 }),
        pageSizes,
        (start, steps, page) => {
          let bytes = new FileBytes(start.slice(), page);
          let replica = start.slice();
          let model = [...start];
          const handed: [Uint8Array, number[]][] = [];
          const drain = () => {
            const changes = bytes.takeChanges();
            if (!changes) return;
            for (const size of [changes.cut ?? changes.size, changes.size]) {
              const next = new Uint8Array(size);
              next.set(replica.subarray(0, size));
              replica = next;
            }
            for (const [offset, part] of changes.written) replica.set(part, offset);
          };
          for (const change of steps) {
            if (change.kind === 'write') bytes.write(change.at, new Uint8Array(change.length).fill(change.fill));
            else if (change.kind === 'truncate') bytes.truncate(change.size);
            else if (change.kind === 'view') handed.push([bytes.view(), [...model]]);
            else if (change.kind === 'clone') {
              drain();
              // The original goes on being written to, and is to be no copy's business.
              const original = bytes;
              bytes = original.clone();
              original.write(0, new Uint8Array(30).fill(7));
              original.truncate(3);
            } else drain();
            model = apply(model, change);
            expect(bytes.size).toBe(model.length);
          }
          drain();
          expect([...bytes.view()]).toEqual(model);
          expect([...replica]).toEqual(model);
          expect(bytes.takeChanges()).toBeUndefined();
          for (const [view, then] of handed) expect([...view]).toEqual(then);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

describe('ranges', () => {
  it('cover what was added, sorted, apart, and not too many', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat(9)), { maxLength: 60 }), (added) => {
        let ranges: Range[] = [];
        for (const [start, length] of added) ranges = addRange(ranges, start, start + length);
        const covered = (at: number) => ranges.some(([from, to]) => at >= from && at < to);
        for (const [start, length] of added)
          for (let at = start; at < start + length; at++) expect(covered(at)).toBe(true);
        for (let at = 1; at < ranges.length; at++) expect(ranges[at]![0]).toBeGreaterThan(ranges[at - 1]![1]);
        expect(ranges.length).toBeLessThanOrEqual(16);
        expect(cutRanges(ranges, 100).every(([from, to]) => from < to && to <= 100)).toBe(true);
      }),
    );
  });
});
