'use client';
import { useCallback, useState } from 'react';

interface Draft {
  readonly path: string;
  /** The file as it was opened: a draft of another time is not for this one. */
  readonly from: string;
  readonly text: string;
}

/** What was typed so far, kept in this tab until the editor is closed. */
export function useDraft(place: string, { path, text: from }: { readonly path: string; readonly text: string }) {
  const key = `dockerland:draft:${place}`;
  const [text, show] = useState(() => kept(key, path, from) ?? from);
  const setText = useCallback(
    (now: string) => {
      show(now);
      keep(key, { path, from, text: now });
    },
    [key, path, from],
  );
  return { text, setText, forget: () => sessionStorage.removeItem(key) };
}

function kept(key: string, path: string, from: string): string | undefined {
  try {
    const draft = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Draft | null;
    return draft?.path === path && draft.from === from ? draft.text : undefined;
  } catch {
    return undefined;
  }
}

function keep(key: string, draft: Draft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Full, or not allowed: the text lives in the editor all the same.
  }
}
