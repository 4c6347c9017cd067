/** SQL's expressions: read into functions of a row, or of the rows of a group. */
import { aggregates, scalars } from './functions';
import { type Cell, compareCells, like, type Table, truth } from './values';
import { SqlFault, type Token, Words } from './words';

export interface Session {
  readonly database: string;
  readonly user: string;
  readonly version: string;
  readonly now: () => string;
}

export type Row = { readonly table?: Table; readonly cells?: readonly Cell[] };
export type Expression = (row: Row, group?: readonly Row[]) => Cell;

/** Whether two cells in this order satisfy a sign. */
const holds: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

export class Expressions extends Words {
  /** An aggregate has been read. */
  protected aggregate = false;
  /** Whose columns are in sight. */
  protected table: Table | undefined;

  constructor(
    readonly session: Session,
    tokens: readonly Token[],
  ) {
    super(tokens);
  }

  protected expression(): Expression {
    let left = this.and();
    while (this.accept('or')) {
      const [a, b] = [left, this.and()];
      left = (row, group) => truth(a(row, group)) || truth(b(row, group));
    }
    return left;
  }

  protected and(): Expression {
    let left = this.not();
    while (this.accept('and')) {
      const [a, b] = [left, this.not()];
      left = (row, group) => truth(a(row, group)) && truth(b(row, group));
    }
    return left;
  }

  protected not(): Expression {
    if (!this.accept('not')) return this.comparison();
    const inner = this.not();
    return (row, group) => !truth(inner(row, group));
  }

  protected comparison(): Expression {
    const left = this.sum();
    if (this.accept('is')) {
      const no = this.accept('not');
      this.expect('null');
      return (row, group) => (left(row, group) === null) !== no;
    }
    const negated = this.accept('not');
    if (this.is('like') || this.is('ilike')) return this.likeness(left, negated);
    if (this.accept('in')) return this.membership(left, negated);
    if (this.accept('between')) return this.range(left, negated);
    const token = this.peek();
    if (token?.kind !== 'sign' || !/^(=|<>|!=|<|>|<=|>=)$/.test(token.text)) return left;
    this.at++;
    const right = this.sum();
    return (row, group) => {
      const [a, b] = [left(row, group), right(row, group)];
      if (a === null || b === null) return null;
      return holds[token.text]!(compareCells(a, b));
    };
  }

  private likeness(left: Expression, negated: boolean): Expression {
    const fold = this.take().text === 'ilike';
    const pattern = this.sum();
    return (row, group) => like(String(left(row, group) ?? ''), String(pattern(row, group) ?? ''), fold) !== negated;
  }

  private membership(left: Expression, negated: boolean): Expression {
    this.expect('(');
    const options: Expression[] = [];
    do options.push(this.expression());
    while (this.accept(','));
    this.expect(')');
    return (row, group) =>
      options.some((option) => compareCells(option(row, group), left(row, group)) === 0) !== negated;
  }

  private range(left: Expression, negated: boolean): Expression {
    const low = this.sum();
    this.expect('and');
    const high = this.sum();
    return (row, group) => {
      const cell = left(row, group);
      return (compareCells(cell, low(row, group)) >= 0 && compareCells(cell, high(row, group)) <= 0) !== negated;
    };
  }

  protected sum(): Expression {
    let left = this.product();
    while (this.is('+') || this.is('-') || this.is('||')) {
      const sign = this.take().text;
      const [a, b] = [left, this.product()];
      left = (row, group) => {
        const [x, y] = [a(row, group), b(row, group)];
        if (x === null || y === null) return null;
        return sign === '||' ? `${x}${y}` : sign === '+' ? Number(x) + Number(y) : Number(x) - Number(y);
      };
    }
    return left;
  }

  protected product(): Expression {
    let left = this.primary();
    while (this.is('*') || this.is('/') || this.is('%')) {
      const sign = this.take().text;
      const [a, b] = [left, this.primary()];
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

  protected primary(): Expression {
    const value = this.simple();
    while (this.accept('::')) this.name();
    return value;
  }

  protected simple(): Expression {
    if (this.accept('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (this.accept('-')) {
      const inner = this.primary();
      return (row, group) => -Number(inner(row, group));
    }
    const token = this.take();
    if (token.kind === 'text') return () => token.text;
    if (token.kind === 'number') return () => Number(token.text);
    if (token.kind === 'word' && ['true', 'false', 'null'].includes(token.text))
      return () => ({ true: true, false: false, null: null })[token.text] as Cell;
    if (token.kind === 'word' && this.is('(')) return this.call(token.text);
    if (token.kind === 'word' && token.text.startsWith('current_')) return this.known(token.text);
    if (token.kind === 'sign') {
      this.at--;
      throw this.unexpected();
    }
    if (this.accept('.')) return this.simple();
    const table = this.table;
    const at = table?.columns.findIndex(({ name }) => name === token.text) ?? -1;
    if (at < 0) throw new SqlFault(`column "${token.text}" does not exist`);
    return ({ cells }) => cells?.[at] ?? null;
  }

  protected known(name: string): Expression {
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

  protected call(name: string): Expression {
    this.expect('(');
    if (this.accept('*')) {
      this.expect(')');
      this.aggregate = true;
      return (_row, group) => group?.length ?? 0;
    }
    const args: Expression[] = [];
    if (!this.is(')'))
      do args.push(this.expression());
      while (this.accept(','));
    this.expect(')');
    const [first] = args;
    if (!first) return this.known(name);
    const aggregate = aggregates.get(name);
    if (aggregate) {
      this.aggregate = true;
      return (_row, group) => aggregate((group ?? []).map((row) => first(row)).filter((cell) => cell !== null));
    }
    const scalar = scalars.get(name);
    if (scalar) return (row, group) => ((cell) => (cell === null ? null : scalar(cell)))(first(row, group));
    if (name === 'coalesce')
      return (row, group) => args.map((arg) => arg(row, group)).find((cell) => cell !== null) ?? null;
    throw new SqlFault(`function ${name}(unknown) does not exist`);
  }
}
