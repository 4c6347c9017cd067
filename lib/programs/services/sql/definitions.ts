/** CREATE, DROP and TRUNCATE TABLE. */
import { Clauses } from './clauses';
import { type Column, canonicalType, type Outcome } from './values';
import { SqlFault } from './words';

export class Definition extends Clauses {
  create(): Outcome {
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
      if (quiet) return this.end({ tag: 'CREATE TABLE' });
      throw new SqlFault(`relation "${name}" already exists`);
    }
    this.tables[name] = { columns, rows: [], next: 1 };
    return this.end({ tag: 'CREATE TABLE', changed: true });
  }

  drop(): Outcome {
    this.expect('table');
    const quiet = this.accept('if', 'exists');
    const name = this.name();
    if (!this.tables[name] && !quiet) throw new SqlFault(`table "${name}" does not exist`);
    delete this.tables[name];
    this.accept('cascade');
    return this.end({ tag: 'DROP TABLE', changed: true });
  }

  truncate(): Outcome {
    this.accept('table');
    this.tableNamed(this.name()).rows = [];
    return this.end({ tag: 'TRUNCATE TABLE', changed: true });
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
    this.skipParentheses();
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
    for (let more = this.constraint(); more; more = this.constraint()) column = { ...column, ...more };
    return column;
  }

  /** What one constraint says about its column; undefined when there are no more. */
  private constraint(): Partial<Column> | undefined {
    if (this.accept('primary', 'key')) return { primary: true, unique: true, required: true };
    if (this.accept('not', 'null')) return { required: true };
    if (this.accept('unique')) return { unique: true };
    if (this.accept('null')) return {};
    if (this.accept('default')) return { initial: this.primary()({}) };
    if (this.accept('generated')) {
      while (!this.is(',') && !this.is(')')) this.take();
      return { serial: true };
    }
    if (!this.accept('references')) return undefined;
    this.name();
    this.skipParentheses();
    return {};
  }

  private skipParentheses(): void {
    if (this.accept('(')) while (!this.accept(')')) this.take();
  }
}
