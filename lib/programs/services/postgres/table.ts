/** Rows as psql draws them. */
import { type Cell, isNumeric } from '../sql/values';

export interface Style {
  /** Rows alone, without a head and a count. */
  readonly tuples: boolean;
  /** Bars between cells, nothing else. */
  readonly bare: boolean;
}

export interface Heading {
  readonly name: string;
  readonly type: string;
}

export function drawTable(
  style: Style,
  columns: readonly Heading[],
  rows: readonly (readonly Cell[])[],
  title = '',
): string {
  const cells = rows.map((row) => row.map(cellText));
  const count = `(${rows.length} row${rows.length === 1 ? '' : 's'})\n`;
  if (style.bare) {
    const head = style.tuples ? [] : [columns.map(({ name }) => name)];
    return [...head, ...cells].map((row) => `${row.join('|')}\n`).join('') + (style.tuples ? '' : count);
  }
  const widths = columns.map(({ name }, at) =>
    Math.max(name.length, ...cells.map((row) => [...(row[at] ?? '')].length)),
  );
  const body = cells.map((row) => drawRow(columns, widths, row)).join('');
  return style.tuples ? `${body}\n` : `${drawHead(columns, widths, title)}${body}${count}\n`;
}

function drawRow(columns: readonly Heading[], widths: readonly number[], row: readonly string[]): string {
  const cells = row.map((cell, at) => {
    if (isNumeric(columns[at]!.type)) return cell.padStart(widths[at]!);
    return at === row.length - 1 ? cell : cell.padEnd(widths[at]!);
  });
  return ` ${cells.join(' | ')}\n`;
}

function drawHead(columns: readonly Heading[], widths: readonly number[], title: string): string {
  const total = widths.reduce((sum, width) => sum + width + 3, 0) - 1;
  const names = columns.map(({ name }, at) => centre(name, widths[at]!)).join(' | ');
  const line = widths.map((width) => '-'.repeat(width + 2)).join('+');
  return `${title ? `${centre(title, total).trimEnd()}\n` : ''} ${names} \n${line}\n`;
}

function centre(text: string, width: number): string {
  return text.padStart(Math.floor((width - text.length) / 2) + text.length).padEnd(width);
}

export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  return String(cell);
}
