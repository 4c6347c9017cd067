import { type ChangeView, legible } from '../_view';
import { changeColour, glyphs } from './change';
import { at, type Plane, standing } from './geometry';

/** One change as a line on a sheet: its glyph and its path, standing along the long edge. `row` from 0. */
export function Written({
  change,
  row,
  sheet,
  most,
  rows = 5,
  size = 12,
  strong = false,
}: {
  readonly change: ChangeView;
  readonly row: number;
  readonly sheet: Plane;
  /** Characters of the path that fit. */
  readonly most: number;
  readonly rows?: number;
  readonly size?: number;
  readonly strong?: boolean;
}) {
  const whole = legible(change.path);
  const path = whole.length > most ? `…${whole.slice(1 - most)}` : whole;
  const box = size * 1.17;
  return (
    <g transform={standing(rowStart(sheet, row, rows))}>
      <rect x={0} y={-size * 0.92} width={box} height={box} rx={box / 4} fill={changeColour[change.kind]} />
      <text
        x={box / 2}
        y={size * 0.05}
        textAnchor="middle"
        fontSize={size * 1.08}
        fontWeight={800}
        fill="var(--card)"
        fontFamily="var(--font-mono)"
      >
        {glyphs[change.kind]}
      </text>
      <text
        x={size * 1.65}
        fontSize={size}
        fontWeight={strong ? 700 : 500}
        fill="var(--ink)"
        fontFamily="var(--font-mono)"
        textDecoration={change.kind === 'deleted' ? 'line-through' : undefined}
      >
        {path}
      </text>
    </g>
  );
}

/** Where a row's line begins, of as many rows as the sheet is to have. */
export function rowStart(sheet: Plane, row: number, rows = 5) {
  const step = rowStep(rows);
  return at(sheet, 0.52 - (step * (rows - 1)) / 2 + row * step, 0.05);
}

/** Between two rows, as a part of the sheet's depth. */
export function rowStep(rows: number): number {
  return Math.min(0.22, 0.68 / Math.max(1, rows - 1));
}
