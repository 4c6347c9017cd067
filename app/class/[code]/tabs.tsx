'use client';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';

export type Part = 'terminal' | 'stack' | 'try';

const parts: readonly (readonly [Part, Key])[] = [
  ['terminal', 'desk.tab.terminal'],
  ['stack', 'desk.tab.stack'],
  ['try', 'desk.tab.try'],
];

/** On a phone one part of the desk is shown at a time; on a wider window all of them, and these are not there. */
export function Tabs({ part, onPart }: { readonly part: Part; readonly onPart: (part: Part) => void }) {
  const say = useSay();
  return (
    <nav
      aria-label={say('desk.tabs')}
      className="mx-4 mb-3 grid grid-cols-3 gap-1 rounded-[10px] bg-paper-deep p-1 md:hidden"
    >
      {parts.map(([one, label]) => (
        <button
          key={one}
          type="button"
          aria-pressed={part === one}
          onClick={() => onPart(one)}
          className={`rounded-lg px-2 py-1.5 text-sm ${part === one ? 'bg-card font-semibold shadow-sm' : 'text-soft'}`}
        >
          {say(label)}
        </button>
      ))}
    </nav>
  );
}

/** Classes of a part: hidden on a phone while another one is shown. */
export function tabShown(part: Part, one: Part): string {
  return part === one ? '' : 'max-md:hidden';
}
