/** SELECT: rows chosen, grouped, ordered and cut. */
import { Clauses, type Item } from './clauses';
import type { Expression, Row } from './expressions';
import { type Cell, compareCells, type Outcome, truth } from './values';

interface Result {
  readonly first: Row;
  readonly group: readonly Row[];
  readonly cells: readonly Cell[];
}

interface Order {
  readonly of: (result: Result) => Cell;
  readonly sign: number;
}

export class Select extends Clauses {
  select(): Outcome {
    this.accept('distinct');
    const { items, table, aggregate } = this.itemsAndTable();
    const where = this.where();
    const all: Row[] = table ? table.rows.map((cells) => ({ table, cells })) : [{}];
    const rows = all.filter((row) => truth(where(row)));
    const groups = this.accept('group', 'by') ? this.grouped(rows) : aggregate ? [rows] : rows.map((row) => [row]);
    const orders = this.orders(items);
    const results = groups.map((group) => ({
      group,
      first: group[0] ?? {},
      cells: items.map(({ value }) => value(group[0] ?? { table }, group)),
    }));
    for (const { of, sign } of orders.reverse()) results.sort((a, b) => sign * compareCells(of(a), of(b)));
    return this.answer(items, this.cut(results));
  }

  /** The table stands after the list, and the list needs it. */
  private itemsAndTable() {
    const start = this.at;
    for (let depth = 0; this.peek() && !(depth === 0 && this.is('from')); this.at++)
      depth += this.is('(') ? 1 : this.is(')') ? -1 : 0;
    const table = this.accept('from') ? this.tableNamed(this.name()) : undefined;
    const after = this.at;
    this.at = start;
    const items = this.items(table);
    if (table) this.at = after;
    return { items, table, aggregate: this.aggregate };
  }

  /** LIMIT and OFFSET. */
  private cut(results: readonly Result[]): readonly Result[] {
    const limit = this.accept('limit') ? Number(this.expression()({})) : Number.POSITIVE_INFINITY;
    const offset = this.accept('offset') ? Number(this.expression()({})) : 0;
    return results.slice(offset, offset + limit);
  }

  private answer(items: readonly Item[], results: readonly Result[]): Outcome {
    return this.end({
      tag: `SELECT ${results.length}`,
      columns: items.map(({ name, type }) => ({ name, type })),
      rows: results.map(({ cells }) => cells),
    });
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
}
