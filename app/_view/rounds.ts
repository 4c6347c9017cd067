import type { ClassState, PastRound, RoundAnswer, RoundState } from '../../lib/classroom';
import type { Lesson, Words } from '../../lib/lesson';

/** A round as one keeps it: what was asked, and what everybody predicted. Times are ISO 8601. */
export interface RoundReport {
  readonly step: string;
  /** This and the options only when the lesson still has the question. */
  readonly question?: string;
  readonly options?: readonly { readonly id: string; readonly text: string }[];
  /** Id of the option that what happens confirms. */
  readonly right?: string;
  readonly openedAt: string;
  /** Of a round that is over. */
  readonly closedAt?: string;
  readonly revealed: boolean;
  readonly predictions: readonly {
    readonly seat: string;
    readonly name?: string;
    readonly option: string;
    readonly sure: RoundAnswer['sure'];
    readonly right?: boolean;
  }[];
}

/** The rounds that the class remembers, the open one last. */
export function roundsOf(
  lesson: Lesson,
  { past = [], round, seats }: Pick<ClassState, 'past' | 'round' | 'seats'>,
  language: keyof Words,
): readonly RoundReport[] {
  const names = new Map(seats.map(({ id, name }) => [id, name]));
  const all: readonly (RoundState & Partial<PastRound>)[] = [...past, ...(round ? [round] : [])];
  return all.map((one) => {
    const asked = askedIn(lesson, one);
    return {
      step: one.step,
      ...(asked && {
        question: asked.question[language],
        options: asked.options.map(({ id, text }) => ({ id, text: text[language] })),
        right: asked.answer,
      }),
      openedAt: new Date(one.openedAt).toISOString(),
      ...(one.closedAt !== undefined && { closedAt: new Date(one.closedAt).toISOString() }),
      revealed: one.revealed,
      predictions: Object.entries(one.answers).map(([seat, { option, sure }]) => ({
        seat,
        name: names.get(seat),
        option,
        sure,
        ...(asked && { right: option === asked.answer }),
      })),
    };
  });
}

/** One seat's predictions, a line each: `m1: same (fairly), wrong`. */
export function predictionsOf(rounds: readonly RoundReport[], seat: string): readonly string[] {
  return rounds.flatMap(({ step, predictions }) =>
    predictions
      .filter((one) => one.seat === seat)
      .map(({ option, sure, right }) => {
        const judged = right === undefined ? '' : right ? ', right' : ', wrong';
        return `${step}: ${option} (${sure})${judged}`;
      }),
  );
}

/** The lesson's question that a round asked, while the lesson has it. */
export function askedIn(lesson: Lesson, { lesson: id, step }: Pick<RoundState, 'lesson' | 'step'>) {
  return lesson.id === id ? lesson.steps.find((one) => one.id === step)?.round : undefined;
}
