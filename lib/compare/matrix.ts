import type { ChangedPath } from './changed-paths';

/** A column of the class's table: one container, and what its sheet changes. */
export interface Column {
  readonly id: string;
  readonly changes: readonly ChangedPath[];
  /** Equal digests are equal states (`Sheet.stateDigest`). */
  readonly state: string;
}

export interface Row {
  readonly path: string;
  /** Whether the image has it: somebody covered or hid it. */
  readonly inImage: boolean;
  /** By column; absent where the container sees what the image says. */
  readonly cells: ReadonlyMap<string, ChangedPath>;
  /** Folders that are only on the way to changes. */
  readonly onTheWay: boolean;
  /** How many different contents there are, the image's own aside. */
  readonly contents: number;
}

/** Rows are the paths that anybody touched, in the order of paths; most screens leave those on the way out. */
export function differenceMatrix(columns: readonly Column[]): readonly Row[] {
  const rows = new Map<string, Map<string, ChangedPath>>();
  for (const { id, changes } of columns) {
    for (const change of changes) {
      const cells = rows.get(change.path) ?? new Map<string, ChangedPath>();
      rows.set(change.path, cells.set(id, change));
    }
  }
  return [...rows].map(([path, cells]) => row(path, cells)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function row(path: string, cells: ReadonlyMap<string, ChangedPath>): Row {
  const all = [...cells.values()];
  return {
    path,
    cells,
    inImage: all.some((cell) => cell.kind !== 'added'),
    onTheWay: all.every((cell) => cell.onTheWay),
    contents: new Set(all.map((cell) => (cell.kind === 'deleted' ? 'deleted' : (cell.digest ?? cell.is)))).size,
  };
}

/** Columns of equal state together, the largest group first; within a size, in the order of arrival. */
export function equalStates(columns: readonly Column[]): readonly (readonly Column[])[] {
  const groups = new Map<string, Column[]>();
  for (const column of columns) {
    const group = groups.get(column.state);
    if (group) group.push(column);
    else groups.set(column.state, [column]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
