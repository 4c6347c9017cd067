import { type Differences, differencesOf, followed, type Column as Laid, type Group as Same } from '../../lib/compare';
import type { ChangeView, ContainerView, ImageView, SeatView } from './types';

/** One container with its owner, a column of the matrix and a sheet of the picture. */
export interface Column extends Laid {
  readonly seat: string;
  readonly owner: string;
  readonly colour: number;
  readonly container: ContainerView;
  /** Tells a seat's containers apart when it has several: `Ana · web`. */
  readonly label: string;
  /** Its container's, without folders that are only on the way. */
  readonly changes: readonly ChangeView[];
}

/** All containers on an image side by side: rows of paths, groups of equal sheets. */
export type Table = Differences<Column>;
export type MatrixRow = Table['rows'][number];
export type Group = Same<Column>;

export const emptyTable: Table = differencesOf<Column>([]);
/** The table that this one becomes with these columns; what stays as it was is the same object. */
export const tableAfter: (before: Table, columns: readonly Column[]) => Table = followed;

/** More containers than this are drawn by groups of equal sheets. */
const mostAlone = 40;

/** A column as the board draws it: a container, or where they are many one of a group of equals, which counts for all. */
export interface Drawn {
  /** Stays the same while people come to a state and leave it: a group's state, or the one container. */
  readonly place: string;
  readonly column: Column;
  readonly columns: readonly Column[];
}

/** Containers one by one; where they are many, a group of equal ones as one, large groups first. */
export function drawnOf({ columns, groups }: Table, most = mostAlone): readonly Drawn[] {
  if (columns.length <= most) return columns.map((column) => ({ place: column.id, column, columns: [column] }));
  return calm(groups).map(({ state, columns: all }) => ({
    place: all.length > 1 ? state : all[0]!.id,
    column: all[0]!,
    columns: all,
  }));
}

/**
 * Large groups first, but not for one more or less: those of nearly one size (up to twice) stand in the order of their
 * digests, so that people who come and go do not make everything change places.
 */
export function calm(groups: readonly Group[]): readonly Group[] {
  const size = ({ columns }: Group) => Math.floor(Math.log2(columns.length));
  return [...groups].sort((a, b) => size(b) - size(a) || (size(a) > 0 ? (a.state < b.state ? -1 : 1) : 0));
}

/** Every container that stands on the image, in the order of arrival; the others are told apart. */
export function columnsOf(
  seats: readonly SeatView[],
  image: ImageView,
): { readonly on: readonly Column[]; readonly elsewhere: readonly Column[] } {
  const all = seats.flatMap((seat) => seat.containers.map((container) => columnOf(seat, container)));
  return {
    on: all.filter(({ container }) => container.imageId === image.imageId),
    elsewhere: all.filter(({ container }) => container.imageId !== image.imageId),
  };
}

/** Views are replaced, never written to: a column is the same object for as long as nothing of it changes. */
const known = new WeakMap<ContainerView, Column>();

function columnOf({ seat, name, colour, containers }: SeatView, container: ContainerView): Column {
  const label = containers.length > 1 ? `${name} · ${container.name}` : name;
  const before = known.get(container);
  if (before?.label === label && before.seat === seat && before.owner === name && before.colour === colour)
    return before;
  const changes = container.changes.filter((change) => !change.onTheWay);
  const column = { id: container.id, seat, owner: name, colour, container, label, changes, state: container.digest };
  known.set(container, column);
  return column;
}

/**
 * Columns in the order of what they say of one path: the content that most share first, those that leave it as it is last;
 * within the same, as before.
 */
export function followedBy(drawn: readonly Drawn[], row: MatrixRow): readonly Drawn[] {
  const says = ({ column }: Drawn) => {
    const cell = row.cells.get(column.id);
    return cell && `${cell.kind} ${cell.digest ?? ''}`;
  };
  const counts = new Map<string | undefined, number>();
  for (const one of drawn) counts.set(says(one), (counts.get(says(one)) ?? 0) + one.columns.length);
  const order = [...counts.keys()].sort((a, b) =>
    a === undefined || b === undefined
      ? a === undefined
        ? 1
        : -1
      : counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1),
  );
  const places = new Map(order.map((said, place) => [said, place]));
  return [...drawn].sort((a, b) => places.get(says(a))! - places.get(says(b))!);
}
