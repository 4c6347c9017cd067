import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fan } from './fan';
import { size } from './geometry';

const field = { width: 640, height: 330 };

describe('the fan of sheets', () => {
  it('keeps every sheet inside its field', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), (count) => {
        for (const place of fan(count, field)) {
          const { width, up, below } = size(place);
          expect(place.x).toBeGreaterThanOrEqual(-1);
          expect(place.x + width).toBeLessThanOrEqual(field.width + 1);
          expect(place.y - up).toBeGreaterThanOrEqual(-1);
          expect(place.y + below).toBeLessThanOrEqual(field.height + 1);
        }
      }),
    );
  });

  it('draws no two sheets over each other’s near corner', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), (count) => {
        const places = fan(count, field);
        const spots = new Set(places.map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`));
        expect(spots.size).toBe(count);
      }),
    );
  });

  it('puts a few sheets in one row', () => {
    const rows = new Set(fan(3, field).map(({ y }) => y));
    expect(rows.size).toBe(1);
  });
});
