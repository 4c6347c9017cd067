import { size } from './geometry';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly deep: number;
  readonly wide: number;
}

const shape = { deep: 0.36, wide: 0.64 };
/** Below a sheet: its digest where it ends, and its name. */
const label = 30;

/**
 * Where sheets hang above a stack: rows of equal sheets, every other row half a step aside, as large as the field allows.
 * Answers planes (by their left corner) in the order of the sheets.
 */
export function fan(
  count: number,
  field: { readonly width: number; readonly height: number },
  largest = 320,
): readonly Place[] {
  if (count === 0) return [];
  const all = Array.from({ length: Math.min(count, 40) }, (_, i) => arrange(count, i + 1, field, largest));
  const widest = Math.max(...all.map(({ span }) => span));
  // A single row that is nearly as large reads better than two.
  return all.find(({ span }) => span > widest * 0.82)!.places;
}

function arrange(
  count: number,
  rows: number,
  field: { readonly width: number; readonly height: number },
  largest: number,
) {
  const columns = Math.ceil(count / rows);
  const shifted = rows > 1 ? 0.5 : 0;
  const unit = size(shape);
  const rise = unit.up + unit.below;
  const step = field.width / (columns + shifted);
  const span = Math.max(14, Math.min(largest, (step * 0.94) / unit.width, (field.height / rows - label) / rise));
  const rowHeight = Math.min(field.height / rows, span * rise + label + 12);
  const offset = (field.height - rowHeight * rows) / 2;
  const places = Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (field.width - step * (inRow + (rows > 1 && inRow === columns ? shifted : 0))) / 2;
    const x =
      left + step * ((i % columns) + (row % 2 && inRow === columns ? shifted : 0)) + (step - span * unit.width) / 2;
    return { x, y: offset + row * rowHeight + span * unit.up + 4, deep: span * shape.deep, wide: span * shape.wide };
  });
  return { span, places };
}
