'use client';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { useSay } from '../../_i18n/language';
import { ownerStyle } from '../../_picture';
import { Button } from '../../_ui';
import { loadScreen } from './ahead';
import type { ScreenProps } from './screen';
import { Transcript } from './transcript';
import { Where } from './where';

const Screen = dynamic(() => loadScreen().then((module) => module.Screen), {
  ssr: false,
  loading: () => <div className="h-full" />,
});

/** A terminal as its stream tells it, and where its keys go. */
export function Terminal({
  inside,
  user,
  colour,
  onShown,
  ...screen
}: Omit<ScreenProps, 'colour' | 'inside' | 'onLines'> & {
  /** The container's name, when the prompt is in one. */
  readonly inside?: string;
  readonly user: string;
  readonly colour: number;
  /** The screen stands, with what is written on it. Called again with each change. */
  readonly onShown?: () => void;
}) {
  const say = useSay();
  const [asText, setAsText] = useState(false);
  const end = useRef<HTMLSpanElement>(null);
  const [lines, setLines] = useState<readonly string[]>([]);
  const tell = (now: readonly string[]) => {
    setLines(now);
    onShown?.();
  };
  return (
    <section
      aria-label={say('terminal.title')}
      style={ownerStyle(colour)}
      className={`relative flex min-h-0 flex-col overflow-hidden rounded-[14px] border-2 bg-term transition-colors duration-300 ${inside ? 'border-owner' : 'border-line'}`}
    >
      <header
        className={`flex items-center gap-3 px-3 py-1.5 transition-colors duration-300 ${inside ? 'bg-[color-mix(in_oklab,var(--card),var(--owner)_18%)]' : 'bg-host-wash'}`}
      >
        <Where inside={inside} user={user} colour={colour} />
        <Button small look="quiet" aria-pressed={asText} onClick={() => setAsText(!asText)} className="ml-auto">
          {say(asText ? 'terminal.hideText' : 'terminal.asText')}
        </Button>
        {/* Tab belongs to the shell: this is the way on for a keyboard, the last stop before the terminal. */}
        <button type="button" className={stop} onClick={() => end.current?.focus()}>
          {say('terminal.past')}
        </button>
      </header>
      <div className="relative min-h-0 flex-1">
        <Screen {...screen} colour={colour} inside={inside !== undefined} onLines={tell} />
        <Transcript lines={lines} shown={asText} />
      </div>
      <span ref={end} tabIndex={-1} className={stop}>
        {say('terminal.end')}
      </span>
    </section>
  );
}

/** In sight while it has the focus, and only then. */
const stop = 'sr-only focus:not-sr-only focus:px-2 focus:text-sm';
