'use client';
import { useSay } from '../../_i18n/language';
import { DigestMark, Round, useCountSentence } from '../../_picture';
import { Panel } from '../../_ui';
import { type Column, countChanges, type Group, groupsOf } from '../../_view';

const mostRounds = 14;

/** Who has come to the same state, exactly: sheets with the same digest. Those who are alone with theirs come last, in one line. */
export function Groups({
  columns,
  onPick,
}: {
  readonly columns: readonly Column[];
  readonly onPick: (ids: readonly string[]) => void;
}) {
  const say = useSay();
  const groups = groupsOf(columns);
  const shared = groups.filter((group) => group.columns.length > 1 || group.changes.length === 0);
  const alone = groups.filter((group) => !shared.includes(group)).flatMap((group) => group.columns);
  if (groups.length === 0) return null;
  return (
    <Panel title={say('groups.title')} note={say('groups.note')}>
      <ul className="flex flex-wrap gap-2.5">
        {shared.slice(0, 24).map((group) => (
          <li key={group.digest}>
            <OneGroup group={group} onPick={onPick} />
          </li>
        ))}
      </ul>
      {alone.length > 0 && (
        <p className={`flex flex-wrap items-center gap-x-3 gap-y-1.5 ${shared.length > 0 ? 'mt-3' : ''}`}>
          <span>{say(shared.length > 0 ? 'groups.alone' : 'groups.allAlone', { n: alone.length })}</span>
          <Rounds columns={alone} />
        </p>
      )}
    </Panel>
  );
}

function OneGroup({ group, onPick }: { readonly group: Group; readonly onPick: (ids: readonly string[]) => void }) {
  const say = useSay();
  const sentence = useCountSentence();
  return (
    <button
      type="button"
      onClick={() => onPick(group.columns.map(({ id }) => id))}
      className="grid gap-1.5 rounded-[10px] border border-line px-3 py-2 text-left hover:border-line-strong"
    >
      <span className="flex flex-wrap items-center gap-2">
        <DigestMark digest={group.digest} size={22} />
        <b>{say('groups.count', { n: group.columns.length })}</b>
      </span>
      <span className="text-[13px] text-soft">
        {group.changes.length === 0 ? say('groups.untouched') : sentence(countChanges(group.changes))}
      </span>
      <Rounds columns={group.columns} />
    </button>
  );
}

function Rounds({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      {columns.slice(0, mostRounds).map((column) => (
        <Round key={column.id} name={column.label} colour={column.colour} size={22} />
      ))}
      {columns.length > mostRounds && <span className="text-[13px] text-soft">+{columns.length - mostRounds}</span>}
      <span className="sr-only">{columns.map(({ label }) => label).join(', ')}</span>
    </span>
  );
}
