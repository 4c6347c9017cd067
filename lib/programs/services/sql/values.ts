/** What tables hold, and how it is compared. */
import { matches } from '../../../pattern';
import { SqlFault } from './words';

export type Cell = string | number | boolean | null;

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly primary: boolean;
  readonly serial: boolean;
  readonly initial: Cell;
}

export interface Table {
  columns: Column[];
  rows: Cell[][];
  /** The next number of its serial columns. */
  next: number;
}

export type Database = Record<string, Table>;

export interface Outcome {
  /** `INSERT 0 1`, `CREATE TABLE`. */
  readonly tag: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly rows?: readonly (readonly Cell[])[];
  readonly changed?: boolean;
}

export const truth = (cell: Cell) => cell === true;

export function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

export function like(text: string, pattern: string, fold: boolean): boolean {
  const glob = pattern.replace(
    /\\.|[*?[\]!^-]|[%_]/gs,
    (one) => ({ '%': '*', _: '?' })[one] ?? (one.length > 1 ? one : `\\${one}`),
  );
  return matches(glob, text, fold);
}

export function canonicalType(type: string): string {
  const names: Readonly<Record<string, string>> = {
    int: 'integer',
    int4: 'integer',
    serial: 'integer',
    bigserial: 'bigint',
    int8: 'bigint',
    varchar: 'character varying',
    char: 'character',
    bool: 'boolean',
    float: 'double precision',
    decimal: 'numeric',
    timestamptz: 'timestamp',
  };
  return names[type] ?? type;
}

export const isNumeric = (type: string) => /^(integer|bigint|smallint|numeric|double precision|real)$/.test(type);

export function coerce(value: Cell, type: string): Cell {
  if (value === null) return null;
  if (isNumeric(type)) {
    const number = Number(value);
    if (Number.isNaN(number) || value === '') throw new SqlFault(`invalid input syntax for type ${type}: "${value}"`);
    return /int/.test(type) ? Math.round(number) : number;
  }
  if (type === 'boolean') return value === true || /^(t|true|yes|on|1)$/i.test(String(value));
  return String(value);
}
