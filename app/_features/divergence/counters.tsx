'use client';
import { memo } from 'react';
import { useSay } from '../../_i18n/language';
import { type ImageView, showBytes, type Table } from '../../_view';

/** Four numbers that say what sharing an image means. */
export const Counters = memo(function Counters({
  image,
  table: { columns, groups },
  elsewhere,
}: {
  readonly image: ImageView;
  readonly table: Table;
  readonly elsewhere: number;
}) {
  const say = useSay();
  const size = image.layers.reduce((sum, layer) => sum + layer.size, 0);
  const written = columns.reduce((sum, { container }) => sum + container.bytes, 0);
  const running = columns.filter(({ container }) => container.status === 'running').length;
  const cells: readonly (readonly [string, string])[] = [
    ['1', say('counters.image', { n: image.layers.length, size: showBytes(size) })],
    [String(columns.length), say('counters.containers', { n: columns.length, running })],
    [showBytes(written), say('counters.written', { whole: showBytes(size * columns.length) })],
    [String(groups.length), say('counters.states', { n: groups.length })],
  ];
  return (
    <div className="grid gap-3">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {cells.map(([value, label]) => (
          <div key={label} className="surface flex flex-col-reverse justify-end px-4 py-3">
            <dt className="text-sm text-soft">{label}</dt>
            <dd className="text-[26px] leading-tight font-[650] tracking-tight">{value}</dd>
          </div>
        ))}
      </dl>
      {elsewhere > 0 && <p className="text-sm text-chg">{say('counters.elsewhere', { n: elsewhere })}</p>}
    </div>
  );
});
