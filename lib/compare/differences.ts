/** One path that a sheet changes, as far as laying it beside others needs it. */
export interface Cell {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'deleted';
  readonly is: string;
  readonly size?: number;
  readonly digest?: string;
  readonly covers?: number;
  /** A folder that is only said to be changed because something in it is: it makes no row. */
  readonly onTheWay?: boolean;
}

/** A column of the class's table: one container, and what its sheet changes. Replaced when anything of it changes, never written to. */
export interface Column {
  readonly id: string;
  readonly changes: readonly Cell[];
  /** Equal digests are equal states (`Sheet.stateDigest`). */
  readonly state: string;
}

export type CellOf<K extends Column> = K['changes'][number];

/** One path that somebody's sheet changes. */
export interface Row<K extends Column = Column> {
  readonly path: string;
  /** By column; absent where the container sees what the image says. */
  readonly cells: ReadonlyMap<string, CellOf<K>>;
  /** The layer that has the path, if the image has it. */
  readonly inImage: number | undefined;
  /** How many different contents there are, the image's own aside. */
  readonly contents: number;
}

/** Columns of equal state, in their order. */
export interface Group<K extends Column = Column> {
  readonly state: string;
  readonly columns: readonly K[];
}

/** A whole class side by side. */
export interface Differences<K extends Column = Column> {
  readonly columns: readonly K[];
  /** The most touched path first; within a number, by path. */
  readonly rows: readonly Row<K>[];
  /** The largest first; within a size, in the order of their first columns. */
  readonly groups: readonly Group<K>[];
}

const none: Differences<never> = { columns: [], rows: [], groups: [] };

/** Rows are the paths that anybody touched, groups the columns whose states are equal. */
export function differencesOf<K extends Column>(columns: readonly K[]): Differences<K> {
  return followed(none, columns);
}

/**
 * The same as `differencesOf(columns)`, made from an earlier table: what is as before is the very same object, and the work is
 * that of what changed. A column counts as unchanged when it is the same object.
 */
export function followed<K extends Column>(before: Differences<K>, columns: readonly K[]): Differences<K> {
  const steps = stepsBetween(before.columns, columns);
  if (!steps) return followed(none, columns);
  if (steps.length === 0) return before;
  return { columns, rows: rowsAfter(before.rows, steps), groups: groupsAfter(before.groups, steps, columns) };
}

/** What became of one column: absent before it came, absent after it went. */
interface Step<K> {
  readonly was?: K;
  readonly is?: K;
}

/** Undefined when columns have changed places. */
function stepsBetween<K extends Column>(before: readonly K[], after: readonly K[]): readonly Step<K>[] | undefined {
  const places = new Map(before.map((column, place) => [column.id, place]));
  const steps: Step<K>[] = [];
  let last = -1;
  for (const is of after) {
    const place = places.get(is.id);
    if (place === undefined) steps.push({ is });
    else if (place < last) return undefined;
    else {
      last = place;
      places.delete(is.id);
      if (before[place] !== is) steps.push({ was: before[place], is });
    }
  }
  for (const place of places.values()) steps.push({ was: before[place] });
  return steps;
}

type Cells<K extends Column> = Map<string, CellOf<K>>;

function rowsAfter<K extends Column>(before: readonly Row<K>[], steps: readonly Step<K>[]): readonly Row<K>[] {
  const known = new Map<string, Row<K>>();
  for (const row of before) known.set(row.path, row);
  const touched = new Map<string, Cells<K>>();
  const cellsOf = (path: string): Cells<K> => {
    const cells = touched.get(path) ?? new Map(known.get(path)?.cells);
    touched.set(path, cells);
    return cells;
  };
  for (const { was, is } of steps) {
    if (was?.changes === is?.changes) continue;
    const old = new Map(shown(was).map((cell) => [cell.path, cell]));
    for (const cell of shown(is)) {
      const same = old.get(cell.path);
      old.delete(cell.path);
      if (!same || !alike(same, cell)) cellsOf(cell.path).set(is!.id, cell);
    }
    for (const path of old.keys()) cellsOf(path).delete(was!.id);
  }
  if (touched.size === 0) return before;
  const fresh = [...touched].flatMap(([path, cells]) => (cells.size > 0 ? [rowOf<K>(path, cells)] : [])).sort(byTouch);
  return merged(
    before.filter(({ path }) => !touched.has(path)),
    fresh,
  );
}

function shown<K extends Column>(column: K | undefined): readonly CellOf<K>[] {
  return column?.changes.filter(({ onTheWay }) => !onTheWay) ?? [];
}

function alike<C extends Cell>(one: C, other: C): boolean {
  const names = Object.keys(one) as (keyof C)[];
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function rowOf<K extends Column>(path: string, cells: Cells<K>): Row<K> {
  const contents = new Set<string>();
  let inImage: number | undefined;
  for (const { kind, digest, is, covers } of cells.values()) {
    contents.add(kind === 'deleted' ? kind : (digest ?? is));
    inImage ??= covers;
  }
  return { path, cells, inImage, contents: contents.size };
}

function byTouch(one: Pick<Row, 'path' | 'cells'>, other: Pick<Row, 'path' | 'cells'>): number {
  return other.cells.size - one.cells.size || (one.path < other.path ? -1 : 1);
}

/** Two sorted lists as one. */
function merged<K extends Column>(some: readonly Row<K>[], others: readonly Row<K>[]): readonly Row<K>[] {
  const rows: Row<K>[] = [];
  let at = 0;
  for (const row of some) {
    while (at < others.length && byTouch(others[at]!, row) < 0) rows.push(others[at++]!);
    rows.push(row);
  }
  rows.push(...others.slice(at));
  return rows;
}

function groupsAfter<K extends Column>(
  before: readonly Group<K>[],
  steps: readonly Step<K>[],
  columns: readonly K[],
): readonly Group<K>[] {
  const members = new Map<string, K[]>();
  for (const { was, is } of steps) {
    if (was) members.set(was.state, []);
    if (is) members.set(is.state, []);
  }
  const firsts = new Map<string, number>();
  columns.forEach((column, place) => {
    if (!firsts.has(column.state)) firsts.set(column.state, place);
    members.get(column.state)?.push(column);
  });
  const fresh = [...members].flatMap(([state, own]) => (own.length > 0 ? [{ state, columns: own }] : []));
  return [...before.filter(({ state }) => !members.has(state)), ...fresh].sort(
    (one, other) => other.columns.length - one.columns.length || firsts.get(one.state)! - firsts.get(other.state)!,
  );
}
