import { useEffect, useMemo, useState } from 'react';
import type { ClassState, RoundAnswer } from '../../../lib/classroom';
import { firstLesson, progress } from '../../../lib/lesson';
import type { MachineState } from '../../../lib/machine';
import type { Prediction } from '../../_features/lesson';

/** The lesson of a class. One, so far; a class will choose. */
export const classLesson = firstLesson;

/**
 * How many steps of the lesson a computer has shown to be done. Steps once done stay done, in this browser: what the computer
 * is now cannot tell that it once was otherwise.
 */
export function useProgress(code: string, machine: MachineState | undefined, state: ClassState | undefined): number {
  const key = `dockerland:lesson:${classLesson.id}:${code}:${machine?.id ?? ''}`;
  const [done, setDone] = useState(0);
  useEffect(() => setDone(load(key)), [key]);
  const imageIds = useMemo(() => new Set<string>(state?.images.map(({ imageId }) => imageId)), [state?.images]);
  useEffect(() => {
    if (!machine) return;
    const next = progress(classLesson, Math.max(done, load(key)), { engine: machine.engine, imageIds });
    if (next === done) return;
    save(key, next);
    setDone(next);
  }, [machine, imageIds, done, key]);
  return done;
}

/** The class's question as one seat sees it. */
export function predictionOf(
  state: ClassState | undefined,
  seat: string | undefined,
  onAnswer: (answer: RoundAnswer) => void,
): Prediction {
  const { round } = state ?? {};
  const answers = Object.values(round?.answers ?? {});
  const counts: Record<string, number> = {};
  if (round?.revealed) for (const { option } of answers) counts[option] = (counts[option] ?? 0) + 1;
  return {
    open: round?.step,
    answered: round?.answered ?? 0,
    present: state?.present ?? 0,
    revealed: round?.revealed ?? false,
    mine: seat ? round?.answers[seat] : undefined,
    counts,
    onAnswer,
  };
}

function load(key: string): number {
  try {
    return Number(localStorage.getItem(key)) || 0;
  } catch {
    return 0;
  }
}

function save(key: string, done: number): void {
  try {
    localStorage.setItem(key, String(done));
  } catch {
    // Storage is closed: the page itself still knows.
  }
}
