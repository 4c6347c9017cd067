'use client';
import { useSay } from '../../_i18n/language';
import { changeColour, digestGround, glyphs, Round } from '../../_picture';
import { Scroll } from '../../_ui';
import { type ChangeView, type Column, drawnOf, legible, type Table } from '../../_view';

const most = { rows: 8, columns: 20, tiles: 36 };

/** The matrix for the last row: the paths that most have touched, large. */
export function PathMatrix({ table }: { readonly table: Table }) {
  const say = useSay();
  const { rows } = table;
  const drawn = drawnOf(table, most.columns)
    .slice(0, most.columns)
    .map(({ column }) => column);
  if (rows.length === 0) return <p className="text-3xl text-soft">{say('matrix.none')}</p>;
  return (
    <Scroll label={say('matrix.title')} className="max-w-full">
      <table className="border-separate border-spacing-x-2 border-spacing-y-3 text-[16px] sm:text-[24px]">
        <caption className="mb-5 text-left text-[30px] font-semibold">{say('matrix.title')}</caption>
        <thead>
          <tr>
            <th scope="col" className="text-left font-medium text-soft">
              {say('matrix.path')}
            </th>
            <th scope="col" className="px-4 font-medium text-soft">
              {say('matrix.image')}
            </th>
            {drawn.map((column) => (
              <th key={column.id} scope="col">
                <Round name={column.owner} colour={column.colour} size={60} />
                <span className="sr-only">{column.label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most.rows).map((row) => (
            <tr key={row.path}>
              <th scope="row" className="max-w-[32ch] truncate pr-4 text-left font-mono font-normal">
                {legible(row.path)}
              </th>
              <td className="text-center text-soft">
                <span aria-hidden="true">{row.inImage === undefined ? '·' : '▣'}</span>
                <span className="sr-only">
                  {row.inImage === undefined
                    ? say('matrix.notInImage')
                    : say('matrix.inLayer', { layer: row.inImage + 1 })}
                </span>
              </td>
              {drawn.map(({ id }) => (
                <td key={id} className="text-center">
                  <Tile cell={row.cells.get(id)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** One path through the class: the image’s own file, and what each sheet says instead. */
export function OnePath({ columns, path }: { readonly columns: readonly Column[]; readonly path: string }) {
  const say = useSay();
  const cells = columns.map((column) => ({
    column,
    cell: column.changes.find((change) => change.path === path),
  }));
  const touched = cells.filter(({ cell }) => cell);
  const contents = new Set(touched.map(({ cell }) => `${cell!.kind} ${cell!.digest ?? ''}`));
  const inImage = touched.find(({ cell }) => cell?.covers !== undefined)?.cell?.covers;
  const shown = [...touched, ...cells.filter(({ cell }) => !cell)].slice(0, most.tiles);
  return (
    <div className="grid w-full gap-7">
      <p className="font-mono text-[40px] leading-tight font-bold break-all">{legible(path)}</p>
      <p className="text-[26px]">
        {say('spotlight.pathSentence', { n: touched.length, all: columns.length, contents: contents.size })}{' '}
        <span className="text-soft">
          {inImage === undefined ? say('matrix.notInImage') : say('matrix.inLayer', { layer: inImage + 1 })}
        </span>
      </p>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,260px),1fr))] gap-x-6 gap-y-3">
        {shown.map(({ column, cell }) => (
          <li key={column.id} className="flex min-w-0 items-center gap-3">
            <Tile cell={cell} />
            <bdi className={`truncate text-[24px] ${cell ? 'font-semibold' : 'text-soft'}`}>{column.label}</bdi>
          </li>
        ))}
      </ul>
      {cells.length > shown.length && <p className="text-[24px] text-soft">+{cells.length - shown.length}</p>}
    </div>
  );
}

const words = { added: 'change.added', changed: 'change.changed', deleted: 'change.deleted' } as const;

/** Equal grounds are equal bytes. */
function Tile({ cell }: { readonly cell: ChangeView | undefined }) {
  const say = useSay();
  if (!cell)
    return (
      <span className="inline-grid size-14 shrink-0 place-items-center">
        <span className="size-5 rounded-md border-2 border-line-strong" />
        <span className="sr-only">{say('matrix.same')}</span>
      </span>
    );
  return (
    <span
      key={`${cell.kind}${cell.digest ?? ''}`}
      style={{ background: digestGround(cell.digest), color: changeColour[cell.kind] }}
      className="appear inline-grid size-14 shrink-0 place-items-center rounded-xl font-mono text-[32px] font-extrabold"
    >
      <span aria-hidden="true">{glyphs[cell.kind]}</span>
      <span className="sr-only">{say(words[cell.kind])}</span>
    </span>
  );
}
