import { memo } from 'react';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { changeColour, digestGround, glyphs, letters } from '../../_picture';
import { type ChangeKind, type ChangeView, legible, type MatrixRow } from '../../_view';

export const words: Readonly<Record<ChangeKind, Key>> = {
  added: 'change.added',
  changed: 'change.changed',
  deleted: 'change.deleted',
};

/** Of a column, as far as its cells need it. */
export interface Head {
  readonly place: string;
  readonly id: string;
  readonly label: string;
}

/** One path. Drawn again only when somebody says something else of it. */
export const Row = memo(function Row({
  row,
  at,
  heads,
  from,
  after,
  followed,
  open,
  follow,
}: {
  readonly row: MatrixRow;
  /** Its place among all rows. */
  readonly at: number;
  /** The columns that can be seen; `from` stand before them, `after` behind. */
  readonly heads: readonly Head[];
  readonly from: number;
  readonly after: number;
  readonly followed: boolean;
  readonly open: (id: string, path: string) => void;
  readonly follow: (path: string) => void;
}) {
  const say = useSay();
  const { path, inImage } = row;
  const where = inImage === undefined ? say('matrix.notInImage') : say('matrix.inLayer', { layer: inImage + 1 });
  return (
    <tr className="group/row h-7" aria-rowindex={at + 2}>
      <th
        scope="row"
        aria-colindex={1}
        className="sticky left-0 z-10 bg-card p-0 pr-3 text-left font-normal group-hover/row:bg-paper-deep"
        title={legible(path)}
      >
        <button
          type="button"
          aria-pressed={followed}
          onClick={() => follow(path)}
          className={`block max-w-full truncate text-left font-mono hover:underline ${followed ? 'font-bold' : ''}`}
        >
          <span className="sr-only">{say('matrix.follow')} </span>
          {legible(path)}
        </button>
      </th>
      <td
        aria-colindex={2}
        className="border-r-2 border-line-strong px-2 text-center text-soft group-hover/row:bg-paper-deep"
        title={where}
      >
        <span aria-hidden="true">{inImage === undefined ? '·' : '▣'}</span>
        <span className="sr-only">{where}</span>
      </td>
      {from > 0 && <td aria-hidden="true" />}
      {heads.map((head, i) => (
        <td key={head.place} aria-colindex={from + i + 3} className="px-0.5 text-center group-hover/row:bg-paper-deep">
          <Cell cell={row.cells.get(head.id)} id={head.id} name={head.label} path={path} open={open} />
        </td>
      ))}
      {after > 0 && <td aria-hidden="true" />}
    </tr>
  );
});

/** The glyph says what happened, the ground is the content's colour: equal grounds are equal bytes. */
const Cell = memo(function Cell({
  cell,
  id,
  name,
  path,
  open,
}: {
  readonly cell: ChangeView | undefined;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly open: (id: string, path: string) => void;
}) {
  const say = useSay();
  if (!cell)
    return (
      <span className="inline-block size-2.5 rounded-[3px] border border-line-strong">
        <span className="sr-only">{say('matrix.same')}</span>
      </span>
    );
  return (
    <button
      key={`${cell.kind}${cell.digest ?? ''}`}
      type="button"
      onClick={() => open(id, path)}
      title={`${name}: ${letters[cell.kind]} ${legible(path)}`}
      aria-label={say('matrix.open', { name, what: say(words[cell.kind]), path: legible(path) })}
      style={{ background: digestGround(cell.digest), color: changeColour[cell.kind] }}
      className="appear grid h-6 w-7 place-items-center rounded-md font-mono text-[15px] leading-none font-extrabold hover:outline-2 hover:outline-line-strong"
    >
      {glyphs[cell.kind]}
    </button>
  );
});
