'use client';
import { useEffect, useRef } from 'react';

/** Somebody looks over the shoulder: their name, and how they are told what stands in the editor. */
export interface Watched {
  readonly by: string;
  readonly onDraft: (path: string, text: string) => void;
}

/** Between two looks at the draft (ms), and after how many of them it is told again to who may have come since. */
const lookMs = 500;
const againAfter = 6;

/** Tells the draft as long as somebody looks. */
export function useShown(path: string, text: string, watched: Watched | undefined): void {
  const now = useRef({ text, watched });
  now.current = { text, watched };
  const isWatched = watched !== undefined;
  useEffect(() => {
    if (!isWatched) return;
    let told: string | undefined;
    let looks = 0;
    const look = () => {
      const { text, watched } = now.current;
      if (text === told && ++looks % againAfter !== 0) return;
      told = text;
      watched?.onDraft(path, text);
    };
    look();
    const timer = setInterval(look, lookMs);
    return () => clearInterval(timer);
  }, [isWatched, path]);
}
