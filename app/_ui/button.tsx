import type { ComponentProps } from 'react';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const looks: Readonly<Record<Look, string>> = {
  primary: 'bg-accent text-accent-ink border-accent hover:bg-accent-high hover:border-accent-high font-semibold',
  plain: 'bg-card text-ink border-line-strong hover:border-ink',
  quiet: 'bg-transparent text-soft border-transparent hover:text-ink hover:bg-paper-deep',
  danger: 'bg-card text-del border-line-strong hover:border-del hover:bg-del-wash',
};

/** Classes of a button, for a link that looks like one. */
export function buttonLook(look: Look = 'plain', small = false): string {
  const space = small ? 'px-2.5 py-1 text-sm rounded-lg' : 'px-4 py-2 rounded-[10px]';
  return `inline-flex items-center justify-center gap-2 border transition-colors whitespace-nowrap disabled:opacity-55 disabled:cursor-not-allowed ${space} ${looks[look]}`;
}

export function Button({
  look = 'plain',
  small = false,
  className = '',
  type = 'button',
  ...rest
}: ComponentProps<'button'> & { look?: Look; small?: boolean }) {
  return <button type={type} className={`${buttonLook(look, small)} ${className}`} {...rest} />;
}
