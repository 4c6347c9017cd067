'use client';
import { memo, useState } from 'react';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { DigestMark, Round, SignMark, sayCondition, sayRaised, useCountSentence } from '../../_picture';
import { Button, Scroll } from '../../_ui';
import {
  type Column,
  type Condition,
  countChanges,
  countSigns,
  type Drawn,
  type ImageView,
  signOf,
  signs,
} from '../../_view';

const heads = [
  'divergence.who',
  'divergence.image',
  'divergence.own',
  'divergence.changes',
  'divergence.sign',
] as const satisfies readonly Key[];

/** The picture as a table, for whoever would rather read: a row a sheet. Only made when it is asked for. */
export function SheetTable({
  image,
  drawn,
  conditions,
}: {
  readonly image: ImageView;
  readonly drawn: readonly Drawn[];
  readonly conditions: ReadonlyMap<string, Condition>;
}) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  return (
    <div className="mt-2">
      <Button small look="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say(open ? 'divergence.hideTable' : 'divergence.table')}
      </Button>
      {open && (
        <Scroll label={say('divergence.tableLabel')} className="mt-2 max-h-[420px]">
          <table className="w-full text-left text-[13px]">
            <thead>
              <tr className="text-soft">
                {heads.map((head) => (
                  <th key={head} scope="col" className="sticky top-0 z-10 bg-card py-1 pr-3 font-medium">
                    {say(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {drawn.map(({ place, column, columns }) => (
                <Line
                  key={place}
                  column={column}
                  count={columns.length}
                  imageId={image.imageId}
                  {...raisedBy(columns, conditions)}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </div>
  );

  /** The signs of those whom a row stands for, and the words. */
  function raisedBy(columns: readonly Column[], all: ReadonlyMap<string, Condition>) {
    if (columns.length === 1) {
      const condition = all.get(columns[0]!.seat) ?? {};
      return { shown: signOf(condition) ?? '', raised: sayCondition(say, condition) };
    }
    const counts = countSigns(
      columns.map(({ seat }) => seat),
      all,
    );
    return { shown: signs.filter((sign) => counts[sign] > 0).join(' '), raised: sayRaised(say, counts) };
  }
}

const Line = memo(function Line({
  column,
  count,
  imageId,
  shown,
  raised,
}: {
  readonly column: Column;
  readonly count: number;
  readonly imageId: string;
  /** Signs, with blanks between. */
  readonly shown: string;
  readonly raised: string;
}) {
  const say = useSay();
  const sentence = useCountSentence();
  return (
    <tr className="border-t border-line align-middle">
      <th scope="row" className="max-w-56 py-1 pr-3 font-normal">
        <span className="flex items-center gap-2">
          <Round name={column.owner} colour={column.colour} size={22} />
          <bdi className="truncate">{count > 1 ? say('groups.count', { n: count }) : column.label}</bdi>
        </span>
      </th>
      <td className="pr-3 whitespace-nowrap">
        <DigestMark digest={imageId} size={16} />
      </td>
      <td className="pr-3 whitespace-nowrap">
        <DigestMark digest={column.state} size={16} />
      </td>
      <td className="pr-3">{sentence(countChanges(column.changes))}</td>
      <td>
        <span className="flex items-center gap-1.5">
          {signs.map((sign) => shown.split(' ').includes(sign) && <SignMark key={sign} sign={sign} />)}
          {raised}
        </span>
      </td>
    </tr>
  );
});
