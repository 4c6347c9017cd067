'use client';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useSay } from '../../_i18n/language';
import { buttonLook, Note } from '../../_ui';

export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'catching-up' }
  /** `waiting` counts what was typed and is not acknowledged. */
  | { readonly kind: 'offline'; readonly since: number; readonly waiting: number }
  | { readonly kind: 'restarting'; readonly since: number; readonly waiting: number }
  | { readonly kind: 'refused'; readonly message: string };

/** Says what the page is doing while it is not connected. Shown only when that lasts: a blink is nobody's business. */
export function ConnectionBanner({ connection }: { readonly connection: Connection }) {
  const say = useSay();
  const trouble = connection.kind === 'offline' || connection.kind === 'restarting';
  const seconds = useSeconds(trouble ? connection.since : undefined);
  if (connection.kind === 'refused')
    return (
      <Note tone="wrong" live className="mx-4 mb-3 md:mx-7">
        {connection.message}
      </Note>
    );
  if (!trouble || seconds < 1) return null;
  return (
    <Note tone="warn" live className="mx-4 mb-3 flex flex-wrap items-center gap-x-3 md:mx-7">
      <span
        className="inline-block size-3 animate-spin rounded-full border-2 border-current border-t-transparent"
        aria-hidden="true"
      />
      <b>{say(connection.kind === 'restarting' ? 'connection.restarting' : 'connection.offline')}</b>
      <span>
        {connection.waiting > 0 ? say('connection.waiting', { n: connection.waiting }) : say('connection.safe')}{' '}
        <span aria-hidden="true">{say('connection.seconds', { n: seconds })}</span>
      </span>
    </Note>
  );
}

function useSeconds(since: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (since === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [since]);
  return since === undefined ? 0 : Math.max(0, Math.floor((now - since) / 1000));
}

/** The class is over, or this seat is not in it any more: what that means, and where to go. */
export function Ended({
  title,
  message,
  again,
}: {
  readonly title: string;
  readonly message: string;
  readonly again: { readonly href: string; readonly label: string };
}) {
  return (
    <main className="mx-auto grid max-w-lg gap-5 px-4 pt-10 pb-16 text-center md:pt-24">
      <h1 className="text-3xl">{title}</h1>
      <p className="text-lg text-soft">{message}</p>
      <Link href={again.href} className={`${buttonLook('primary')} justify-self-center`}>
        {again.label}
      </Link>
    </main>
  );
}
