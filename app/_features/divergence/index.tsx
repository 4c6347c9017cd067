'use client';
import { memo, useMemo } from 'react';
import { type Say, useSay } from '../../_i18n/language';
import {
  ClassStack,
  DigestMark,
  type SheetDrawn,
  SignCounts,
  sayCondition,
  sayRaised,
  useCountSentence,
} from '../../_picture';
import { Panel, useNarrow } from '../../_ui';
import {
  type Condition,
  countChanges,
  countSigns,
  type Drawn,
  drawnOf,
  type ImageView,
  type Signs,
  type Table,
} from '../../_view';
import { SheetTable } from './sheet-table';

export { Counters } from './counters';

/** Above this many containers, equal sheets are drawn as one. */
const mostSheets = 60;

interface ClassPicture {
  readonly image: ImageView;
  readonly table: Table;
  /** By seat: who asks, who is stuck, who is quiet. Only for those who teach. */
  readonly conditions?: ReadonlyMap<string, Condition>;
}

const nothing: ReadonlyMap<string, Condition> = new Map();

/** The picture of the class: one image, and every container's sheet above it; below it the same in words and as a table. */
export const Divergence = memo(function Divergence({
  image,
  table,
  conditions = nothing,
  picked,
  onPick,
}: ClassPicture & { readonly picked: readonly string[]; readonly onPick: (id: string) => void }) {
  const say = useSay();
  const { drawn, sheets, sentence } = useSheets({ image, table, conditions });
  const count = table.columns.length;
  const narrow = useNarrow();
  const tall = narrow ? 560 : 400;
  const field = count <= 3 ? 200 : count <= 12 ? 290 : tall;
  const grouped = drawn.length < count;
  const counts = useMemo(() => countSigns(seatsOn(table), conditions), [table, conditions]);
  return (
    <Panel
      title={say('divergence.title', { n: count })}
      note={say(grouped ? 'divergence.grouped' : 'divergence.note')}
      className="contain-content"
    >
      <ClassStack
        {...{ sheets, sentence, picked, onPick, field }}
        width={narrow ? 380 : 660}
        layers={image.layers}
        label={image.reference}
        digest={image.imageId}
      />
      {count > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-soft">
          <span>{say('divergence.standOn', { n: count })}</span>
          <DigestMark digest={image.imageId} size={18} />
          <SignCounts counts={counts} className="text-ink" />
          {drawn.length > sheets.length && <span>{say('divergence.more', { n: drawn.length - sheets.length })}</span>}
        </p>
      )}
      {count > 0 && <SheetTable image={image} drawn={drawn} conditions={conditions} />}
    </Panel>
  );
});

/** The same for the wall: as large as the window allows, nothing to press, and nobody pointed out. */
export const Projected = memo(function Projected({ image, table }: ClassPicture) {
  const { sheets, sentence } = useSheets({ image, table });
  const count = table.columns.length;
  const field = count <= 3 ? 190 : count <= 12 ? 250 : 300;
  return (
    <div className="w-full [&_svg]:max-h-[calc(100dvh-96px)]">
      <ClassStack
        {...{ sheets, sentence, field }}
        layers={image.layers}
        label={image.reference}
        digest={image.imageId}
        width={560}
      />
    </div>
  );
});

const seatsOn = ({ columns }: Table) => columns.map(({ seat }) => seat);

/** A sheet for each container; for each group of equal ones where there are too many. */
function useSheets({ image, table, conditions = nothing }: ClassPicture) {
  const say = useSay();
  const count = useCountSentence();
  const drawn = useMemo(() => drawnOf(table, mostSheets), [table]);
  const raised = drawn.map(({ columns }) =>
    countSigns(
      columns.map(({ seat }) => seat),
      conditions,
    ),
  );
  const hung = chosen(drawn, raised);
  const sheets = hung.map((at): SheetDrawn => {
    const { place, column, columns } = drawn[at]!;
    const signs = raised[at]!;
    const several = columns.length > 1;
    const who = several ? say('groups.count', { n: columns.length }) : column.label;
    const words = several ? sayRaised(say, signs) : sayCondition(say, conditions.get(column.seat) ?? {});
    return {
      id: column.id,
      place,
      label: several ? `× ${columns.length}` : column.label,
      colour: several ? colourOf(column.state) : column.colour,
      changes: column.changes,
      dim: !columns.some(({ container }) => container.status === 'running'),
      standsOn: image.imageId,
      state: column.state,
      signs,
      sentence: sentenceOf(say, { who, what: count(countChanges(column.changes)), words, image, state: column.state }),
    };
  });
  const counted = { reference: image.reference, n: table.columns.length, layers: image.layers.length };
  return { sheets, drawn, sentence: say('divergence.sentence', counted) };
}

/**
 * Places of those that there is room to hang, in their order: the largest, and before them those where somebody asks or is
 * stuck.
 */
function chosen(drawn: readonly Drawn[], raised: readonly Signs[]): readonly number[] {
  const places = drawn.map((_, place) => place);
  if (places.length <= mostSheets) return places;
  const calls = (place: number) => Number(raised[place]!.asks + raised[place]!.stuck > 0);
  return [...places]
    .sort((a, b) => calls(b) - calls(a) || a - b)
    .slice(0, mostSheets)
    .sort((a, b) => a - b);
}

/** A group's, which is nobody's: the same state has the same. */
const colourOf = (state: string) => Number.parseInt(state.slice(7, 11), 16) % 30;

interface Told {
  readonly who: string;
  readonly what: string;
  readonly words: string;
  readonly image: ImageView;
  readonly state: string;
}

/** “Ana: 2 added, 1 changed; stands on 3f2a91c04b5e; its own state is 5f70bf18ab90; asks for help”. */
function sentenceOf(say: Say, { who, what, words, image, state }: Told): string {
  const parts = [
    `${who}: ${what}`,
    say('tags.standsOn', { digest: short(image.imageId) }),
    say('divergence.state', { digest: short(state) }),
    words,
  ];
  return parts.filter(Boolean).join('; ');
}

const short = (digest: string) => digest.replace(/^sha256:/, '').slice(0, 12);
