/** SQL's functions: of a group's cells, and of one cell. */
import { type Cell, compareCells } from './values';

const total = (cells: readonly Cell[]) => cells.reduce<number>((sum, cell) => sum + Number(cell), 0);

/** Of the cells that are not null. */
export const aggregates: ReadonlyMap<string, (cells: readonly Cell[]) => Cell> = new Map([
  ['count', (cells: readonly Cell[]): Cell => cells.length],
  ['sum', (cells) => (cells.length === 0 ? null : total(cells))],
  ['avg', (cells) => (cells.length === 0 ? null : total(cells) / cells.length)],
  ['min', (cells) => [...cells].sort(compareCells)[0] ?? null],
  ['max', (cells) => [...cells].sort(compareCells).at(-1) ?? null],
]);

/** Of a cell that is not null. */
export const scalars: ReadonlyMap<string, (cell: Cell) => Cell> = new Map([
  ['upper', (cell: Cell): Cell => String(cell).toUpperCase()],
  ['lower', (cell) => String(cell).toLowerCase()],
  ['length', (cell) => [...String(cell)].length],
  ['abs', (cell) => Math.abs(Number(cell))],
  ['round', (cell) => Math.round(Number(cell))],
]);
