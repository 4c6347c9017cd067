'use client';
import { memo, useState } from 'react';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { Round } from '../../_picture';
import { Button, Panel } from '../../_ui';
import type { Hint } from '../../_view';

const saw: Readonly<Record<Hint['of'], Key>> = {
  second: 'hints.second',
  thrown: 'hints.thrown',
  forced: 'hints.forced',
  committed: 'hints.committed',
};
const asks: Readonly<Record<Hint['of'], Key>> = {
  second: 'hints.secondAsk',
  thrown: 'hints.thrownAsk',
  forced: 'hints.forcedAsk',
  committed: 'hints.committedAsk',
};

/** What the class's containers betray, and the question to ask next. Put away until more people show it. */
export const Hints = memo(function Hints({ hints }: { readonly hints: readonly Hint[] }) {
  const say = useSay();
  const [away, setAway] = useState<Readonly<Record<string, number>>>({});
  const shown = hints.filter(({ of, seats }) => seats.length > (away[of] ?? 0));
  if (shown.length === 0) return null;
  return (
    <Panel title={say('hints.title')} note={say('hints.note')}>
      <ul className="grid gap-3" aria-live="polite">
        {shown.map(({ of, misconception, seats }) => (
          <li key={of} className="grid gap-1">
            <span className="flex flex-wrap items-center gap-2">
              <b>{say(saw[of], { n: seats.length })}</b>
              <span className="text-[13px] text-soft">{misconception}</span>
              <span className="flex flex-wrap gap-1">
                {seats.slice(0, 12).map(({ seat, name, colour }) => (
                  <Round key={seat} name={name} colour={colour} size={20} />
                ))}
              </span>
              <span className="sr-only">{seats.map(({ name }) => name).join(', ')}</span>
              <span className="ml-auto">
                <Button small look="quiet" onClick={() => setAway({ ...away, [of]: seats.length })}>
                  {say('notes.seen')}
                </Button>
              </span>
            </span>
            <span className="text-host-ink">{say(asks[of])}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
});
