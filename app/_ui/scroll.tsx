import type { ReactNode, Ref } from 'react';

/** A region that scrolls, reachable by keyboard and named for it. */
export function Scroll({
  label,
  className = '',
  children,
  ref,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLElement>;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard could not scroll
    <section ref={ref} aria-label={label} tabIndex={0} className={`relative overflow-auto ${className}`}>
      {children}
    </section>
  );
}
