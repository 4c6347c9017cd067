'use client';
import { useSay } from '../../_i18n/language';

/** Who did not do what was asked of all, and why. */
export interface NotDone {
  readonly seat: string;
  readonly container?: string;
  readonly message: string;
}

/** Named here one by one; more than these are counted. */
const most = 12;

/** Those who did not, by the reason: a whole class with a full disk is one sentence. */
export function Refusals({
  words,
  refused,
  names,
}: {
  readonly words: 'teach.notDone' | 'teach.unrun';
  readonly refused: readonly NotDone[];
  readonly names: ReadonlyMap<string, { readonly name: string }>;
}) {
  const say = useSay();
  const called = ({ seat, container }: NotDone) =>
    [names.get(seat)?.name ?? '?', container].filter(Boolean).join(' · ');
  return (
    <div className="text-del">
      {say(words, { n: refused.length })}
      <ul className="list-disc pl-5">
        {byReason(refused).map((group) => (
          <li key={group[0]!.message} className="break-words">
            <b>{group.slice(0, most).map(called).join(', ')}</b>
            {group.length > most && ` +${group.length - most}`}: {group[0]!.message}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function byReason(refused: readonly NotDone[]): readonly (readonly NotDone[])[] {
  const groups = new Map<string, NotDone[]>();
  for (const one of refused) groups.set(one.message, [...(groups.get(one.message) ?? []), one]);
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
