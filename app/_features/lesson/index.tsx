'use client';
import type { Lesson as LessonData } from '../../../lib/lesson';
import { useLanguage, useSay } from '../../_i18n/language';
import { Panel } from '../../_ui';
import { type Prediction, Round } from './round';
import { Lines, Prose } from './words';

export type { Prediction } from './round';

/**
 * The lesson beside the terminal: where one is, what to try next, the question to answer first. A step is ticked when the
 * student's own computer shows that it was done, whichever way.
 */
export function Lesson({
  lesson,
  done,
  image,
  onType,
  prediction,
}: {
  readonly lesson: LessonData;
  /** Steps that are done. */
  readonly done: number;
  readonly image?: string;
  readonly onType: (line: string) => void;
  readonly prediction: Prediction;
}) {
  const say = useSay();
  const language = useLanguage();
  const current = lesson.steps[done];
  const total = lesson.steps.length;
  // The class is asked together, wherever in the lesson each one is.
  const asked = lesson.steps.find(({ id }) => id === prediction.open && id !== current?.id);
  return (
    <Panel title={lesson.title[language]} note={say('lesson.step', { n: Math.min(done + 1, total), total })}>
      <Progress done={done} total={total} label={say('lesson.progress', { n: done, total })} />
      {!image && <p className="mt-3 text-soft">{say('lesson.noImage')}</p>}
      {image && asked?.round && (
        <div className="mt-4 grid gap-2 border-b border-line pb-4" key={`asked ${asked.id}`}>
          <h3 className="text-lg leading-tight font-semibold">{say('round.asked')}</h3>
          <Round round={asked.round} step={asked.id} prediction={prediction} />
        </div>
      )}
      {image && current && (
        <div className="mt-4 grid gap-3" key={current.id}>
          <h3 className="text-lg leading-tight font-semibold">{current.title[language]}</h3>
          <Prose text={current.text[language]} image={image} />
          {current.round && <Round round={current.round} step={current.id} prediction={prediction} />}
          <Lines lines={current.solution} image={image} onType={onType} />
          {current.analogy && <KeepInMind text={current.analogy[language]} />}
        </div>
      )}
      {image && !current && <p className="mt-4 font-semibold">{say('lesson.finished')}</p>}
      <p className="mt-5 border-t border-line pt-3 text-sm text-soft">{say('try.honest')}</p>
    </Panel>
  );
}

function Progress({ done, total, label }: { readonly done: number; readonly total: number; readonly label: string }) {
  const states = Array.from({ length: total }, (_, i) => (i < done ? 'done' : i === done ? 'now' : 'later'));
  const looks = { done: 'bg-host-ink', now: 'bg-accent', later: 'bg-line' } as const;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={done}
      aria-valuemin={0}
      aria-valuemax={total}
      className="mt-1 flex gap-1"
    >
      {states.map((state, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a lesson have a fixed order
        <span key={i} className={`h-1.5 flex-1 rounded-full ${looks[state]}`} />
      ))}
    </div>
  );
}

function KeepInMind({ text }: { readonly text: string }) {
  const say = useSay();
  return (
    <aside className="border-t border-line pt-3 text-sm text-soft">
      <h4 className="mb-1 font-semibold text-ink">{say('lesson.keepInMind')}</h4>
      {text}
    </aside>
  );
}
