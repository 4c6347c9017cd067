'use client';
import { useSyncExternalStore } from 'react';

const query = '(max-width: 640px)';

/** A phone held upright: pictures are drawn for it, not made smaller until nobody can read them. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}

function subscribe(changed: () => void): () => void {
  const media = matchMedia(query);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}
