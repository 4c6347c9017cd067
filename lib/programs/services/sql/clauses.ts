/** What statements have in common: the tables, a condition, and a list of what to give back. */
import { type Expression, Expressions, type Session } from './expressions';
import type { Database, Table } from './values';
import { SqlFault, type Token } from './words';

/** One column of what is given back. */
export interface Item {
  readonly name: string;
  readonly type: string;
  readonly value: Expression;
}

export class Clauses extends Expressions {
  /** The tokens are those after the statement's verb. */
  constructor(
    readonly tables: Database,
    session: Session,
    tokens: readonly Token[],
  ) {
    super(session, tokens);
  }

  protected tableNamed(name: string): Table {
    const table = this.tables[name];
    if (!table) throw new SqlFault(`relation "${name}" does not exist`);
    this.table = table;
    return table;
  }

  protected where(): Expression {
    return this.accept('where') ? this.expression() : () => true;
  }

  protected items(table: Table | undefined): Item[] {
    const items: Item[] = [];
    do {
      if (this.accept('*')) items.push(...everything(table));
      else items.push(this.item(table));
    } while (this.accept(','));
    return items;
  }

  private item(table: Table | undefined): Item {
    const token = this.peek();
    const called = this.peek(1)?.text === '(' && token?.kind === 'word' ? token.text : undefined;
    const type =
      token?.kind === 'number' || (called && !/^(version|now|upper|lower)$/.test(called))
        ? 'integer'
        : (table?.columns.find(({ name }) => name === token?.text)?.type ?? 'text');
    const start = this.at;
    const value = this.expression();
    const single = (token?.kind === 'word' || token?.kind === 'name') && this.at === start + 1;
    const own = called ?? (single ? token.text : '?column?');
    return { name: this.accept('as') || this.isAlias() ? this.name() : own, type, value };
  }

  private isAlias(): boolean {
    const token = this.peek();
    return (
      token?.kind === 'name' ||
      (token?.kind === 'word' && !/^(from|where|order|limit|offset|group|returning)$/.test(token.text))
    );
  }
}

function everything(table: Table | undefined): Item[] {
  return (table?.columns ?? []).map(({ name, type }, at) => ({
    name,
    type,
    value: ({ cells }) => cells?.[at] ?? null,
  }));
}
