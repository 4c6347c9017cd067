import { useSay } from '../../_i18n/language';
import { Round } from '../../_picture';
import type { Drawn } from '../../_view';
import { columnWidth, imageWidth } from './measures';

/** The columns' owners; of a group of equal sheets its first, and how many they are. */
export function Heads({
  drawn,
  from,
  after,
  pathWidth,
  picked,
  pick,
}: {
  readonly drawn: readonly Drawn[];
  /** Columns before the first of these, and after the last. */
  readonly from: number;
  readonly after: number;
  readonly pathWidth: number;
  readonly picked: readonly string[];
  readonly pick: (id: string) => void;
}) {
  const say = useSay();
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th
          scope="col"
          style={{ width: pathWidth }}
          className="sticky top-0 left-0 z-20 bg-card pr-3 text-left font-medium text-soft"
          aria-colindex={1}
        >
          {say('matrix.path')}
        </th>
        <th
          scope="col"
          aria-colindex={2}
          style={{ width: imageWidth }}
          className="sticky top-0 z-10 border-r-2 border-line-strong bg-card px-2 font-medium text-soft"
        >
          {say('matrix.image')}
        </th>
        {from > 0 && <td aria-hidden="true" style={{ width: from * columnWidth }} className="bg-card" />}
        {drawn.map(({ place, column, columns }, i) => (
          <th
            key={place}
            scope="col"
            aria-colindex={from + i + 3}
            style={{ width: columnWidth }}
            className="sticky top-0 z-10 bg-card px-0.5 pt-1 pb-1.5 align-bottom"
          >
            <button
              type="button"
              aria-pressed={picked.includes(column.id)}
              onClick={() => pick(column.id)}
              className={`grid w-7 place-items-center rounded-full p-px ${picked.includes(column.id) ? 'outline-2 outline-accent' : ''}`}
            >
              <Round name={column.owner} colour={column.colour} size={26} />
              <span className="sr-only">{say('matrix.pick', { name: column.label })}</span>
              {columns.length > 1 && <span className="text-[11px] leading-4 text-soft">×{columns.length}</span>}
            </button>
          </th>
        ))}
        {after > 0 && <td aria-hidden="true" style={{ width: after * columnWidth }} className="bg-card" />}
      </tr>
    </thead>
  );
}
