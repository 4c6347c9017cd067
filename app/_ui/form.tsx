'use client';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from './button';

/**
 * A form whose fields belong to the page, so that what is typed while the page is still loading is not lost. It cannot be
 * sent before it works: a half-loaded page would send it somewhere else.
 */
export function Form({
  submit,
  busy = false,
  onSend,
  className = 'grid gap-4',
  children,
}: {
  /** The button's words. */
  readonly submit: string;
  readonly busy?: boolean;
  readonly onSend: (values: Readonly<Record<string, string>>) => void;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return (
    <form
      className={className}
      method="post"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend(valuesOf(event.currentTarget));
      }}
    >
      {children}
      <Button type="submit" look="primary" disabled={busy || !ready} className="py-3 text-base">
        {submit}
      </Button>
    </form>
  );
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
