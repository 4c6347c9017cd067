import { expect, it } from 'vitest';
import { conditionsOf, countSigns, signOf } from './condition';
import type { SeatView } from './types';

const minute = 60_000;
const now = 100 * minute;
const seat = (id: string, removed = false) => ({ id, takenAt: now - minute, removed });
const view = (id: string, about: Partial<SeatView>): SeatView => ({
  seat: id,
  name: id,
  colour: 0,
  containers: [],
  lastAt: now,
  ...about,
});
const state = {
  phase: 'open',
  hands: [{ seat: 'bo' }, { seat: 'ana' }],
  seats: [seat('ana'), seat('bo'), seat('cy'), seat('di'), seat('ed', true), seat('flo')],
};
const seats = [
  view('ana', { stuckOn: 'cat /x' }),
  view('bo', {}),
  view('cy', { stuckOn: 'ls /y' }),
  view('di', { lastAt: now - 7.5 * minute }),
  view('ed', { stuckOn: 'gone' }),
];

it('tells who asks and in which place, who is stuck on what, and who has been quiet for long', () => {
  const conditions = conditionsOf(state, seats, now);
  expect(Object.fromEntries(conditions)).toEqual({
    ana: { asks: 2, stuckOn: 'cat /x' },
    bo: { asks: 1 },
    cy: { stuckOn: 'ls /y' },
    di: { idle: 7 },
  });
  expect(['ana', 'cy', 'di', 'flo'].map((id) => signOf(conditions.get(id)))).toEqual([
    'asks',
    'stuck',
    'idle',
    undefined,
  ]);
});

it('counts each seat once for each sign, however many containers it has', () => {
  const conditions = conditionsOf(state, seats, now);
  expect(countSigns(['ana', 'ana', 'bo', 'cy', 'flo', 'host'], conditions)).toEqual({ asks: 2, stuck: 2, idle: 0 });
});

it('calls nobody quiet when the class has ended', () => {
  expect(conditionsOf({ ...state, phase: 'ended', hands: [] }, seats, now).has('di')).toBe(false);
});
