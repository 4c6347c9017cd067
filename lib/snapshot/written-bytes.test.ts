import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes, encodeBytes } from './written-bytes';

const repetitive = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 16 }), fc.integer({ min: 0, max: 2000 }))
  .map(([unit, times]) => Uint8Array.from({ length: unit.length * times }, (_, at) => unit[at % unit.length]!));

describe('a range of bytes as it travels', () => {
  it('arrives as it was', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 5000 }), repetitive), (bytes) => {
        expect(new Uint8Array(decodeBytes(encodeBytes(bytes), bytes.length))).toEqual(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it('is small where it repeats itself, and left alone where it does not', () => {
    const [text, packed] = encodeBytes(new Uint8Array(2 ** 20));
    expect(packed).toBe('gzip');
    expect(text.length).toBeLessThan(2 ** 14);
    let seed = 1;
    const noise = Uint8Array.from({ length: 10_000 }, () => (seed = (seed * 48271) % 2147483647) & 255);
    expect(encodeBytes(noise)).toHaveLength(1);
  });

  it('refuses what would become more than it says', () => {
    expect(() => decodeBytes(encodeBytes(new Uint8Array(2 ** 20)), 1000)).toThrow();
  });
});
