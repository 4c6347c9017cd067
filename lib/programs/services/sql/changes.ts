/** INSERT, UPDATE and DELETE. */
import { Clauses } from './clauses';
import type { Expression } from './expressions';
import { type Cell, coerce, type Outcome, type Table, truth } from './values';
import { SqlFault } from './words';

export class Change extends Clauses {
  insert(): Outcome {
    this.expect('into');
    const name = this.name();
    const table = this.tableNamed(name);
    const targets = this.accept('(') ? this.targets(table, name) : table.columns.map((_column, at) => at);
    const made = this.accept('default', 'values')
      ? [fresh(table, name, [], [])]
      : this.values(targets.length, (values) => fresh(table, name, targets, values));
    for (const row of made) {
      checkUnique(table, name, row);
      table.rows.push(row);
    }
    const returned = this.accept('returning') ? this.items(table) : undefined;
    return this.end({
      tag: `INSERT 0 ${made.length}`,
      changed: true,
      ...(returned && {
        columns: returned.map(({ name: title, type }) => ({ name: title, type })),
        rows: made.map((cells) => returned.map(({ value }) => value({ table, cells }))),
      }),
    });
  }

  /** Columns by name, up to the parenthesis. */
  private targets(table: Table, tableName: string): number[] {
    const targets: number[] = [];
    do targets.push(columnAt(table, tableName, this.name()));
    while (this.accept(','));
    this.expect(')');
    return targets;
  }

  /** `VALUES (…), (…)`, each made into a row as it is read; undefined stands for DEFAULT. */
  private values(most: number, make: (values: readonly (Cell | undefined)[]) => Cell[]): Cell[][] {
    this.expect('values');
    const made: Cell[][] = [];
    do {
      this.expect('(');
      const values: (Cell | undefined)[] = [];
      do values.push(this.accept('default') ? undefined : this.expression()({}));
      while (this.accept(','));
      this.expect(')');
      if (values.length > most) throw new SqlFault('INSERT has more expressions than target columns');
      made.push(make(values));
    } while (this.accept(','));
    return made;
  }

  update(): Outcome {
    const name = this.name();
    const table = this.tableNamed(name);
    this.expect('set');
    const changes: [number, Expression][] = [];
    do {
      const at = columnAt(table, name, this.name());
      this.expect('=');
      changes.push([at, this.expression()]);
    } while (this.accept(','));
    const where = this.where();
    let count = 0;
    table.rows = table.rows.map((cells) => {
      if (!truth(where({ table, cells }))) return cells;
      count++;
      const changed = [...cells];
      for (const [at, value] of changes) changed[at] = coerce(value({ table, cells }), table.columns[at]!.type);
      return changed;
    });
    return this.end({ tag: `UPDATE ${count}`, changed: count > 0 });
  }

  delete(): Outcome {
    this.expect('from');
    const table = this.tableNamed(this.name());
    const where = this.where();
    const kept = table.rows.filter((cells) => !truth(where({ table, cells })));
    const count = table.rows.length - kept.length;
    table.rows = kept;
    return this.end({ tag: `DELETE ${count}`, changed: count > 0 });
  }
}

function columnAt(table: Table, tableName: string, name: string): number {
  const at = table.columns.findIndex((column) => column.name === name);
  if (at < 0) throw new SqlFault(`column "${name}" of relation "${tableName}" does not exist`);
  return at;
}

/** A row with the values given for the target columns, and what the others have by themselves. */
function fresh(
  table: Table,
  tableName: string,
  targets: readonly number[],
  values: readonly (Cell | undefined)[],
): Cell[] {
  return table.columns.map((column, at) => {
    const given = values[targets.indexOf(at)];
    const own = () => (column.serial ? table.next++ : column.initial);
    const value = targets.includes(at) && given !== undefined ? coerce(given, column.type) : own();
    if (value === null && column.required)
      throw new SqlFault(
        `null value in column "${column.name}" of relation "${tableName}" violates not-null constraint`,
      );
    return value;
  });
}

function checkUnique(table: Table, tableName: string, row: readonly Cell[]): void {
  for (const [at, column] of table.columns.entries()) {
    if (!column.unique || row[at] === null || !table.rows.some((other) => other[at] === row[at])) continue;
    const key = column.primary ? `${tableName}_pkey` : `${tableName}_${column.name}_key`;
    throw new SqlFault(
      `duplicate key value violates unique constraint "${key}"`,
      `Key (${column.name})=(${row[at]}) already exists.`,
    );
  }
}
