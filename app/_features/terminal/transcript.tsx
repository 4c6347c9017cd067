'use client';
import { useEffect, useState } from 'react';
import { useSay } from '../../_i18n/language';

/**
 * The terminal as plain lines. Always there for screen readers as a log, which is told new lines once they have settled,
 * not every keystroke; shown over the screen on demand.
 */
export function Transcript({ lines, shown }: { readonly lines: readonly string[]; readonly shown: boolean }) {
  const say = useSay();
  const settled = useSettled(lines);
  return (
    <div
      role="log"
      aria-label={say('terminal.transcript')}
      tabIndex={shown ? 0 : undefined}
      className={shown ? 'absolute inset-0 overflow-auto bg-term p-3 font-mono text-sm leading-relaxed' : 'sr-only'}
    >
      {settled.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a transcript only grows at its end
        <p key={i} className="min-h-5 break-all whitespace-pre-wrap">
          {line}
        </p>
      ))}
    </div>
  );
}

/** The lines as they were when nothing had changed for half a second. */
function useSettled(lines: readonly string[]): readonly string[] {
  const [settled, setSettled] = useState(lines);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(lines), 500);
    return () => clearTimeout(timer);
  }, [lines]);
  return settled;
}
