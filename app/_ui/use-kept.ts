'use client';
import { useRef } from 'react';

/** The value of before, for as long as the one of now says the same: what is handed it is not drawn anew. */
export function useKept<T>(now: T, same: (before: T, now: T) => boolean): T {
  const held = useRef(now);
  if (held.current !== now && !same(held.current, now)) held.current = now;
  return held.current;
}

export function sameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

export function sameMap<K, V>(
  one: ReadonlyMap<K, V>,
  other: ReadonlyMap<K, V>,
  same: (a: V, b: V) => boolean = Object.is,
): boolean {
  if (one.size !== other.size) return false;
  for (const [key, value] of other) if (!one.has(key) || !same(one.get(key)!, value)) return false;
  return true;
}
