'use client';
import type { Rules } from '../../../lib/classroom';
import { useSay } from '../../_i18n/language';
import { Panel } from '../../_ui';

/** What students may do and see of one another. */
export function ClassRules({ rules, onSet }: { readonly rules: Rules; readonly onSet: (rules: Rules) => void }) {
  const say = useSay();
  return (
    <Panel title={say('rules.title')}>
      <div className="grid gap-2.5">
        <Switch
          on={rules.compare}
          label={say('rules.compare')}
          more={say('rules.compareMore')}
          onTurn={(compare) => onSet({ ...rules, compare })}
        />
        <Switch
          on={rules.names}
          label={say('rules.names')}
          more={say('rules.namesMore')}
          onTurn={(names) => onSet({ ...rules, names })}
        />
      </div>
    </Panel>
  );
}

function Switch({
  on,
  label,
  more,
  onTurn,
}: {
  readonly on: boolean;
  readonly label: string;
  readonly more: string;
  readonly onTurn: (on: boolean) => void;
}) {
  return (
    <label className="grid cursor-pointer grid-cols-[44px_minmax(0,1fr)] items-start gap-x-3">
      <input type="checkbox" checked={on} onChange={(event) => onTurn(event.target.checked)} className="peer sr-only" />
      <span
        aria-hidden="true"
        className={`mt-0.5 h-6 w-11 rounded-full border p-[2px] transition-colors peer-focus-visible:outline-2 peer-focus-visible:outline-accent ${on ? 'border-ok bg-ok' : 'border-line-strong bg-paper-deep'}`}
      >
        <span
          className={`block size-[18px] rounded-full transition-transform duration-200 ${on ? 'translate-x-5 bg-card' : 'bg-soft'}`}
        />
      </span>
      <span>
        <span className="font-medium">{label}</span>
        <span className="block text-[13px] text-soft">{more}</span>
      </span>
    </label>
  );
}
