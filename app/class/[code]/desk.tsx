'use client';
import { type ReactNode, useState } from 'react';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { Button, Note } from '../../_ui';

type Part = 'terminal' | 'stack' | 'guide';

const parts: readonly (readonly [Part, Key])[] = [
  ['terminal', 'desk.tab.terminal'],
  ['stack', 'desk.tab.stack'],
  ['guide', 'desk.tab.try'],
];

/**
 * Where the parts of a desk stand: side by side in a wide window, the guide below in a narrower one, and on a phone one at a
 * time. The guide can be put away, to give the terminal its room.
 */
export function Desk({
  guide,
  terminal,
  stack,
  tools,
  asked,
}: Readonly<Record<Part, ReactNode>> & {
  /** Below the terminal. */
  readonly tools: ReactNode;
  /** The teacher asks, and there is no answer yet: the way to the question, which may be out of sight. */
  readonly asked: boolean;
}) {
  const say = useSay();
  const [part, setPart] = useState<Part>('terminal');
  const [guided, setGuided] = useState(true);
  const shown = (one: Part) => (part === one ? '' : 'max-md:hidden');
  return (
    <>
      {asked && !(guided && part === 'guide') && (
        <Note live className={`mx-4 mb-3 flex flex-wrap items-center gap-3 md:mx-7 ${guided ? 'md:hidden' : ''}`}>
          <b className="flex-1">{say('round.asked')}</b>
          <Button
            small
            look="primary"
            onClick={() => {
              setPart('guide');
              setGuided(true);
            }}
          >
            {say('round.toIt')}
          </Button>
        </Note>
      )}
      <nav
        aria-label={say('desk.tabs')}
        className="mx-4 mb-3 grid grid-cols-3 gap-1 rounded-[10px] bg-paper-deep p-1 md:hidden"
      >
        {parts.map(([one, label]) => (
          <button
            key={one}
            type="button"
            aria-pressed={part === one}
            onClick={() => setPart(one)}
            className={`rounded-lg px-2 py-1.5 text-sm ${part === one ? 'bg-card font-semibold shadow-sm' : 'text-soft'}`}
          >
            {say(label)}
          </button>
        ))}
      </nav>
      <main
        className={`grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] gap-4 px-4 pb-4 md:grid-cols-[minmax(0,1fr)_minmax(300px,38%)] md:px-7 md:pb-6 xl:grid-rows-1 ${guided ? 'xl:grid-cols-[264px_minmax(0,1fr)_356px]' : 'xl:grid-cols-[minmax(0,1fr)_400px]'}`}
      >
        <div
          className={`relative min-h-0 overflow-auto max-xl:order-3 md:max-xl:col-span-2 ${shown('guide')} ${guided ? '' : 'md:hidden'}`}
        >
          {guide}
        </div>
        <div
          className={`flex h-[calc(100dvh-215px)] min-h-80 flex-col gap-2 md:h-[66dvh] xl:h-auto xl:min-h-0 ${shown('terminal')}`}
        >
          {terminal}
          <div className="flex flex-wrap items-center gap-1">
            {tools}
            <Button
              small
              look="quiet"
              aria-pressed={guided}
              onClick={() => setGuided(!guided)}
              className="ml-auto max-md:hidden"
            >
              {say(guided ? 'desk.hideGuide' : 'desk.showGuide')}
            </Button>
          </div>
        </div>
        <div
          className={`relative grid min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-4 xl:overflow-auto ${shown('stack')}`}
        >
          {stack}
        </div>
      </main>
    </>
  );
}
