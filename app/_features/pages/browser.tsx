'use client';
import { type FormEvent, useCallback, useEffect, useId, useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button, Note } from '../../_ui';

/** Asks for an address under which the pages of this computer can be had for a while. */
export type Link = () => Promise<
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly message: string } | undefined
>;

/**
 * A window on one port. The page inside has an origin of its own, so nothing here can know where its links have led: the
 * address bar says what was asked for last.
 */
export function Browser({
  port,
  title,
  link,
  tall,
}: {
  readonly port: number;
  readonly title: string;
  readonly link: Link;
  readonly tall: boolean;
}) {
  const say = useSay();
  const id = useId();
  const [path, setPath] = useState('/');
  const { shown, problem, go } = usePage(port, link);
  const open = (event: FormEvent) => {
    event.preventDefault();
    setPath(rooted(path));
    void go(rooted(path));
  };
  return (
    <div className="grid gap-2">
      <form onSubmit={open} className="flex items-center gap-1.5">
        <label htmlFor={id} className="shrink-0 font-mono text-[13px] text-soft">
          <span className="sr-only">{say('pages.address')} </span>localhost:{port}
        </label>
        <input
          id={id}
          value={path}
          onChange={(event) => setPath(event.target.value)}
          spellCheck={false}
          autoCapitalize="off"
          maxLength={1000}
          className="w-full min-w-0 rounded-lg border border-line-strong bg-card-high px-2 py-1 font-mono text-[13px]"
        />
        <Button small type="submit">
          {say('pages.load')}
        </Button>
      </form>
      {problem && (
        <Note tone="wrong" live>
          {problem}
        </Note>
      )}
      {shown && (
        <iframe
          key={shown.turn}
          src={shown.src}
          title={title}
          sandbox="allow-scripts allow-forms"
          referrerPolicy="no-referrer"
          className={`w-full rounded-lg border border-line bg-white ${tall ? 'h-[68dvh]' : 'h-64'}`}
          style={{ colorScheme: 'light' }}
        />
      )}
    </div>
  );
}

/** Every load asks for a fresh address: the last one may be over, and the same one would not load again. */
function usePage(port: number, link: Link) {
  const [shown, setShown] = useState<{ readonly src: string; readonly turn: number }>();
  const [problem, setProblem] = useState<string>();
  const go = useCallback(
    async (path: string) => {
      const answer = await link();
      setProblem(answer?.ok === false ? answer.message : undefined);
      if (answer?.ok) setShown((before) => ({ src: `${answer.path}/${port}${path}`, turn: (before?.turn ?? 0) + 1 }));
    },
    [port, link],
  );
  useEffect(() => void go('/'), [go]);
  return { shown, problem, go };
}

const rooted = (path: string) => `/${path.trim().replace(/^\/+/, '').replace(/#.*$/, '')}`;
