import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colours } from '../../lib/classroom';

const css = readFileSync(new URL('../globals.css', import.meta.url), 'utf8');
const rows = [...css.matchAll(/--owner-\d+: light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\);/g)];

/** Oklab, from `L C H`. */
function lab(oklch: string): readonly [number, number, number] {
  const [l = 0, c = 0, h = 0] = oklch.split(' ').map(Number);
  const angle = (h * Math.PI) / 180;
  return [l, c * Math.cos(angle), c * Math.sin(angle)];
}

/** Relative luminance (WCAG 2), by Ottosson's matrices to linear sRGB, clipped to what a screen can show. */
function luminance([l, a, b]: readonly [number, number, number]): number {
  const cube = (x: number) => x ** 3;
  const [p, q, r] = [
    cube(l + 0.3963377774 * a + 0.2158037573 * b),
    cube(l - 0.1055613458 * a - 0.0638541728 * b),
    cube(l - 0.0894841775 * a - 1.291485548 * b),
  ];
  const clip = (x: number) => Math.min(1, Math.max(0, x));
  const red = clip(4.0767416621 * p - 3.3077115913 * q + 0.2309699292 * r);
  const green = clip(-1.2684380046 * p + 2.6097574011 * q - 0.3413193965 * r);
  const blue = clip(-0.0041960863 * p - 0.7034186147 * q + 1.707614701 * r);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe.each([
  ['light', 1, 1],
  ['dark', 2, 0.0075],
] as const)('the owners’ colours in the %s theme', (_, column, letters) => {
  const labs = rows.map((row) => lab(row[column]!));

  it('are as many as a class has', () => expect(labs).toHaveLength(colours));

  it('are told apart from one another', () => {
    const distances = labs.flatMap((one, i) =>
      labs.slice(i + 1).map((other) => Math.hypot(...one.map((x, k) => x - other[k]!))),
    );
    expect(Math.min(...distances)).toBeGreaterThan(0.04);
  });

  it('carry letters that can be read (4.5 to 1)', () => {
    expect(Math.min(...labs.map((one) => contrast(luminance(one), letters)))).toBeGreaterThan(4.5);
  });
});
