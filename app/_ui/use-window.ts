'use client';
import { type RefObject, useEffect, useState } from 'react';

/** The part of a long row of equal things that can be seen, and some before and after it. */
interface Window {
  readonly from: number;
  readonly upTo: number;
}

/** What a region shows that has not been laid out yet (or never is: a test). */
const unknownSize = 720;
/** Things beyond the edge, so that scrolling finds them drawn. */
const beyond = 6;

export interface Along {
  readonly count: number;
  /** Of one thing, in pixels. */
  readonly size: number;
  readonly axis: 'x' | 'y';
}

/** Which of `count` things a region that scrolls shows, kept up as it scrolls and changes its size. */
export function useWindow(region: RefObject<HTMLElement | null>, { count, size, axis }: Along): Window {
  const [seen, setSeen] = useState<Window>({ from: 0, upTo: Math.ceil(unknownSize / size) + beyond });
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const look = () => {
      const [start, length] =
        axis === 'y' ? [element.scrollTop, element.clientHeight] : [element.scrollLeft, element.clientWidth];
      const next = windowAt(start, length || unknownSize, size);
      setSeen((before) => (before.from === next.from && before.upTo === next.upTo ? before : next));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [region, size, axis]);
  const upTo = Math.min(count, seen.upTo);
  return { from: Math.min(seen.from, Math.max(0, upTo - 1)), upTo };
}

/** In steps of several, so that not each pixel of scrolling draws anew. */
export function windowAt(start: number, length: number, size: number): Window {
  const step = beyond;
  const first = Math.floor(start / size / step) * step;
  const last = Math.ceil((start + length) / size / step) * step;
  return { from: Math.max(0, first - beyond), upTo: last + beyond };
}
