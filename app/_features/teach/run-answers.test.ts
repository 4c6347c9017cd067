import { expect, it } from 'vitest';
import { groupAnswers } from './run-answers';

it('groups equal answers, the most frequent first; another exit code is another answer', () => {
  const answer = (seat: string, output: string, exitCode = 0) => ({ seat, container: 'web', output, exitCode });
  const groups = groupAnswers([answer('a', 'x'), answer('b', 'y'), answer('c', 'y'), answer('d', 'y', 1)]);
  expect(groups.map((group) => group.map(({ seat }) => seat))).toEqual([['b', 'c'], ['a'], ['d']]);
});
