import { type ReactNode, useId } from 'react';

/** A titled part of a page: a heading, a quiet note beside it, and something to press at the right. */
export function Panel({
  title,
  note,
  tools,
  children,
  className = '',
  bare = false,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Without padding around what is inside. */
  readonly bare?: boolean;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`surface min-w-0 ${className}`}>
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 pt-3 pb-1">
        <h2 id={id} className="text-[15px]">
          {title}
        </h2>
        {note && <div className="min-w-0 text-[13px] text-soft">{note}</div>}
        {tools && <div className="ml-auto flex items-center gap-2">{tools}</div>}
      </header>
      <div className={bare ? '' : 'px-4 pt-1 pb-4'}>{children}</div>
    </section>
  );
}
