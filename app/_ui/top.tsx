import Link from 'next/link';
import type { ReactNode } from 'react';
import { Brand } from './brand';
import { LanguageToggle, ThemeToggle } from './toggles';

/** The line at the head of every page. */
export function Top({
  children,
  tools,
  home = true,
}: {
  readonly children?: ReactNode;
  readonly tools?: ReactNode;
  readonly home?: boolean;
}) {
  return (
    <header className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3 md:px-7">
      {home ? (
        <Link prefetch={false} href="/" className="text-ink">
          <Brand />
        </Link>
      ) : (
        <Brand />
      )}
      {children}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        {tools}
        <LanguageToggle />
        <ThemeToggle />
      </div>
    </header>
  );
}
