'use client';
import { memo, type RefObject, useMemo, useRef, useState } from 'react';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { Panel, Scroll, useKept, useSteady, useWindow } from '../../_ui';
import { drawnOf, followedBy, legible, type MatrixRow, type Table } from '../../_view';
import { Heads } from './heads';
import { Legend } from './legend';
import { columnWidth, imageWidth, rowHeight, widthOf } from './measures';
import { type Head, Row } from './row';

type Order = 'touched' | 'path' | 'contents';
const orders: Readonly<Record<Order, Key>> = {
  touched: 'matrix.by.touched',
  path: 'matrix.by.path',
  contents: 'matrix.by.contents',
};

/** Where they differ: paths against containers. The image column never changes. */
export const Matrix = memo(function Matrix({
  table,
  picked,
  onPick,
  onOpen,
}: {
  readonly table: Table;
  readonly picked: readonly string[];
  readonly onPick: (id: string) => void;
  /** A cell was pressed: that container against the image, at that path. */
  readonly onOpen: (id: string, path: string) => void;
}) {
  const say = useSay();
  const [filter, setFilter] = useState('');
  const [order, setOrder] = useState<Order>('touched');
  const [followed, setFollowed] = useState<string>();
  const region = useRef<HTMLElement>(null);
  const { rows, columns } = table;
  const wanted = filter.trim();
  const found = useMemo(
    () => ordered(wanted ? rows.filter(({ path }) => path.includes(wanted)) : rows, order),
    [rows, wanted, order],
  );
  const first = rows.find(({ path }) => path === followed);
  const shown = useMemo(() => (first ? [first, ...found.filter((row) => row !== first)] : found), [first, found]);
  const caption = say('matrix.caption', { n: rows.length, containers: columns.length });
  const grouped = drawnOf(table).length < columns.length;
  return (
    <Panel
      title={say('matrix.title')}
      note={say(grouped ? 'matrix.noteGroups' : 'matrix.note')}
      className="contain-content"
      tools={
        rows.length > 6 && (
          <>
            <select
              value={order}
              onChange={(event) => setOrder(event.target.value as Order)}
              aria-label={say('matrix.order')}
              className="rounded-lg border border-line-strong bg-card-high px-2 py-1 text-sm"
            >
              {(Object.keys(orders) as Order[]).map((one) => (
                <option key={one} value={one}>
                  {say(orders[one])}
                </option>
              ))}
            </select>
            <input
              type="search"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
              placeholder={say('matrix.filter')}
              aria-label={say('matrix.filter')}
              className="w-36 rounded-lg border border-line-strong bg-card-high px-2.5 py-1 text-sm placeholder:text-soft"
            />
          </>
        )
      }
      bare
    >
      {first && (
        <p role="status" className="px-4 pb-1 text-[13px]">
          <b className="font-mono break-all">{legible(first.path)}</b>{' '}
          {say('spotlight.pathSentence', { n: first.cells.size, all: columns.length, contents: first.contents })}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="px-4 pt-1 pb-5 text-soft">{say(columns.length === 0 ? 'matrix.noContainers' : 'matrix.none')}</p>
      ) : (
        <Scroll ref={region} label={caption} className="max-h-[420px] px-4 pb-4 [overflow-anchor:none]">
          <Grid
            {...{ region, caption, table, picked, onPick, onOpen, rows: shown, first }}
            onFollow={(path) => setFollowed(path === followed ? undefined : path)}
          />
        </Scroll>
      )}
      {rows.length > 0 && found.length === 0 && <p className="px-4 pb-3 text-soft">{say('matrix.notFound')}</p>}
      {rows.length > 0 && <Legend />}
    </Panel>
  );
});

function ordered(rows: readonly MatrixRow[], order: Order): readonly MatrixRow[] {
  if (order === 'touched') return rows;
  const byPath = (a: MatrixRow, b: MatrixRow) => (a.path < b.path ? -1 : 1);
  return [...rows].sort(order === 'path' ? byPath : (a, b) => b.contents - a.contents || byPath(a, b));
}

/** The table itself, as far as it can be seen: of hundreds of paths and columns only those are made. */
function Grid({
  region,
  caption,
  table,
  rows,
  first,
  picked,
  onPick,
  onOpen,
  onFollow,
}: {
  readonly region: RefObject<HTMLElement | null>;
  readonly caption: string;
  readonly table: Table;
  readonly rows: readonly MatrixRow[];
  /** The row that is followed: columns stand in the order of what they say of it. */
  readonly first: MatrixRow | undefined;
  readonly picked: readonly string[];
  readonly onPick: (id: string) => void;
  readonly onOpen: (id: string, path: string) => void;
  readonly onFollow: (path: string) => void;
}) {
  const drawn = useMemo(() => (first ? followedBy(drawnOf(table), first) : drawnOf(table)), [table, first]);
  const down = useWindow(region, { count: rows.length, size: rowHeight, axis: 'y' });
  const across = useWindow(region, { count: drawn.length, size: columnWidth, axis: 'x' });
  const heads = useKept(
    drawn.slice(across.from, across.upTo).map(({ place, column: { id, label } }) => ({ place, id, label })),
    sameHeads,
  );
  const pick = useSteady(onPick);
  const open = useSteady(onOpen);
  const follow = useSteady(onFollow);
  const after = drawn.length - across.upTo;
  const pathWidth = widthOf(rows);
  return (
    <table
      aria-rowcount={rows.length + 1}
      aria-colcount={drawn.length + 2}
      style={{ width: pathWidth + imageWidth + drawn.length * columnWidth }}
      className={`table-fixed border-separate border-spacing-0 text-[13px] ${drawn.length > 40 ? 'still' : ''}`}
    >
      <caption className="sr-only">{caption}</caption>
      <Heads
        drawn={drawn.slice(across.from, across.upTo)}
        from={across.from}
        after={after}
        {...{ pathWidth, picked, pick }}
      />
      <tbody>
        <Gap rows={down.from} />
        {rows.slice(down.from, down.upTo).map((row, i) => (
          <Row
            key={row.path}
            row={row}
            at={down.from + i}
            heads={heads}
            from={across.from}
            after={after}
            followed={row === first}
            open={open}
            follow={follow}
          />
        ))}
        <Gap rows={rows.length - down.upTo} />
      </tbody>
    </table>
  );
}

/** Room for rows that are not made. */
function Gap({ rows }: { readonly rows: number }) {
  if (rows <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: there is nothing in it to come to
    <tr aria-hidden="true">
      <td className="p-0" style={{ height: rows * rowHeight }} />
    </tr>
  );
}

/** Rows are not drawn anew for a column that only says something else. */
function sameHeads(before: readonly Head[], now: readonly Head[]): boolean {
  const same = (one: Head, other: Head) =>
    one.place === other.place && one.id === other.id && one.label === other.label;
  return before.length === now.length && before.every((head, i) => same(head, now[i]!));
}
