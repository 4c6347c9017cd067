import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowAt } from './use-window';

it('has everything that can be seen, and not much more', () => {
  const given = [fc.nat(100_000), fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 8, max: 80 })] as const;
  fc.assert(
    fc.property(...given, (start, length, size) => {
      const { from, upTo } = windowAt(start, length, size);
      expect(from * size).toBeLessThanOrEqual(start);
      expect(upTo * size).toBeGreaterThanOrEqual(start + length);
      expect(upTo - from).toBeLessThanOrEqual(Math.ceil(length / size) + 26);
    }),
  );
});
