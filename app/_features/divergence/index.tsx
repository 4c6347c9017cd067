'use client';
import { useSay } from '../../_i18n/language';
import { ClassStack, type SheetDrawn, useCountSentence } from '../../_picture';
import { Panel } from '../../_ui';
import { type Column, countChanges, type Group, groupsOf, type ImageView, showBytes } from '../../_view';

/** Above this many sheets, equal ones are drawn as one. */
const mostSheets = 60;

interface ClassPicture {
  readonly image: ImageView;
  readonly columns: readonly Column[];
}

/** The picture of the class: one image, and every container's sheet above it. */
export function Divergence({
  image,
  columns,
  picked,
  onPick,
}: ClassPicture & { readonly picked: readonly string[]; readonly onPick: (id: string) => void }) {
  const say = useSay();
  const { sheets, sentence, grouped } = useSheets({ image, columns });
  const field = columns.length <= 3 ? 200 : columns.length <= 12 ? 290 : 350;
  return (
    <Panel
      title={say('divergence.title', { n: columns.length })}
      note={say(grouped ? 'divergence.grouped' : 'divergence.note')}
    >
      <ClassStack {...{ sheets, sentence, picked, onPick, field }} layers={image.layers} label={image.reference} />
    </Panel>
  );
}

/** The same for the wall: as large as the window allows, nothing to press. */
export function Projected({ image, columns }: ClassPicture) {
  const { sheets, sentence } = useSheets({ image, columns });
  const field = columns.length <= 3 ? 190 : columns.length <= 12 ? 250 : 300;
  return (
    <div className="w-full [&_svg]:max-h-[calc(100dvh-96px)]">
      <ClassStack {...{ sheets, sentence, field }} layers={image.layers} label={image.reference} width={560} />
    </div>
  );
}

/** A sheet for each container; for each group of equal ones where there are too many. */
function useSheets({ image, columns }: ClassPicture) {
  const say = useSay();
  const count = useCountSentence();
  const grouped = columns.length > mostSheets;
  const one = (column: Column): SheetDrawn => ({
    id: column.id,
    label: column.label,
    colour: column.colour,
    changes: column.container.changes,
    dim: column.container.status !== 'running',
    sentence: `${column.label}: ${count(countChanges(column.container.changes.filter((change) => !change.onTheWay)))}`,
  });
  const many = (group: Group): SheetDrawn => ({
    ...one(group.columns[0]!),
    label: group.columns.length > 1 ? `× ${group.columns.length}` : group.columns[0]!.label,
    sentence: `${say('groups.count', { n: group.columns.length })}: ${count(countChanges(group.changes))}`,
  });
  const sheets = grouped ? groupsOf(columns).slice(0, mostSheets).map(many) : columns.map(one);
  const counted = { reference: image.reference, n: columns.length, layers: image.layers.length };
  return { sheets, grouped, sentence: say('divergence.sentence', counted) };
}

/** Four numbers that say what sharing an image means. */
export function Counters({
  image,
  columns,
  elsewhere,
}: {
  readonly image: ImageView;
  readonly columns: readonly Column[];
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
    [String(groupsOf(columns).length), say('counters.states', { n: groupsOf(columns).length })],
  ];
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {cells.map(([value, label]) => (
        <div key={label} className="surface flex flex-col-reverse justify-end px-4 py-3">
          <dt className="text-sm text-soft">{label}</dt>
          <dd className="text-[26px] leading-tight font-[650] tracking-tight">{value}</dd>
        </div>
      ))}
      {elsewhere > 0 && <p className="col-span-full text-sm text-chg">{say('counters.elsewhere', { n: elsewhere })}</p>}
    </dl>
  );
}
