'use client';
import { useState } from 'react';
import type { PastRound, RoundState } from '../../../lib/classroom';
import type { Lesson, Step } from '../../../lib/lesson';
import { useLanguage, useSay } from '../../_i18n/language';
import { Button, Panel } from '../../_ui';
import { PastRounds } from './past-rounds';

/** The lesson's questions, for who teaches: ask one, watch the answers come in, reveal them to the class. */
export function Questions({
  lesson,
  round,
  past = [],
  present,
  onOpen,
  onReveal,
  onClose,
}: {
  readonly lesson: Lesson;
  readonly round?: RoundState;
  /** Rounds that are over, oldest first. */
  readonly past?: readonly PastRound[];
  /** People in the class. */
  readonly present: number;
  readonly onOpen: (step: string) => void;
  readonly onReveal: () => void;
  readonly onClose: () => void;
}) {
  const say = useSay();
  const language = useLanguage();
  const asking = lesson.steps.filter((step) => step.round);
  const [chosen, choose] = useState(asking[0]?.id ?? '');
  const open = asking.find(({ id }) => id === round?.step);
  return (
    <Panel title={say('round.title')} note={say('questions.note')}>
      {open && round ? (
        <div className="grid gap-3">
          <p className="font-semibold">{open.round!.question[language]}</p>
          <Answers step={open} round={round} />
          <p role="status" className="text-sm text-soft">
            {say('questions.answered', { n: round.answered, total: present })}
          </p>
          <div className="flex gap-2">
            {!round.revealed && (
              <Button small look="primary" onClick={onReveal}>
                {say('round.reveal')}
              </Button>
            )}
            <Button small onClick={onClose}>
              {say('round.close')}
            </Button>
          </div>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <select
            aria-label={say('round.title')}
            value={chosen}
            onChange={(event) => choose(event.target.value)}
            className="min-w-0 flex-1 rounded-[10px] border border-line-strong bg-card px-3 py-2"
          >
            {asking.map(({ id, round: question }) => (
              <option key={id} value={id}>
                {question!.question[language]}
              </option>
            ))}
          </select>
          <Button small look="primary" onClick={() => onOpen(chosen)}>
            {say('round.ask')}
          </Button>
        </div>
      )}
      <PastRounds lesson={lesson} past={past} />
    </Panel>
  );
}

/** How many chose what: a bar, and the number beside it. */
function Answers({ step, round }: { readonly step: Step; readonly round: RoundState }) {
  const language = useLanguage();
  const answers = Object.values(round.answers);
  return (
    <ul className="grid gap-2">
      {step.round!.options.map(({ id, text }) => {
        const count = answers.filter(({ option }) => option === id).length;
        const right = round.revealed && id === step.round!.answer;
        return (
          <li key={id} className="grid grid-cols-[minmax(0,1fr)_2.5rem] items-center gap-x-3 gap-y-1">
            <span className={right ? 'font-semibold text-ok' : ''}>
              {right ? '✓ ' : ''}
              {text[language]}
            </span>
            <span className="text-right font-mono">{count}</span>
            <span className="col-span-2 h-2 rounded-full bg-paper-deep">
              <span
                className={`block h-2 rounded-full ${right ? 'bg-ok' : 'bg-host-ink'}`}
                style={{ width: `${answers.length ? (count / answers.length) * 100 : 0}%` }}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
