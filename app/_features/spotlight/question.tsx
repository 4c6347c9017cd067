'use client';
import type { RoundState } from '../../../lib/classroom';
import type { Lesson } from '../../../lib/lesson';
import { useLanguage, useSay } from '../../_i18n/language';

/** The open question for the wall: what is asked, how many have answered, and after the reveal what they said. */
export function BigQuestion({
  lesson,
  round,
  present,
}: {
  readonly lesson: Lesson;
  readonly round: RoundState | undefined;
  readonly present: number;
}) {
  const say = useSay();
  const language = useLanguage();
  const asked = lesson.steps.find(({ id }) => id === round?.step)?.round;
  if (!asked || !round) return <p className="text-3xl text-soft">{say('spotlight.noQuestion')}</p>;
  const answers = Object.values(round.answers);
  const count = (id: string) => answers.filter(({ option }) => option === id).length;
  return (
    <div className="grid w-full max-w-6xl gap-8">
      <p className="text-[44px] leading-tight font-semibold text-balance">{asked.question[language]}</p>
      <ul className="grid gap-4">
        {asked.options.map(({ id, text }, i) => {
          const right = round.revealed && id === asked.answer;
          return (
            <li
              key={id}
              className={`relative flex items-baseline gap-4 overflow-hidden rounded-2xl border-2 px-6 py-4 text-[28px] ${right ? 'border-ok' : 'border-line-strong'}`}
            >
              {round.revealed && (
                <span
                  aria-hidden="true"
                  className={`absolute inset-y-0 left-0 -z-10 transition-[width] duration-300 ${right ? 'bg-add-wash' : 'bg-paper-deep'}`}
                  style={{ width: `${answers.length ? (count(id) / answers.length) * 100 : 0}%` }}
                />
              )}
              <span className="font-mono text-soft">{String.fromCharCode(65 + i)}</span>
              <span className={`flex-1 ${right ? 'font-semibold text-ok' : ''}`}>
                {right && '✓ '}
                {text[language]}
              </span>
              {round.revealed && <b className="font-mono">{count(id)}</b>}
            </li>
          );
        })}
      </ul>
      <p role="status" className="text-[26px] text-soft">
        {say('questions.answered', { n: round.answered, total: present })}
      </p>
    </div>
  );
}
