/**
 * Pixels; those of the rows' and columns' own classes (h-7, w-7 and what is around it). Known beforehand, so that what cannot
 * be seen is left out by counting, and a row that comes does not make the browser measure all the others.
 */
export const rowHeight = 28;
export const columnWidth = 32;
export const imageWidth = 62;

const letter = 7.85;
const around = 14;

/** Of the column of paths: as wide as the longest, within bounds. */
export function widthOf(rows: readonly { readonly path: string }[]): number {
  const longest = rows.reduce((most, { path }) => Math.max(most, path.length), 0);
  return Math.round(Math.max(96, Math.min(236, longest * letter + around)));
}
