'use client';
import { useId, useState } from 'react';
import type { Spotlight } from '../../../lib/classroom';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { Button, Note, Panel } from '../../_ui';

export { OnePath, PathMatrix } from './matrix';
export { BigQuestion } from './question';
export { BigPair, BigSeat } from './sheets';

const words: Readonly<Record<Spotlight['kind'], Key>> = {
  board: 'spotlight.board',
  matrix: 'spotlight.matrix',
  seat: 'spotlight.seat',
  pair: 'spotlight.pair',
  terminal: 'spotlight.terminal',
  round: 'spotlight.round',
};

/** What is in the spotlight, in a few words; `name` is of a seat. */
export function useSpotlightWords(): (spotlight: Spotlight, name?: string) => string {
  const say = useSay();
  return (spotlight, name = '?') => {
    if (spotlight.kind === 'matrix' && spotlight.path) return say('spotlight.path', { path: spotlight.path });
    return say(words[spotlight.kind], { name });
  };
}

/** A host's switch: what the projector, and everybody who follows it, shows. Seats, pairs and paths are sent from where they stand. */
export function SpotlightControls({
  spotlight,
  name,
  paths,
  asked,
  onMove,
}: {
  readonly spotlight?: Spotlight;
  /** Of the seat in the spotlight. */
  readonly name?: string;
  /** Paths that differ, to follow one of them. */
  readonly paths: readonly string[];
  /** Whether a question is open. */
  readonly asked: boolean;
  readonly onMove: (spotlight: Spotlight | null) => void;
}) {
  const say = useSay();
  const tell = useSpotlightWords();
  const [path, setPath] = useState('');
  const list = useId();
  const kinds: readonly Spotlight['kind'][] = ['board', 'terminal', ...(asked ? (['round'] as const) : [])];
  return (
    <Panel
      title={say('spotlight.title')}
      note={<span role="status">{spotlight ? tell(spotlight, name) : say('spotlight.off')}</span>}
      tools={
        spotlight && (
          <Button small look="quiet" onClick={() => onMove(null)}>
            {say('spotlight.stop')}
          </Button>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        {kinds.map((kind) => (
          <Button
            key={kind}
            small
            aria-pressed={spotlight?.kind === kind}
            look={spotlight?.kind === kind ? 'primary' : 'plain'}
            onClick={() => onMove({ kind } as Spotlight)}
          >
            {say(words[kind])}
          </Button>
        ))}
        <form
          className="flex min-w-0 items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onMove({ kind: 'matrix', ...(path.trim() && { path: path.trim() }) });
          }}
        >
          <input
            value={path}
            onChange={(event) => setPath(event.target.value)}
            list={list}
            aria-label={say('spotlight.pathHint')}
            placeholder={say('spotlight.pathHint')}
            className="w-44 min-w-0 rounded-lg border border-line-strong bg-card-high px-2.5 py-1 font-mono text-sm placeholder:font-sans placeholder:text-soft"
          />
          <datalist id={list}>
            {paths.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <Button
            small
            type="submit"
            aria-pressed={spotlight?.kind === 'matrix'}
            look={spotlight?.kind === 'matrix' ? 'primary' : 'plain'}
          >
            {say('spotlight.matrix')}
          </Button>
        </form>
      </div>
      <p className="mt-2 text-[13px] text-soft">{say('spotlight.more')}</p>
    </Panel>
  );
}

/** A student's side: the teacher shows something. It is offered, never put in the place of the terminal. */
export function TeacherShows({
  spotlight,
  host,
  name,
  onFollow,
}: {
  readonly spotlight: Spotlight;
  readonly host: string;
  readonly name?: string;
  readonly onFollow: () => void;
}) {
  const say = useSay();
  const tell = useSpotlightWords();
  const [away, setAway] = useState<Spotlight>();
  if (away === spotlight) return null;
  return (
    <Note live className="mx-4 mb-3 flex flex-wrap items-center gap-3 md:mx-7">
      <b className="min-w-0 flex-1">{say('spotlight.look', { host, what: tell(spotlight, name) })}</b>
      <Button small look="primary" onClick={onFollow}>
        {say('spotlight.follow')}
      </Button>
      <Button small look="quiet" onClick={() => setAway(spotlight)}>
        {say('spotlight.later')}
      </Button>
    </Note>
  );
}
