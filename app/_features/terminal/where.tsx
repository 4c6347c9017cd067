'use client';
import { useSay } from '../../_i18n/language';
import { ownerStyle } from '../../_picture';

/** Where what I type now will happen: on my own computer, or in which container. */
export function Where({
  inside,
  user,
  colour,
}: {
  readonly inside?: string;
  readonly user: string;
  readonly colour: number;
}) {
  const say = useSay();
  return (
    <span
      role="status"
      style={ownerStyle(colour)}
      className={`inline-flex min-w-0 items-center gap-2 text-[14px] font-semibold ${inside ? 'text-owner' : 'text-host-ink'}`}
    >
      {inside ? <Sheet /> : <Laptop />}
      <span className="truncate">{inside ? say('where.inside', { name: inside }) : say('where.host', { user })}</span>
    </span>
  );
}

function Laptop() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      aria-hidden="true"
      className="shrink-0"
    >
      <rect x="4" y="4" width="12" height="8.500" rx="1.500" />
      <path d="M1.500 15.500h17" strokeLinecap="round" />
    </svg>
  );
}

function Sheet() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      <path d="M2 8 10 3.500 18 8l-8 4.500z" fill="currentColor" fillOpacity=".3" />
      <path d="M2 12.500 10 17l8-4.500" />
    </svg>
  );
}
