import { type CSSProperties, memo } from 'react';
import { initials } from '../_view';

/** Makes `--owner` (and the classes that use it) somebody's colour. The host's own computer is the accent's. */
export function ownerStyle(colour: number): CSSProperties {
  return { '--owner': colour < 0 ? 'var(--stone-text)' : `var(--owner-${colour % 30})` } as CSSProperties;
}

/** A small round with two letters; the full name is beside it or in `title`. */
export const Round = memo(function Round({
  name,
  colour,
  size = 26,
}: {
  readonly name: string;
  readonly colour: number;
  readonly size?: number;
}) {
  return (
    <span
      style={{ ...ownerStyle(colour), width: size, height: size, fontSize: size * 0.4 }}
      className="inline-grid shrink-0 place-items-center rounded-full bg-owner font-semibold text-[light-dark(#fff,#10151c)]"
      title={name}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
});
