import { expect, it } from 'vitest';
import { kindOf } from './prompts';

it.each([
  ['ana@laptop:~$ ls', 'host', 13],
  ['/ # cat /etc/motd', 'container', 3],
  ['/app # ', 'container', 6],
  ['~ $ id', 'container', 3],
  ['root@4be1c09a77d2:/usr# ', 'container', 23],
  ['Welcome to the class', undefined, 0],
  ['# a comment', undefined, 0],
  ['/etc/motd', undefined, 0],
])('%j is typed on: %s', (line, kind, width) => {
  expect(kindOf(line)).toEqual(kind && { kind, width });
});
