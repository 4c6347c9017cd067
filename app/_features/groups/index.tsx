'use client';
import { useSay } from '../../_i18n/language';
import { DigestMark, Round, useCountSentence } from '../../_picture';
import { Panel } from '../../_ui';
import { type Column, countChanges, groupsOf } from '../../_view';

/** Who has come to the same state, exactly: sheets with the same digest. */
export function Groups({
  columns,
  onPick,
}: {
  readonly columns: readonly Column[];
  readonly onPick: (ids: readonly string[]) => void;
}) {
  const say = useSay();
  const sentence = useCountSentence();
  const groups = groupsOf(columns);
  if (groups.length === 0) return null;
  return (
    <Panel title={say('groups.title')} note={say('groups.note')}>
      <ul className="flex flex-wrap gap-2.5">
        {groups.slice(0, 24).map((group) => (
          <li key={group.digest}>
            <button
              type="button"
              onClick={() => onPick(group.columns.map(({ id }) => id))}
              className="grid gap-1.5 rounded-[10px] border border-line px-3 py-2 text-left hover:border-line-strong"
            >
              <span className="flex items-center gap-2">
                <DigestMark digest={group.digest} size={22} />
                <b>{say('groups.count', { n: group.columns.length })}</b>
              </span>
              <span className="text-[13px] text-soft">{sentence(countChanges(group.changes))}</span>
              <span className="flex flex-wrap gap-1">
                {group.columns.slice(0, 12).map((column) => (
                  <Round key={column.id} name={column.label} colour={column.colour} size={22} />
                ))}
                {group.columns.length > 12 && (
                  <span className="text-[13px] text-soft">+{group.columns.length - 12}</span>
                )}
              </span>
              <span className="sr-only">{group.columns.map(({ label }) => label).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
