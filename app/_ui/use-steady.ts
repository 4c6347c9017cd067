'use client';
import { useCallback, useRef } from 'react';

/** The same function for the life of a component, doing what the latest one does: so that what is handed it is not drawn anew. */
export function useSteady<A extends readonly unknown[], R>(latest: (...given: A) => R): (...given: A) => R {
  const held = useRef(latest);
  held.current = latest;
  return useCallback((...given: A) => held.current(...given), []);
}
