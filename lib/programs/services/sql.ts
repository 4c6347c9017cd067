/** A small SQL: tables of text and numbers, as far as a class of containers needs. PostgreSQL's words for what goes wrong. */
import { matches } from '../../pattern';

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

export class SqlFault extends Error {
  constructor(
    message: string,
    readonly detail = '',
  ) {
    super(message);
  }
}

interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
}

function tokenise(sql: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|(\d+\.?\d*|\.\d+)|([A-Za-z_]\w*)|(::|<>|!=|<=|>=|\|\||[-+*/%=<>(),.;])/y;
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(sql);
    if (!match)
      throw new SqlFault(
        sql[at] === "'"
          ? `unterminated quoted string at or near "${sql.slice(at)}"`
          : `syntax error at or near "${sql[at]}"`,
      );
    const [, text, name, number, word, sign] = match;
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll("''", "'") });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name.replaceAll('""', '"') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

/** Statements of a text, each without its semicolon; what follows the last one is handed back. */
export function splitSql(text: string): { statements: string[]; rest: string } {
  const statements: string[] = [];
  let from = 0;
  for (const match of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|;/g)) {
    if (match[0] !== ';') continue;
    statements.push(text.slice(from, match.index));
    from = match.index + 1;
  }
  return { statements: statements.filter((statement) => statement.trim() !== ''), rest: text.slice(from) };
}

export interface Session {
  readonly database: string;
  readonly user: string;
  readonly version: string;
  readonly now: () => string;
}

type Row = { readonly table?: Table; readonly cells?: readonly Cell[] };
type Expression = (row: Row, group?: readonly Row[]) => Cell;

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

class Statement {
  #at = 0;
  #aggregate = false;
  /** Types of the columns that are in sight, for the heading's alignment. */
  #table: Table | undefined;

  constructor(
    readonly tables: Database,
    readonly session: Session,
    readonly tokens: readonly Token[],
  ) {}

  run(): Outcome {
    const word = this.#take().text;
    switch (word) {
      case 'select':
        return this.#end(this.#select());
      case 'create':
        return this.#end(this.#create());
      case 'drop':
        return this.#end(this.#drop());
      case 'insert':
        return this.#end(this.#insert());
      case 'update':
        return this.#end(this.#update());
      case 'delete':
        return this.#end(this.#delete());
      case 'truncate':
        return this.#end(this.#truncate());
      case 'set':
        return { tag: 'SET' };
      default:
        throw new SqlFault(`syntax error at or near "${word}"`);
    }
  }

  // Words

  #peek(ahead = 0): Token | undefined {
    return this.tokens[this.#at + ahead];
  }

  #take(): Token {
    const token = this.tokens[this.#at++];
    if (!token) throw new SqlFault('syntax error at end of input');
    return token;
  }

  #is(...texts: string[]): boolean {
    return texts.every((text, ahead) => {
      const token = this.#peek(ahead);
      return token !== undefined && (token.kind === 'word' || token.kind === 'sign') && token.text === text;
    });
  }

  #accept(...texts: string[]): boolean {
    if (!this.#is(...texts)) return false;
    this.#at += texts.length;
    return true;
  }

  #expect(...texts: string[]): void {
    if (!this.#accept(...texts)) throw this.#unexpected();
  }

  #unexpected(): SqlFault {
    const token = this.#peek();
    return new SqlFault(token ? `syntax error at or near "${token.text}"` : 'syntax error at end of input');
  }

  #end(outcome: Outcome): Outcome {
    this.#accept(';');
    if (this.#peek()) throw this.#unexpected();
    return outcome;
  }

  #name(): string {
    const token = this.#take();
    if (token.kind !== 'word' && token.kind !== 'name') {
      this.#at--;
      throw this.#unexpected();
    }
    if (this.#accept('.')) return this.#name();
    return token.text;
  }

  #tableNamed(name: string): Table {
    const table = this.tables[name];
    if (!table) throw new SqlFault(`relation "${name}" does not exist`);
    this.#table = table;
    return table;
  }

  // Tables

  #create(): Outcome {
    this.#expect('table');
    const quiet = this.#accept('if', 'not', 'exists');
    const name = this.#name();
    this.#expect('(');
    const columns: Column[] = [];
    do {
      if (this.#accept('primary', 'key') || this.#accept('unique')) this.#keys(columns);
      else columns.push(this.#column());
    } while (this.#accept(','));
    this.#expect(')');
    if (this.tables[name]) {
      if (quiet) return { tag: 'CREATE TABLE' };
      throw new SqlFault(`relation "${name}" already exists`);
    }
    this.tables[name] = { columns, rows: [], next: 1 };
    return { tag: 'CREATE TABLE', changed: true };
  }

  #keys(columns: Column[]): void {
    this.#expect('(');
    do {
      const name = this.#name();
      const at = columns.findIndex((column) => column.name === name);
      if (at >= 0) columns[at] = { ...columns[at]!, required: true };
    } while (this.#accept(','));
    this.#expect(')');
  }

  #column(): Column {
    const name = this.#name();
    let type = this.#name();
    if (this.#accept('precision')) type += ' precision';
    if (this.#accept('varying')) type += ' varying';
    if (this.#accept('(')) {
      while (!this.#accept(')')) this.#take();
    }
    if (this.#accept('with', 'time', 'zone') || this.#accept('without', 'time', 'zone')) type = 'timestamp';
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
      if (this.#accept('primary', 'key')) column = { ...column, primary: true, unique: true, required: true };
      else if (this.#accept('not', 'null')) column = { ...column, required: true };
      else if (this.#accept('unique')) column = { ...column, unique: true };
      else if (this.#accept('null')) continue;
      else if (this.#accept('default')) column = { ...column, initial: this.#primary()({}) };
      else if (this.#accept('generated')) {
        while (!this.#is(',') && !this.#is(')')) this.#take();
        column = { ...column, serial: true };
      } else if (this.#accept('references')) {
        this.#name();
        if (this.#accept('(')) while (!this.#accept(')')) this.#take();
      } else return column;
    }
  }

  #drop(): Outcome {
    this.#expect('table');
    const quiet = this.#accept('if', 'exists');
    const name = this.#name();
    if (!this.tables[name] && !quiet) throw new SqlFault(`table "${name}" does not exist`);
    delete this.tables[name];
    this.#accept('cascade');
    return { tag: 'DROP TABLE', changed: true };
  }

  #truncate(): Outcome {
    this.#accept('table');
    this.#tableNamed(this.#name()).rows = [];
    return { tag: 'TRUNCATE TABLE', changed: true };
  }

  // Rows

  #columnAt(table: Table, tableName: string, name: string): number {
    const at = table.columns.findIndex((column) => column.name === name);
    if (at < 0)
      throw new SqlFault(
        tableName ? `column "${name}" of relation "${tableName}" does not exist` : `column "${name}" does not exist`,
      );
    return at;
  }

  #insert(): Outcome {
    this.#expect('into');
    const name = this.#name();
    const table = this.#tableNamed(name);
    let targets = table.columns.map((_column, at) => at);
    if (this.#accept('(')) {
      targets = [];
      do targets.push(this.#columnAt(table, name, this.#name()));
      while (this.#accept(','));
      this.#expect(')');
    }
    const made: Cell[][] = [];
    if (this.#accept('default', 'values')) made.push(this.#fresh(table, name, [], []));
    else {
      this.#expect('values');
      do {
        this.#expect('(');
        const values: (Cell | undefined)[] = [];
        do values.push(this.#accept('default') ? undefined : this.#expression()({}));
        while (this.#accept(','));
        this.#expect(')');
        if (values.length > targets.length) throw new SqlFault('INSERT has more expressions than target columns');
        made.push(this.#fresh(table, name, targets, values));
      } while (this.#accept(','));
    }
    for (const row of made) {
      this.#checkUnique(table, name, row, table.rows);
      table.rows.push(row);
    }
    const returned = this.#accept('returning') ? this.#items(table) : undefined;
    return {
      tag: `INSERT 0 ${made.length}`,
      changed: true,
      ...(returned && {
        columns: returned.map(({ name: title, type }) => ({ name: title, type })),
        rows: made.map((cells) => returned.map(({ value }) => value({ table, cells }))),
      }),
    };
  }

  #fresh(table: Table, tableName: string, targets: readonly number[], values: readonly (Cell | undefined)[]): Cell[] {
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

  #checkUnique(table: Table, tableName: string, row: readonly Cell[], others: readonly (readonly Cell[])[]): void {
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

  #update(): Outcome {
    const name = this.#name();
    const table = this.#tableNamed(name);
    this.#expect('set');
    const changes: [number, Expression][] = [];
    do {
      const at = this.#columnAt(table, name, this.#name());
      this.#expect('=');
      changes.push([at, this.#expression()]);
    } while (this.#accept(','));
    const where = this.#where();
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

  #delete(): Outcome {
    this.#expect('from');
    const table = this.#tableNamed(this.#name());
    const where = this.#where();
    const kept = table.rows.filter((cells) => !truth(where({ table, cells })));
    const count = table.rows.length - kept.length;
    table.rows = kept;
    return { tag: `DELETE ${count}`, changed: count > 0 };
  }

  #where(): Expression {
    return this.#accept('where') ? this.#expression() : () => true;
  }

  // Questions

  #select(): Outcome {
    this.#accept('distinct');
    const start = this.#at;
    // The table stands after the list, and the list needs it.
    for (let depth = 0; this.#peek() && !(depth === 0 && this.#is('from')); this.#at++)
      depth += this.#is('(') ? 1 : this.#is(')') ? -1 : 0;
    const table = this.#accept('from') ? this.#tableNamed(this.#name()) : undefined;
    const after = this.#at;
    this.#at = start;
    const items = this.#items(table);
    const aggregate = this.#aggregate;
    if (table) this.#at = after;
    const where = this.#where();
    let rows: Row[] = table ? table.rows.map((cells) => ({ table, cells })) : [{}];
    rows = rows.filter((row) => truth(where(row)));
    const groups = this.#accept('group', 'by') ? this.#grouped(rows) : aggregate ? [rows] : undefined;
    const orders = this.#orders(items);
    let results = (groups ?? rows.map((row) => [row])).map((group) => ({
      group,
      first: group[0] ?? {},
      cells: items.map(({ value }) => value(group[0] ?? { table }, group)),
    }));
    for (const { of, sign } of orders.reverse())
      results = [...results].sort((a, b) => sign * compareCells(of(a), of(b)));
    const limit = this.#accept('limit') ? Number(this.#expression()({})) : Number.POSITIVE_INFINITY;
    const offset = this.#accept('offset') ? Number(this.#expression()({})) : 0;
    results = results.slice(offset, offset + limit);
    return {
      tag: `SELECT ${results.length}`,
      columns: items.map(({ name, type }) => ({ name, type })),
      rows: results.map(({ cells }) => cells),
    };
  }

  #grouped(rows: readonly Row[]): Row[][] {
    const keys: Expression[] = [];
    do keys.push(this.#expression());
    while (this.#accept(','));
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = JSON.stringify(keys.map((value) => value(row)));
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    return [...groups.values()];
  }

  #orders(items: readonly Item[]): Order[] {
    if (!this.#accept('order', 'by')) return [];
    const orders: Order[] = [];
    do {
      const token = this.#peek();
      const own =
        token?.kind === 'number' ? Number(token.text) - 1 : items.findIndex(({ name }) => name === token?.text);
      const value = this.#expression();
      const sign = this.#accept('desc') ? -1 : 1;
      this.#accept('asc');
      orders.push({
        of: (result) => (own >= 0 ? (result.cells[own] ?? null) : value(result.first, result.group)),
        sign,
      });
    } while (this.#accept(','));
    return orders;
  }

  #items(table: Table | undefined): Item[] {
    const items: Item[] = [];
    do {
      if (this.#accept('*')) {
        for (const [at, { name, type }] of (table?.columns ?? []).entries())
          items.push({ name, type, value: ({ cells }) => cells?.[at] ?? null });
        continue;
      }
      const token = this.#peek();
      const called = this.#peek(1)?.text === '(' && token?.kind === 'word' ? token.text : undefined;
      const type =
        token?.kind === 'number' ||
        (called && called !== 'version' && called !== 'now' && called !== 'upper' && called !== 'lower')
          ? 'integer'
          : (table?.columns.find(({ name }) => name === token?.text)?.type ?? 'text');
      const plain = token?.kind === 'word' || token?.kind === 'name';
      const at = this.#at;
      const value = this.#expression();
      const single = plain && this.#at === at + 1;
      const title = this.#accept('as')
        ? this.#name()
        : this.#isAlias()
          ? this.#name()
          : (called ?? (single ? token!.text : '?column?'));
      items.push({ name: title, type, value });
    } while (this.#accept(','));
    return items;
  }

  #isAlias(): boolean {
    const token = this.#peek();
    return (
      token?.kind === 'name' ||
      (token?.kind === 'word' && !/^(from|where|order|limit|offset|group|returning)$/.test(token.text))
    );
  }

  // Expressions

  #expression(): Expression {
    let left = this.#and();
    while (this.#accept('or')) {
      const [a, b] = [left, this.#and()];
      left = (row, group) => truth(a(row, group)) || truth(b(row, group));
    }
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#accept('and')) {
      const [a, b] = [left, this.#not()];
      left = (row, group) => truth(a(row, group)) && truth(b(row, group));
    }
    return left;
  }

  #not(): Expression {
    if (!this.#accept('not')) return this.#comparison();
    const inner = this.#not();
    return (row, group) => !truth(inner(row, group));
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (this.#accept('is')) {
      const no = this.#accept('not');
      this.#expect('null');
      return (row, group) => (left(row, group) === null) !== no;
    }
    const negated = this.#accept('not');
    if (this.#is('like') || this.#is('ilike')) {
      const fold = this.#take().text === 'ilike';
      const pattern = this.#sum();
      return (row, group) => like(String(left(row, group) ?? ''), String(pattern(row, group) ?? ''), fold) !== negated;
    }
    if (this.#accept('in')) {
      this.#expect('(');
      const options: Expression[] = [];
      do options.push(this.#expression());
      while (this.#accept(','));
      this.#expect(')');
      return (row, group) =>
        options.some((option) => compareCells(option(row, group), left(row, group)) === 0) !== negated;
    }
    if (this.#accept('between')) {
      const low = this.#sum();
      this.#expect('and');
      const high = this.#sum();
      return (row, group) =>
        (compareCells(left(row, group), low(row, group)) >= 0 &&
          compareCells(left(row, group), high(row, group)) <= 0) !== negated;
    }
    const token = this.#peek();
    if (token?.kind !== 'sign' || !/^(=|<>|!=|<|>|<=|>=)$/.test(token.text)) return left;
    this.#at++;
    const right = this.#sum();
    return (row, group) => {
      const [a, b] = [left(row, group), right(row, group)];
      if (a === null || b === null) return null;
      const order = compareCells(a, b);
      return {
        '=': order === 0,
        '<>': order !== 0,
        '!=': order !== 0,
        '<': order < 0,
        '>': order > 0,
        '<=': order <= 0,
        '>=': order >= 0,
      }[token.text]!;
    };
  }

  #sum(): Expression {
    let left = this.#product();
    while (this.#is('+') || this.#is('-') || this.#is('||')) {
      const sign = this.#take().text;
      const [a, b] = [left, this.#product()];
      left = (row, group) => {
        const [x, y] = [a(row, group), b(row, group)];
        if (x === null || y === null) return null;
        return sign === '||' ? `${x}${y}` : sign === '+' ? Number(x) + Number(y) : Number(x) - Number(y);
      };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#primary();
    while (this.#is('*') || this.#is('/') || this.#is('%')) {
      const sign = this.#take().text;
      const [a, b] = [left, this.#primary()];
      left = (row, group) => {
        const [x, y] = [Number(a(row, group)), Number(b(row, group))];
        if (sign !== '*' && y === 0) throw new SqlFault('division by zero');
        return sign === '*'
          ? x * y
          : sign === '/'
            ? Number.isInteger(x) && Number.isInteger(y)
              ? Math.trunc(x / y)
              : x / y
            : x % y;
      };
    }
    return left;
  }

  #primary(): Expression {
    const value = this.#simple();
    while (this.#accept('::')) this.#name();
    return value;
  }

  #simple(): Expression {
    if (this.#accept('(')) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (this.#accept('-')) {
      const inner = this.#primary();
      return (row, group) => -Number(inner(row, group));
    }
    const token = this.#take();
    if (token.kind === 'text') return () => token.text;
    if (token.kind === 'number') return () => Number(token.text);
    if (token.kind === 'word' && ['true', 'false', 'null'].includes(token.text))
      return () => ({ true: true, false: false, null: null })[token.text] as Cell;
    if (token.kind === 'word' && this.#is('(')) return this.#call(token.text);
    if (token.kind === 'word' && token.text.startsWith('current_')) return this.#known(token.text);
    if (token.kind === 'sign') {
      this.#at--;
      throw this.#unexpected();
    }
    if (this.#accept('.')) return this.#simple();
    const table = this.#table;
    const at = table?.columns.findIndex(({ name }) => name === token.text) ?? -1;
    if (at < 0) throw new SqlFault(`column "${token.text}" does not exist`);
    return ({ cells }) => cells?.[at] ?? null;
  }

  #known(name: string): Expression {
    const { database, user, version, now } = this.session;
    const values: Readonly<Record<string, () => Cell>> = {
      version: () => version,
      now,
      current_database: () => database,
      current_user: () => user,
      current_timestamp: now,
      current_date: () => now().slice(0, 10),
    };
    const value = values[name];
    if (!value) throw new SqlFault(`function ${name}() does not exist`);
    return value;
  }

  #call(name: string): Expression {
    this.#expect('(');
    if (this.#accept('*')) {
      this.#expect(')');
      this.#aggregate = true;
      return (_row, group) => group?.length ?? 0;
    }
    const args: Expression[] = [];
    if (!this.#is(')'))
      do args.push(this.#expression());
      while (this.#accept(','));
    this.#expect(')');
    const [first] = args;
    if (!first) return this.#known(name);
    const numbers = (group: readonly Row[] | undefined) =>
      (group ?? []).map((row) => first(row)).filter((cell) => cell !== null);
    const aggregates: Readonly<Record<string, (cells: readonly Cell[]) => Cell>> = {
      count: (cells) => cells.length,
      sum: (cells) => (cells.length === 0 ? null : cells.reduce<number>((sum, cell) => sum + Number(cell), 0)),
      avg: (cells) =>
        cells.length === 0 ? null : cells.reduce<number>((sum, cell) => sum + Number(cell), 0) / cells.length,
      min: (cells) => [...cells].sort(compareCells)[0] ?? null,
      max: (cells) => [...cells].sort(compareCells).at(-1) ?? null,
    };
    const aggregate = aggregates[name];
    if (aggregate) {
      this.#aggregate = true;
      return (_row, group) => aggregate(numbers(group));
    }
    const scalars: Readonly<Record<string, (cell: Cell) => Cell>> = {
      upper: (cell) => String(cell).toUpperCase(),
      lower: (cell) => String(cell).toLowerCase(),
      length: (cell) => [...String(cell)].length,
      abs: (cell) => Math.abs(Number(cell)),
      round: (cell) => Math.round(Number(cell)),
    };
    const scalar = scalars[name];
    if (scalar) return (row, group) => ((cell) => (cell === null ? null : scalar(cell)))(first(row, group));
    if (name === 'coalesce')
      return (row, group) => args.map((arg) => arg(row, group)).find((cell) => cell !== null) ?? null;
    throw new SqlFault(`function ${name}(unknown) does not exist`);
  }
}

const truth = (cell: Cell) => cell === true;

function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function like(text: string, pattern: string, fold: boolean): boolean {
  const glob = pattern.replace(
    /\\.|[*?[\]!^-]|[%_]/gs,
    (one) => ({ '%': '*', _: '?' })[one] ?? (one.length > 1 ? one : `\\${one}`),
  );
  return matches(glob, text, fold);
}

function canonicalType(type: string): string {
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

function coerce(value: Cell, type: string): Cell {
  if (value === null) return null;
  if (isNumeric(type)) {
    const number = Number(value);
    if (Number.isNaN(number) || value === '') throw new SqlFault(`invalid input syntax for type ${type}: "${value}"`);
    return /int/.test(type) ? Math.round(number) : number;
  }
  if (type === 'boolean') return value === true || /^(t|true|yes|on|1)$/i.test(String(value));
  return String(value);
}
