import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64';

it('is the base64 that everybody writes, and comes back', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(bytes, (some) => {
      expect(toBase64(some)).toBe(Buffer.from(some).toString('base64'));
      expect(fromBase64(toBase64(some))).toEqual(some);
    }),
  );
});
