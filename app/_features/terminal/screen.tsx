'use client';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal as Xterm } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import { useSay } from '../../_i18n/language';
import { palette, resolve } from './colours';
import { Feed } from './feed';
import { Prompts } from './prompts';

export interface ScreenProps {
  /** The last part of what was written, and how many characters were written in all. */
  readonly screen: string;
  readonly written: number;
  readonly colour: number;
  readonly inside: boolean;
  /** Nothing typed is taken (the class is over, the seat is looked at). */
  readonly readOnly?: boolean;
  /** Somebody else's terminal: drawn as wide as it is there, in letters as large as fit and never smaller than this. */
  readonly as?: { readonly columns: number; readonly smallest: number };
  readonly onType: (data: string) => void;
  readonly onResize: (columns: number, rows: number) => void;
  readonly onLines: (lines: readonly string[]) => void;
}

/** xterm, fed from a replica. Loaded lazily; nothing else on the page knows it. */
export function Screen({ screen, written, colour, readOnly = false, as, onType, onResize, onLines }: ScreenProps) {
  const say = useSay();
  const holder = useRef<HTMLDivElement>(null);
  const feed = useRef<Feed>(null);
  const events = useRef({ onType, onResize, onLines });
  events.current = { onType, onResize, onLines };
  const mirrored = useRef(as);
  mirrored.current = as;
  const refits = useRef(() => {});

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes arrives through refs and the effects below
  useEffect(() => {
    const element = holder.current!;
    const term = new Xterm({
      fontFamily: getComputedStyle(element).fontFamily,
      fontSize: matchMedia('(max-width: 640px)').matches ? 12 : 13,
      lineHeight: 1.3,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      scrollback: 5000,
      allowProposedApi: true,
      theme: palette(element),
    });
    const fit = new FitAddon();
    term.loadAddon(fit);
    term.open(element);
    const prompts = new Prompts(term, () => ({
      host: { ink: resolve(element, 'var(--host-ink)'), wash: resolve(element, 'var(--host-wash)') },
      container: {
        ink: resolve(element, 'var(--owner)'),
        wash: resolve(element, 'color-mix(in oklab, var(--term), var(--owner) 18%)'),
      },
    }));
    const shown = () => {
      prompts.mark();
      events.current.onLines(linesOf(term));
    };
    const made = new Feed(term, shown, () => prompts.forget());
    feed.current = made;
    made.show(screen, written);
    // Tab belongs to the shell; Shift and Tab go back to the page, or a keyboard would be caught here.
    term.attachCustomKeyEventHandler((event) => !(event.key === 'Tab' && event.shiftKey));
    term.onData((data) => !made.replaying && events.current.onType(data));
    term.onResize(({ cols, rows }) => events.current.onResize(cols, rows));
    const refit = () => {
      // Out of sight, or on its way: letters that were broken into so narrow a column would stay broken.
      if (element.clientWidth < 100) return;
      if (mirrored.current) mirror(term, element, mirrored.current);
      else fit.fit();
    };
    refits.current = refit;
    const watcher = new ResizeObserver(refit);
    watcher.observe(element);
    refit();
    events.current.onResize(term.cols, term.rows);
    const retint = () => {
      term.options.theme = palette(element);
      prompts.repaint();
    };
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', retint);
    window.addEventListener('themechange', retint);
    if (matchMedia('(pointer: fine)').matches) term.focus();
    return () => {
      watcher.disconnect();
      system.removeEventListener('change', retint);
      window.removeEventListener('themechange', retint);
      made.end();
      feed.current = null;
      term.dispose();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the other terminal's size is what changes
  useEffect(() => refits.current(), [as?.columns]);
  useEffect(() => feed.current?.show(screen, written), [screen, written]);
  useEffect(() => feed.current?.lock(readOnly), [readOnly]);

  return (
    <div className={`absolute inset-0 py-2 pr-1 pl-3 font-mono ${as ? 'overflow-auto' : 'overflow-hidden'}`}>
      {/* Without padding of its own: the terminal takes the whole of it for room. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be drawn as one */}
      <div ref={holder} role="group" aria-label={say('terminal.keys')} data-owner={colour} className="size-full" />
    </div>
  );
}

/** Kept at the right for it. */
const scrollBar = 14;

/** A letter of the terminal's face is 0.6 of its size wide. */
const letter = 0.602;

/** Their columns, so that lines break where they do there; as many rows as there is room for. */
function mirror(term: Xterm, element: HTMLElement, { columns, smallest }: NonNullable<ScreenProps['as']>): void {
  const size = Math.max(smallest, Math.floor(Math.min((element.clientWidth - scrollBar) / columns / letter, 40)));
  term.options.fontSize = size;
  term.resize(columns, Math.max(4, Math.floor(element.clientHeight / (size * 1.36))));
}

/** What stands on the screen and above it, as text; wrapped lines joined. */
function linesOf(term: Xterm): string[] {
  const buffer = term.buffer.active;
  const lines: string[] = [];
  for (let y = 0; y <= buffer.baseY + buffer.cursorY; y++) {
    const line = buffer.getLine(y);
    const text = line?.translateToString(true) ?? '';
    if (line?.isWrapped && lines.length > 0) lines[lines.length - 1] += text;
    else lines.push(text);
  }
  return lines.slice(-400);
}
