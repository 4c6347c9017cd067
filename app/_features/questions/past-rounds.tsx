'use client';
import type { PastRound } from '../../../lib/classroom';
import type { Lesson } from '../../../lib/lesson';
import { useLanguage, useSay } from '../../_i18n/language';
import { askedIn } from '../../_view';

/** The rounds that are over, the latest first: what was asked, and how many were right. */
export function PastRounds({ lesson, past }: { readonly lesson: Lesson; readonly past: readonly PastRound[] }) {
  const say = useSay();
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const known = past.flatMap((round) => {
    const asked = askedIn(lesson, round);
    return asked ? [{ round, asked }] : [];
  });
  if (known.length === 0) return null;
  return (
    <section className="mt-4 border-t border-line pt-3 text-sm">
      <h3 className="mb-1.5 font-semibold">{say('questions.past')}</h3>
      <ol className="grid gap-1.5">
        {known.toReversed().map(({ round, asked }) => {
          const answers = Object.values(round.answers);
          const right = answers.filter(({ option }) => option === asked.answer).length;
          return (
            <li key={round.openedAt} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
              <span>{asked.question[language]}</span>
              <span className="text-right">{say('questions.right', { n: right, total: answers.length })}</span>
              <span className="text-soft">{time.format(round.openedAt)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
