import { useEffect, useState } from 'react';
import type { BuildProblem } from '../../../../lib/protocol';
import type { Draft } from '../../../_features/image';

/** What is being written stays in this browser until another draft replaces it: a reload loses nothing. */
export function useDraft(code: string, first: Draft): readonly [Draft, (draft: Draft) => void] {
  const key = `dockerland:draft:${code}`;
  const [draft, setDraft] = useState(first);
  useEffect(() => {
    try {
      const kept = localStorage.getItem(key);
      if (kept) setDraft(JSON.parse(kept));
    } catch {
      // Another program's value, or storage is closed: begin with the first draft.
    }
  }, [key]);
  const keep = (next: Draft) => {
    setDraft(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Too large for the browser's storage: the page itself still has it.
    }
  };
  return [draft, keep];
}

/** Problems of a Dockerfile by line, a moment after the last keystroke. The rules are loaded when they are first needed. */
export function useProblems(dockerfile: string): readonly BuildProblem[] {
  const [problems, setProblems] = useState<readonly BuildProblem[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => void import('./lint').then(({ lint }) => setProblems(lint(dockerfile))), 250);
    return () => clearTimeout(timer);
  }, [dockerfile]);
  return problems;
}
