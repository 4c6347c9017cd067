'use client';
import type { ReactNode } from 'react';
import type { Key } from '../_i18n';
import { type Say, useSay } from '../_i18n/language';
import { type Condition, type Sign, type Signs, signs } from '../_view';

/**
 * Each sign has a shape of its own, in a field of 16 by 16 about its middle: a filled round with a raised hand, a triangle with
 * a mark of exclamation, an open clock. Colour only repeats what the shape says.
 */
const shapes: Readonly<Record<Sign, ReactNode>> = {
  asks: (
    <>
      <circle r={8} fill="var(--accent)" stroke="var(--card)" strokeWidth={1.2} />
      <path
        d="M-2.200-.8v-2.700M-.500-.8v-4M1.200-.8v-3.700M2.900-.8v-2.400"
        stroke="var(--card)"
        strokeWidth={1.3}
        strokeLinecap="round"
      />
      <path
        d="M-2.850-1h6.400v2.200A3.300 3.300 0 0 1 .300 4.700c-1.500 0-2.300-.6-3-1.600L-4.700.300l.8-.8 1.050.9z"
        fill="var(--card)"
      />
    </>
  ),
  stuck: (
    <>
      <path d="M0-8.600 9 7.400H-9z" fill="var(--chg)" stroke="var(--card)" strokeWidth={1.2} strokeLinejoin="round" />
      <path d="M0-2.600v4.200M0 4.300v.6" stroke="var(--card)" strokeWidth={2} strokeLinecap="round" />
    </>
  ),
  idle: (
    <>
      <circle r={7} fill="var(--card)" stroke="var(--soft)" strokeWidth={1.7} />
      <path d="M0-3.800V0l2.600 1.800" fill="none" stroke="var(--soft)" strokeWidth={1.7} strokeLinecap="round" />
    </>
  ),
};

const words: Readonly<Record<Sign, Key>> = {
  asks: 'signs.asks',
  stuck: 'signs.stuck',
  idle: 'signs.idle',
};

/** “2 ask for help, 1 is stuck”; empty when there is nothing to say. */
export function sayRaised(say: Say, counts: Signs): string {
  return signs.flatMap((sign) => (counts[sign] > 0 ? [say(words[sign], { n: counts[sign] })] : [])).join(', ');
}

/** “asks for help, 2nd in the queue; stuck: cat /x; quiet for 7 minutes”, of one person. */
export function sayCondition(say: Say, { asks, stuckOn, idle }: Condition): string {
  return [
    ...(asks === undefined ? [] : [say('signs.place', { n: asks })]),
    ...(stuckOn === undefined ? [] : [say('roster.stuck', { line: stuckOn })]),
    ...(idle === undefined ? [] : [say('roster.idle', { n: idle })]),
  ].join('; ');
}

/** One sign as it is drawn on a sheet, for words about it. */
export function SignMark({ sign, size = 16 }: { readonly sign: Sign; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="-10 -10 20 20" aria-hidden="true" className="shrink-0 self-center">
      {shapes[sign]}
    </svg>
  );
}

/** How many show each sign: the sign, and the words. Nothing where nobody does. */
export function SignCounts({ counts, className = '' }: { readonly counts: Signs; readonly className?: string }) {
  const say = useSay();
  const shown = signs.filter((sign) => counts[sign] > 0);
  if (shown.length === 0) return null;
  return (
    <span className={`inline-flex flex-wrap items-baseline gap-x-3 gap-y-0.5 text-[13px] ${className}`}>
      {shown.map((sign) => (
        <span key={sign} className="inline-flex items-baseline gap-1 font-semibold">
          <SignMark sign={sign} size={17} />
          {say(words[sign], { n: counts[sign] })}
        </span>
      ))}
    </span>
  );
}

/** In a larger drawing: a row of signs that ends at (x, y), each with a number where it stands for several. */
export function SignRow({
  counts,
  x,
  y,
  size,
}: {
  readonly counts: Signs;
  readonly x: number;
  readonly y: number;
  /** Of one sign, in the drawing's units. */
  readonly size: number;
}) {
  const shown = signs.filter((sign) => counts[sign] > 0);
  const widths = shown.map((sign) => size * (counts[sign] > 1 ? 1.2 + 0.62 * String(counts[sign]).length : 1.2));
  return shown.map((sign, i) => {
    const left = x - widths.slice(i).reduce((sum, width) => sum + width, 0);
    return (
      <g key={sign} transform={`translate(${left + size / 2} ${y})`}>
        <g transform={`scale(${size / 18})`}>{shapes[sign]}</g>
        {counts[sign] > 1 && (
          <text
            x={size * 0.62}
            y={size * 0.34}
            fontSize={size * 0.92}
            fontWeight={700}
            fill="var(--ink)"
            stroke="var(--card)"
            strokeWidth={2.4}
            paintOrder="stroke"
          >
            {counts[sign]}
          </text>
        )}
      </g>
    );
  });
}
