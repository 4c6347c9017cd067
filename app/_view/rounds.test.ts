import { describe, expect, it } from 'vitest';
import { firstLesson } from '../../lib/lesson';
import { predictionsOf, roundsOf } from './rounds';

const step = firstLesson.steps.find(({ round }) => round)!;
const right = step.round!.answer;
const wrong = step.round!.options.find(({ id }) => id !== right)!.id;
const asked = { lesson: firstLesson.id, step: step.id, openedAt: 0, revealed: true, answered: 1 };
const seat = (id: string, name: string) => ({ id, name, colour: 0, takenAt: 0, removed: false });

const state = {
  seats: [seat('a', 'Ana'), seat('b', 'Bo')],
  past: [
    { ...asked, answers: { a: { option: right, sure: 'certain' } }, closedAt: 1000 },
    { ...asked, lesson: 'another', answers: { a: { option: right, sure: 'guess' } }, closedAt: 2000 },
  ],
  round: { ...asked, openedAt: 3000, revealed: false, answers: { b: { option: wrong, sure: 'fairly' } } },
} as const;

describe('the rounds of a class', () => {
  const rounds = roundsOf(firstLesson, state, 'es');

  it('say what was asked, in one’s language, and when', () => {
    expect(rounds.map(({ question, openedAt, closedAt }) => [question, openedAt, closedAt])).toEqual([
      [step.round!.question.es, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.000Z'],
      [undefined, '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:02.000Z'],
      [step.round!.question.es, '1970-01-01T00:00:03.000Z', undefined],
    ]);
    expect(rounds[0]!.options).toContainEqual({ id: right, text: expect.any(String) });
  });

  it('say who was right, where the question is known', () => {
    expect(rounds.map(({ predictions }) => predictions.map((one) => [one.name, one.right]))).toEqual([
      [['Ana', true]],
      [['Ana', undefined]],
      [['Bo', false]],
    ]);
    expect(predictionsOf(rounds, 'a')).toEqual([
      `${step.id}: ${right} (certain), right`,
      `${step.id}: ${right} (guess)`,
    ]);
    expect(predictionsOf(rounds, 'b')).toEqual([`${step.id}: ${wrong} (fairly), wrong`]);
  });
});
