import { goJson } from '../../image';
import { callFunction, compileTemplate, type Render, TemplateError } from '../template';
import { CommandError } from '../usage-error';

/**
 * How lists are printed: a default table, `table TEMPLATE`, `json`, or a template for each row.
 *
 * A column has a heading and a value; a row is an object of methods by column, as Docker's formatter contexts are, so that a
 * template may name any of them, in any order, and JSON has all of them.
 */
export type Row = Readonly<Record<string, unknown>>;

export interface TableKind {
  /** Heading of every column that a template may name. */
  readonly headings: Readonly<Record<string, string>>;
  /** The columns of the default table. */
  readonly columns: readonly string[];
  /** Go's name of the row type, for errors. */
  readonly type: string;
  /** What errors of templates begin with, where it is not the usual words: `docker ps` tries the template out first. */
  readonly tried?: boolean;
  /** Of `--format json`, in order: the columns by name. */
  readonly json?: readonly string[];
}

export function printTable(kind: TableKind, format: string, rows: readonly Row[]): string {
  const chosen = format === '' || format === 'table' ? defaultTable(kind) : format;
  if (chosen === 'json') return rows.map((row) => `${jsonRow(kind, row)}\n`).join('');
  if (/^table\b/.test(chosen)) return tableText(kind, chosen.slice(5).trim(), rows);
  const render = compiled(chosen, kind);
  return rows.map((row) => `${execute(render, row, kind)}\n`).join('');
}

const defaultTable = (kind: TableKind) => `table ${kind.columns.map((column) => `{{.${column}}}`).join('\t')}`;

function tableText(kind: TableKind, template: string, rows: readonly Row[]): string {
  const source = template.replace(/\\t/g, '\t').replace(/\\n/g, '\n');
  const heading = compiled(
    source.replace(/\{\{[^}]*\}\}/g, (action) => headingAction(action)),
    kind,
  );
  const render = compiled(source, kind);
  const lines = [
    execute(heading, { ...kind.headings, Label: (name: unknown) => name }, kind),
    ...rows.map((row) => execute(render, row, kind)),
  ];
  return tabulate(lines);
}

/** In the heading, functions are not applied: `{{upper .Names}}` is headed NAMES. */
function headingAction(action: string): string {
  if (/\.Label\s+"/.test(action)) return action;
  return /\.\w+/.test(action) && !/\b(range|if|else|end|with|json)\b/.test(action)
    ? `{{${/\.\w+/.exec(action)![0]}}}`
    : action;
}

function compiled(template: string, kind: TableKind): Render {
  try {
    return compileTemplate(template.replace(/\\t/g, '\t').replace(/\\n/g, '\n'), {
      type: kind.type,
      functions: { json: (value) => (isRow(kind, value) ? jsonRow(kind, value) : callFunction('json', [value])) },
    });
  } catch (error) {
    if (error instanceof TemplateError) {
      throw kind.tried
        ? new CommandError(`failed to parse template: ${error.message}`)
        : new CommandError(`template parsing error: ${error.message}`, 64);
    }
    throw error;
  }
}

/** A whole row, as `{{json .}}` has it: it answers the columns. */
function isRow(kind: TableKind, value: unknown): value is Row {
  return typeof value === 'object' && value !== null && typeof (value as Row)[kind.columns[0]!] === 'function';
}

function execute(render: Render, row: unknown, kind: TableKind): string {
  try {
    return render(row);
  } catch (error) {
    if (error instanceof TemplateError)
      throw new CommandError(
        `${kind.tried ? 'failed to execute template' : 'template parsing error'}: ${error.message}`,
      );
    throw error;
  }
}

function jsonRow(kind: TableKind, row: Row): string {
  const names = [...(kind.json ?? Object.keys(row))].sort();
  return goJson(
    Object.fromEntries(
      names.map((name) => [name, typeof row[name] === 'function' ? (row[name] as () => unknown).call(row) : row[name]]),
    ),
  );
}

/** Go's tabwriter with a minimal width of 10, padding 3: cells end at tabs, a column is as wide as its widest cell. */
export function tabulate(lines: readonly string[], minimum = 10, padding = 3): string {
  const rows = lines.flatMap((line) => line.split('\n')).map((line) => line.split('\t'));
  const widths = columnWidths(rows, minimum, padding);
  return rows
    .map(
      (cells, at) =>
        `${cells.map((cell, column) => (column < cells.length - 1 ? cell + ' '.repeat(widths[at]![column]! - displayWidth(cell)) : cell)).join('')}\n`,
    )
    .join('');
}

/** A column is a block of neighbouring lines that all have a tab there. */
function columnWidths(rows: readonly (readonly string[])[], minimum: number, padding: number): number[][] {
  const widths: number[][] = rows.map(() => []);
  const deepest = Math.max(0, ...rows.map((row) => row.length - 1));
  for (let column = 0; column < deepest; column++) {
    for (let start = 0; start < rows.length; start++) {
      if (rows[start]!.length - 1 <= column) continue;
      let end = start;
      while (end < rows.length && rows[end]!.length - 1 > column) end++;
      const block = rows.slice(start, end);
      const widest = Math.max(minimum, ...block.map((row) => displayWidth(row[column]!) + padding));
      for (let row = start; row < end; row++) widths[row]![column] = widest;
      start = end;
    }
  }
  return widths;
}

/** Characters; those outside the basic plane take two units of a string. */
function displayWidth(text: string): number {
  let width = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) width--;
  }
  return width;
}
