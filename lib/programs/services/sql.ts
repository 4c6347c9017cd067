/** A small SQL: tables of text and numbers, as far as a class of containers needs. PostgreSQL's words for what goes wrong. */
import { type Expression, Expressions, type Row, type Session } from './sql-expressions';
import {
  type Cell,
  type Column,
  canonicalType,
  coerce,
  compareCells,
  type Database,
  type Outcome,
  type Table,
  truth,
} from './sql-values';
import { SqlFault, type Token, tokenise } from './sql-words';

interface Item {
  readonly name: string;
  readonly type: string;
  readonly value: Expression;
}

interface Order {
  readonly of: (result: {
    readonly first: Row;
    readonly group: readonly Row[];
    readonly cells: readonly Cell[];
  }) => Cell;
  readonly sign: number;
}

export function execute(tables: Database, session: Session, sql: string): Outcome {
  return new Statement(tables, session, tokenise(sql)).run();
}

class Statement extends Expressions {
  constructor(
    readonly tables: Database,
    session: Session,
    tokens: readonly Token[],
  ) {
    super(session, tokens);
  }

  run(): Outcome {
    const word = this.take().text;
    switch (word) {
      case 'select':
        return this.end(this.select());
      case 'create':
        return this.end(this.create());
      case 'drop':
        return this.end(this.drop());
      case 'insert':
        return this.end(this.insert());
      case 'update':
        return this.end(this.update());
      case 'delete':
        return this.end(this.delete());
      case 'truncate':
        return this.end(this.truncate());
      case 'set':
        return { tag: 'SET' };
      default:
        throw new SqlFault(`syntax error at or near "${word}"`);
    }
  }

  private tableNamed(name: string): Table {
    const table = this.tables[name];
    if (!table) throw new SqlFault(`relation "${name}" does not exist`);
    this.table = table;
    return table;
  }

  // Tables

  private create(): Outcome {
    this.expect('table');
    const quiet = this.accept('if', 'not', 'exists');
    const name = this.name();
    this.expect('(');
    const columns: Column[] = [];
    do {
      if (this.accept('primary', 'key') || this.accept('unique')) this.keys(columns);
      else columns.push(this.column());
    } while (this.accept(','));
    this.expect(')');
    if (this.tables[name]) {
      if (quiet) return { tag: 'CREATE TABLE' };
      throw new SqlFault(`relation "${name}" already exists`);
    }
    this.tables[name] = { columns, rows: [], next: 1 };
    return { tag: 'CREATE TABLE', changed: true };
  }

  private keys(columns: Column[]): void {
    this.expect('(');
    do {
      const name = this.name();
      const at = columns.findIndex((column) => column.name === name);
      if (at >= 0) columns[at] = { ...columns[at]!, required: true };
    } while (this.accept(','));
    this.expect(')');
  }

  private column(): Column {
    const name = this.name();
    let type = this.name();
    if (this.accept('precision')) type += ' precision';
    if (this.accept('varying')) type += ' varying';
    if (this.accept('(')) {
      while (!this.accept(')')) this.take();
    }
    if (this.accept('with', 'time', 'zone') || this.accept('without', 'time', 'zone')) type = 'timestamp';
    let column: Column = {
      name,
      type: canonicalType(type),
      required: false,
      unique: false,
      primary: false,
      serial: /serial/.test(type),
      initial: null,
    };
    for (;;) {
      if (this.accept('primary', 'key')) column = { ...column, primary: true, unique: true, required: true };
      else if (this.accept('not', 'null')) column = { ...column, required: true };
      else if (this.accept('unique')) column = { ...column, unique: true };
      else if (this.accept('null')) continue;
      else if (this.accept('default')) column = { ...column, initial: this.primary()({}) };
      else if (this.accept('generated')) {
        while (!this.is(',') && !this.is(')')) this.take();
        column = { ...column, serial: true };
      } else if (this.accept('references')) {
        this.name();
        if (this.accept('(')) while (!this.accept(')')) this.take();
      } else return column;
    }
  }

  private drop(): Outcome {
    this.expect('table');
    const quiet = this.accept('if', 'exists');
    const name = this.name();
    if (!this.tables[name] && !quiet) throw new SqlFault(`table "${name}" does not exist`);
    delete this.tables[name];
    this.accept('cascade');
    return { tag: 'DROP TABLE', changed: true };
  }

  private truncate(): Outcome {
    this.accept('table');
    this.tableNamed(this.name()).rows = [];
    return { tag: 'TRUNCATE TABLE', changed: true };
  }

  // Rows

  private columnAt(table: Table, tableName: string, name: string): number {
    const at = table.columns.findIndex((column) => column.name === name);
    if (at < 0)
      throw new SqlFault(
        tableName ? `column "${name}" of relation "${tableName}" does not exist` : `column "${name}" does not exist`,
      );
    return at;
  }

  private insert(): Outcome {
    this.expect('into');
    const name = this.name();
    const table = this.tableNamed(name);
    let targets = table.columns.map((_column, at) => at);
    if (this.accept('(')) {
      targets = [];
      do targets.push(this.columnAt(table, name, this.name()));
      while (this.accept(','));
      this.expect(')');
    }
    const made: Cell[][] = [];
    if (this.accept('default', 'values')) made.push(this.fresh(table, name, [], []));
    else {
      this.expect('values');
      do {
        this.expect('(');
        const values: (Cell | undefined)[] = [];
        do values.push(this.accept('default') ? undefined : this.expression()({}));
        while (this.accept(','));
        this.expect(')');
        if (values.length > targets.length) throw new SqlFault('INSERT has more expressions than target columns');
        made.push(this.fresh(table, name, targets, values));
      } while (this.accept(','));
    }
    for (const row of made) {
      this.checkUnique(table, name, row, table.rows);
      table.rows.push(row);
    }
    const returned = this.accept('returning') ? this.items(table) : undefined;
    return {
      tag: `INSERT 0 ${made.length}`,
      changed: true,
      ...(returned && {
        columns: returned.map(({ name: title, type }) => ({ name: title, type })),
        rows: made.map((cells) => returned.map(({ value }) => value({ table, cells }))),
      }),
    };
  }

  private fresh(
    table: Table,
    tableName: string,
    targets: readonly number[],
    values: readonly (Cell | undefined)[],
  ): Cell[] {
    return table.columns.map((column, at) => {
      const given = values[targets.indexOf(at)];
      const value =
        targets.includes(at) && given !== undefined
          ? coerce(given, column.type)
          : column.serial
            ? table.next++
            : column.initial;
      if (value === null && column.required)
        throw new SqlFault(
          `null value in column "${column.name}" of relation "${tableName}" violates not-null constraint`,
        );
      return value;
    });
  }

  private checkUnique(
    table: Table,
    tableName: string,
    row: readonly Cell[],
    others: readonly (readonly Cell[])[],
  ): void {
    for (const [at, column] of table.columns.entries()) {
      if (!column.unique || row[at] === null || !others.some((other) => other !== row && other[at] === row[at]))
        continue;
      const key = column.primary ? `${tableName}_pkey` : `${tableName}_${column.name}_key`;
      throw new SqlFault(
        `duplicate key value violates unique constraint "${key}"`,
        `Key (${column.name})=(${row[at]}) already exists.`,
      );
    }
  }

  private update(): Outcome {
    const name = this.name();
    const table = this.tableNamed(name);
    this.expect('set');
    const changes: [number, Expression][] = [];
    do {
      const at = this.columnAt(table, name, this.name());
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
    return { tag: `UPDATE ${count}`, changed: count > 0 };
  }

  private delete(): Outcome {
    this.expect('from');
    const table = this.tableNamed(this.name());
    const where = this.where();
    const kept = table.rows.filter((cells) => !truth(where({ table, cells })));
    const count = table.rows.length - kept.length;
    table.rows = kept;
    return { tag: `DELETE ${count}`, changed: count > 0 };
  }

  private where(): Expression {
    return this.accept('where') ? this.expression() : () => true;
  }

  // Questions

  private select(): Outcome {
    this.accept('distinct');
    const start = this.at;
    // The table stands after the list, and the list needs it.
    for (let depth = 0; this.peek() && !(depth === 0 && this.is('from')); this.at++)
      depth += this.is('(') ? 1 : this.is(')') ? -1 : 0;
    const table = this.accept('from') ? this.tableNamed(this.name()) : undefined;
    const after = this.at;
    this.at = start;
    const items = this.items(table);
    const aggregate = this.aggregate;
    if (table) this.at = after;
    const where = this.where();
    let rows: Row[] = table ? table.rows.map((cells) => ({ table, cells })) : [{}];
    rows = rows.filter((row) => truth(where(row)));
    const groups = this.accept('group', 'by') ? this.grouped(rows) : aggregate ? [rows] : undefined;
    const orders = this.orders(items);
    let results = (groups ?? rows.map((row) => [row])).map((group) => ({
      group,
      first: group[0] ?? {},
      cells: items.map(({ value }) => value(group[0] ?? { table }, group)),
    }));
    for (const { of, sign } of orders.reverse())
      results = [...results].sort((a, b) => sign * compareCells(of(a), of(b)));
    const limit = this.accept('limit') ? Number(this.expression()({})) : Number.POSITIVE_INFINITY;
    const offset = this.accept('offset') ? Number(this.expression()({})) : 0;
    results = results.slice(offset, offset + limit);
    return {
      tag: `SELECT ${results.length}`,
      columns: items.map(({ name, type }) => ({ name, type })),
      rows: results.map(({ cells }) => cells),
    };
  }

  private grouped(rows: readonly Row[]): Row[][] {
    const keys: Expression[] = [];
    do keys.push(this.expression());
    while (this.accept(','));
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = JSON.stringify(keys.map((value) => value(row)));
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()];
  }

  private orders(items: readonly Item[]): Order[] {
    if (!this.accept('order', 'by')) return [];
    const orders: Order[] = [];
    do {
      const token = this.peek();
      const own =
        token?.kind === 'number' ? Number(token.text) - 1 : items.findIndex(({ name }) => name === token?.text);
      const value = this.expression();
      const sign = this.accept('desc') ? -1 : 1;
      this.accept('asc');
      orders.push({
        of: (result) => (own >= 0 ? (result.cells[own] ?? null) : value(result.first, result.group)),
        sign,
      });
    } while (this.accept(','));
    return orders;
  }

  private items(table: Table | undefined): Item[] {
    const items: Item[] = [];
    do {
      if (this.accept('*')) {
        for (const [at, { name, type }] of (table?.columns ?? []).entries())
          items.push({ name, type, value: ({ cells }) => cells?.[at] ?? null });
        continue;
      }
      const token = this.peek();
      const called = this.peek(1)?.text === '(' && token?.kind === 'word' ? token.text : undefined;
      const type =
        token?.kind === 'number' ||
        (called && called !== 'version' && called !== 'now' && called !== 'upper' && called !== 'lower')
          ? 'integer'
          : (table?.columns.find(({ name }) => name === token?.text)?.type ?? 'text');
      const plain = token?.kind === 'word' || token?.kind === 'name';
      const at = this.at;
      const value = this.expression();
      const single = plain && this.at === at + 1;
      const title = this.accept('as')
        ? this.name()
        : this.isAlias()
          ? this.name()
          : (called ?? (single ? token!.text : '?column?'));
      items.push({ name: title, type, value });
    } while (this.accept(','));
    return items;
  }

  private isAlias(): boolean {
    const token = this.peek();
    return (
      token?.kind === 'name' ||
      (token?.kind === 'word' && !/^(from|where|order|limit|offset|group|returning)$/.test(token.text))
    );
  }
}
