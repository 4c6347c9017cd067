'use client';
import { memo } from 'react';
import { useSay } from '../../_i18n/language';
import { DigestMark, Round, SignCounts, useCountSentence } from '../../_picture';
import { Panel } from '../../_ui';
import { type Column, type Condition, calm, countChanges, countSigns, type Group, type Table } from '../../_view';

const mostRounds = 14;
const mostGroups = 24;

/** Who has come to the same state, exactly: sheets with the same digest. Those who are alone with theirs come last, in one line. */
export const Groups = memo(function Groups({
  table: { groups },
  conditions,
  onPick,
}: {
  readonly table: Table;
  /** By seat: who asks, who is stuck, who is quiet. Only for those who teach. */
  readonly conditions?: ReadonlyMap<string, Condition>;
  readonly onPick: (ids: readonly string[]) => void;
}) {
  const say = useSay();
  const shared = calm(groups.filter(isShared));
  const alone = groups.filter((group) => !isShared(group)).flatMap((group) => group.columns);
  if (groups.length === 0) return null;
  return (
    <Panel title={say('groups.title')} note={say('groups.note')} className="contain-content">
      <ul className="flex flex-wrap gap-2.5">
        {shared.slice(0, mostGroups).map((group) => (
          <li key={group.state}>
            <OneGroup group={group} {...signsOf(group, conditions)} onPick={onPick} />
          </li>
        ))}
      </ul>
      {shared.length > mostGroups && <p className="mt-3">{say('groups.more', { n: shared.length - mostGroups })}</p>}
      {alone.length > 0 && (
        <p className={`flex flex-wrap items-center gap-x-3 gap-y-1.5 ${shared.length > 0 ? 'mt-3' : ''}`}>
          <span>{say(shared.length > 0 ? 'groups.alone' : 'groups.allAlone', { n: alone.length })}</span>
          <Rounds columns={alone} />
        </p>
      )}
    </Panel>
  );
});

/** Also one person's, when it is the image's own: nothing is written. */
const isShared = ({ columns }: Group) => columns.length > 1 || columns[0]!.changes.length === 0;

function signsOf({ columns }: Group, conditions: ReadonlyMap<string, Condition> = new Map()) {
  return countSigns(
    columns.map(({ seat }) => seat),
    conditions,
  );
}

const OneGroup = memo(function OneGroup({
  group,
  asks,
  stuck,
  idle,
  onPick,
}: {
  readonly group: Group;
  readonly asks: number;
  readonly stuck: number;
  readonly idle: number;
  readonly onPick: (ids: readonly string[]) => void;
}) {
  const say = useSay();
  const sentence = useCountSentence();
  const { changes } = group.columns[0]!;
  return (
    <button
      type="button"
      onClick={() => onPick(group.columns.map(({ id }) => id))}
      className="grid gap-1.5 rounded-[10px] border border-line px-3 py-2 text-left hover:border-line-strong"
    >
      <span className="flex flex-wrap items-center gap-2">
        <DigestMark digest={group.state} size={22} />
        <b>{say('groups.count', { n: group.columns.length })}</b>
      </span>
      <span className="text-[13px] text-soft">
        {changes.length === 0 ? say('groups.untouched') : sentence(countChanges(changes))}
      </span>
      <SignCounts counts={{ asks, stuck, idle }} />
      <Rounds columns={group.columns} />
    </button>
  );
});

const Rounds = memo(function Rounds({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      {columns.slice(0, mostRounds).map((column) => (
        <Round key={column.id} name={column.label} colour={column.colour} size={22} />
      ))}
      {columns.length > mostRounds && <span className="text-[13px] text-soft">+{columns.length - mostRounds}</span>}
      <span className="sr-only">{columns.map(({ label }) => label).join(', ')}</span>
    </span>
  );
});
