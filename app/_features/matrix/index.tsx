'use client';
import { useMemo, useState } from 'react';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { changeColour, digestHue, glyphs, letters, Round } from '../../_picture';
import { Panel, Scroll } from '../../_ui';
import { type ChangeKind, type ChangeView, type Column, groupsOf, type MatrixRow, matrixOf } from '../../_view';

const words: Readonly<Record<ChangeKind, Key>> = {
  added: 'change.added',
  changed: 'change.changed',
  deleted: 'change.deleted',
};

/** More columns than this are drawn one a group of equal sheets. */
const mostColumns = 40;
const mostRows = 120;

/** The columns to draw, and for groups how many containers each stands for. */
function drawnOf(columns: readonly Column[]) {
  if (columns.length <= mostColumns) return { drawn: columns, alike: undefined };
  const groups = groupsOf(columns).slice(0, mostColumns);
  const alike = new Map(groups.map((group) => [group.columns[0]!.id, group.columns.length]));
  return { drawn: groups.map((group) => group.columns[0]!), alike };
}

/** Where they differ: paths against containers. The image column never changes. */
export function Matrix({
  columns,
  picked,
  onPick,
  onOpen,
}: {
  readonly columns: readonly Column[];
  readonly picked: readonly string[];
  readonly onPick: (id: string) => void;
  /** A cell was pressed: that container against the image, at that path. */
  readonly onOpen: (id: string, path: string) => void;
}) {
  const say = useSay();
  const [filter, setFilter] = useState('');
  const { drawn, alike } = useMemo(() => drawnOf(columns), [columns]);
  const rows = useMemo(() => matrixOf(drawn), [drawn]);
  const found = rows.filter(({ path }) => path.includes(filter.trim()));
  const shown = found.slice(0, mostRows);
  return (
    <Panel
      title={say('matrix.title')}
      note={say(alike ? 'matrix.noteGroups' : 'matrix.note')}
      tools={
        rows.length > 6 && (
          <input
            type="search"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
            placeholder={say('matrix.filter')}
            aria-label={say('matrix.filter')}
            className="w-40 rounded-lg border border-line-strong bg-card-high px-2.5 py-1 text-sm placeholder:text-soft"
          />
        )
      }
      bare
    >
      {rows.length === 0 ? (
        <p className="px-4 pt-1 pb-5 text-soft">{say(columns.length === 0 ? 'matrix.noContainers' : 'matrix.none')}</p>
      ) : (
        <Scroll
          label={say('matrix.caption', { n: rows.length, containers: columns.length })}
          className="max-h-[420px] px-4 pb-4"
        >
          <table className="border-separate border-spacing-0 text-[13px]">
            <caption className="sr-only">
              {say('matrix.caption', { n: rows.length, containers: columns.length })}
            </caption>
            <thead>
              <tr>
                <th scope="col" className="sticky top-0 left-0 z-20 bg-card pr-3 text-left font-medium text-soft">
                  {say('matrix.path')}
                </th>
                <th
                  scope="col"
                  className="sticky top-0 z-10 border-r-2 border-line-strong bg-card px-2 font-medium text-soft"
                >
                  {say('matrix.image')}
                </th>
                {drawn.map((column) => (
                  <th key={column.id} scope="col" className="sticky top-0 z-10 bg-card px-0.5 pb-1.5 align-bottom">
                    <button
                      type="button"
                      aria-pressed={picked.includes(column.id)}
                      onClick={() => onPick(column.id)}
                      className={`grid place-items-center rounded-full p-0.5 ${picked.includes(column.id) ? 'outline-2 outline-accent' : ''}`}
                    >
                      <Round name={column.owner} colour={column.colour} size={26} />
                      <span className="sr-only">{say('matrix.pick', { name: column.label })}</span>
                      {alike && <span className="text-[11px] leading-4 text-soft">×{alike.get(column.id)}</span>}
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <Row key={row.path} row={row} columns={drawn} onOpen={onOpen} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {found.length > shown.length && (
        <p className="px-4 pb-2 text-[13px] text-soft">{say('matrix.more', { n: found.length - shown.length })}</p>
      )}
      {rows.length > 0 && <Legend />}
    </Panel>
  );
}

function Row({
  row,
  columns,
  onOpen,
}: {
  readonly row: MatrixRow;
  readonly columns: readonly Column[];
  readonly onOpen: (id: string, path: string) => void;
}) {
  const say = useSay();
  return (
    <tr className="group/row">
      <th
        scope="row"
        className="sticky left-0 z-10 max-w-60 truncate bg-card py-0.5 pr-3 text-left font-mono font-normal group-hover/row:bg-paper-deep"
        title={row.path}
      >
        {row.path}
      </th>
      <td
        className="border-r-2 border-line-strong px-2 text-center text-soft group-hover/row:bg-paper-deep"
        title={row.inImage === undefined ? say('matrix.notInImage') : say('matrix.inLayer', { layer: row.inImage + 1 })}
      >
        <span aria-hidden="true">{row.inImage === undefined ? '·' : '▣'}</span>
        <span className="sr-only">
          {row.inImage === undefined ? say('matrix.notInImage') : say('matrix.inLayer', { layer: row.inImage + 1 })}
        </span>
      </td>
      {row.cells.map((cell, i) => (
        <td key={columns[i]!.id} className="px-0.5 py-0.5 text-center group-hover/row:bg-paper-deep">
          <Cell cell={cell} name={columns[i]!.label} path={row.path} onOpen={() => onOpen(columns[i]!.id, row.path)} />
        </td>
      ))}
    </tr>
  );
}

/** The glyph says what happened, the ground is the content's colour: equal grounds are equal bytes. */
function Cell({
  cell,
  name,
  path,
  onOpen,
}: {
  readonly cell: ChangeView | undefined;
  readonly name: string;
  readonly path: string;
  readonly onOpen: () => void;
}) {
  const say = useSay();
  if (!cell)
    return (
      <span className="inline-block size-2.5 rounded-[3px] border border-line-strong">
        <span className="sr-only">{say('matrix.same')}</span>
      </span>
    );
  const hue = cell.digest ? digestHue(cell.digest) : undefined;
  const ground =
    hue === undefined ? 'var(--del-wash)' : `light-dark(oklch(0.93 0.055 ${hue}), oklch(0.31 0.06 ${hue}))`;
  return (
    <button
      key={`${cell.kind}${cell.digest ?? ''}`}
      type="button"
      onClick={onOpen}
      title={`${name}: ${letters[cell.kind]} ${path}`}
      aria-label={say('matrix.open', { name, what: say(words[cell.kind]), path })}
      style={{ background: ground, color: changeColour[cell.kind] }}
      className="appear grid h-6 w-7 place-items-center rounded-md font-mono text-[15px] leading-none font-extrabold hover:outline-2 hover:outline-line-strong"
    >
      {glyphs[cell.kind]}
    </button>
  );
}

function Legend() {
  const say = useSay();
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 text-[13px] text-soft">
      {(['added', 'changed', 'deleted'] as const).map((kind) => (
        <span key={kind}>
          <b style={{ color: changeColour[kind] }} className="font-mono">
            {glyphs[kind]}
          </b>{' '}
          {say(words[kind])}
        </span>
      ))}
      <span>▢ {say('matrix.same')}</span>
      <span>{say('matrix.ground')}</span>
    </p>
  );
}
