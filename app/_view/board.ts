import type { ChangeView, ContainerView, ImageView, SeatView } from './types';

/** One container with its owner, a column of the matrix and a sheet of the picture. */
export interface Column {
  readonly id: string;
  readonly seat: string;
  readonly owner: string;
  readonly colour: number;
  readonly container: ContainerView;
  /** Tells a seat's containers apart when it has several: `Ana · web`. */
  readonly label: string;
}

export interface MatrixRow {
  readonly path: string;
  /** By column; undefined where the path is as in the image. */
  readonly cells: readonly (ChangeView | undefined)[];
  /** The layer that has the path, if the image has it. */
  readonly inImage: number | undefined;
  /** How many columns touch it. */
  readonly touched: number;
}

export interface Group {
  readonly digest: string;
  readonly columns: readonly Column[];
  readonly changes: readonly ChangeView[];
}

/** Every container that stands on the image, in the order of arrival; the others are told apart. */
export function columnsOf(
  seats: readonly SeatView[],
  image: ImageView,
): { readonly on: readonly Column[]; readonly elsewhere: readonly Column[] } {
  const all = seats.flatMap((seat) =>
    seat.containers.map((container) => ({
      id: container.id,
      seat: seat.seat,
      owner: seat.name,
      colour: seat.colour,
      container,
      label: seat.containers.length > 1 ? `${seat.name} · ${container.name}` : seat.name,
    })),
  );
  return {
    on: all.filter(({ container }) => container.imageId === image.imageId),
    elsewhere: all.filter(({ container }) => container.imageId !== image.imageId),
  };
}

/** Paths that anybody touched against containers; folders only on the way are left out. Most touched first, then by name. */
export function matrixOf(columns: readonly Column[]): readonly MatrixRow[] {
  const maps = columns.map(
    ({ container }) =>
      new Map(container.changes.filter((change) => !change.onTheWay).map((change) => [change.path, change])),
  );
  const paths = new Set(maps.flatMap((map) => [...map.keys()]));
  return [...paths]
    .map((path) => {
      const cells = maps.map((map) => map.get(path));
      const inImage = cells.find((cell) => cell?.covers !== undefined)?.covers;
      return { path, cells, inImage, touched: cells.filter(Boolean).length };
    })
    .sort((a, b) => b.touched - a.touched || (a.path < b.path ? -1 : 1));
}

/** Equal sheets together, exactly, by digest; the largest group first. */
export function groupsOf(columns: readonly Column[]): readonly Group[] {
  const groups = new Map<string, Column[]>();
  for (const column of columns)
    groups.set(column.container.digest, [...(groups.get(column.container.digest) ?? []), column]);
  return [...groups]
    .map(([digest, members]) => ({
      digest,
      columns: members,
      changes: members[0]!.container.changes.filter((change) => !change.onTheWay),
    }))
    .sort((a, b) => b.columns.length - a.columns.length);
}
