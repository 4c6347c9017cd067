'use client';
import { startTransition, useEffect, useState } from 'react';

/** How many of a long list to draw: the first few at once, the others in pieces while the page has nothing else to do. */
export function useGrowing(count: number, piece = 10): number {
  const [grown, setGrown] = useState(piece);
  useEffect(() => {
    if (grown >= count) return;
    const timer = setTimeout(() => startTransition(() => setGrown((before) => before + piece)), 40);
    return () => clearTimeout(timer);
  }, [grown, count, piece]);
  return Math.min(grown, count);
}
