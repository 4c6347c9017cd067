import { expect, it } from 'vitest';
import { byReason } from './refusals';

it('says each reason once, the most frequent first', () => {
  const one = (seat: string, message: string) => ({ seat, message });
  const groups = byReason([one('a', 'a folder'), one('b', 'full'), one('c', 'full')]);
  expect(groups.map((group) => group.map(({ seat }) => seat))).toEqual([['b', 'c'], ['a']]);
});
