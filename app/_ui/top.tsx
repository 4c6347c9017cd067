import Link from 'next/link';
import type { ReactNode } from 'react';
import { Brand } from './brand';
import { LanguageToggle, ThemeToggle } from './toggles';

/** The line at the head of every page; where it is narrow, what is pressed often comes in lines below the title. */
export function Top({
  title,
  marks,
  tools,
}: {
  /** What the page is about; cut off before anything else is. */
  readonly title?: ReactNode;
  /** Beside the title. */
  readonly marks?: ReactNode;
  readonly tools?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 md:px-7">
      <Link prefetch={false} href="/" className="inline-flex text-ink">
        <Brand nameless={title !== undefined} />
      </Link>
      {title && <div className="min-w-0 grow basis-28 md:max-w-max md:basis-24">{title}</div>}
      {marks && (
        <div className="order-3 flex flex-wrap items-center gap-x-4 gap-y-2 max-md:w-full md:order-1">{marks}</div>
      )}
      {tools && (
        <div className="order-4 flex flex-wrap items-center gap-1.5 max-md:w-full md:order-2 md:ml-auto">{tools}</div>
      )}
      <div className={`order-2 flex items-center gap-1 md:order-3 ${tools ? 'max-md:ml-auto' : 'ml-auto'}`}>
        <LanguageToggle />
        <ThemeToggle />
      </div>
    </header>
  );
}
