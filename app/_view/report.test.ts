import { describe, expect, it } from 'vitest';
import { csvOf, reportOf } from './report';
import type { ContainerView } from './types';

const container = {
  id: 'c0ffee',
  name: 'web',
  image: 'motd:1.0',
  imageId: 'sha256:aa',
  diffIds: [],
  command: 'sh',
  status: 'running',
  created: '',
  changes: [
    { path: '/etc/motd', kind: 'changed', is: 'file' },
    { path: '/a,b', kind: 'added', is: 'file' },
  ],
  digest: 'sha256:bb',
  bytes: 7,
} as const satisfies ContainerView;

describe('the report of a class', () => {
  const rows = reportOf(
    [
      { seat: 's1', name: '=cmd()', colour: 0, containers: [container] },
      { seat: 's2', name: 'Bo "B"', colour: 1, containers: [], stuckOn: 'cat /a' },
    ],
    (seat) =>
      seat === 's1'
        ? { proof: '7 of 7', answer: 'same', predictions: ['m1: same (guess), right', 'm3: no (fairly), wrong'] }
        : { asks: 2 },
  );

  it('has a row for every container, and for everybody without one', () => {
    expect(rows.map(({ name, container: of, changes }) => [name, of, changes.length])).toEqual([
      ['=cmd()', 'web', 2],
      ['Bo "B"', undefined, 0],
    ]);
  });

  it('is CSV that a spreadsheet reads as text', () => {
    const csv = csvOf(rows);
    expect(csv.split('\r\n')[1]).toBe(
      's1,\'=cmd(),web,c0ffee,motd:1.0,sha256:aa,running,sha256:bb,7,"C /etc/motd\nA /a,b",7 of 7,same,,,,"m1: same (guess), right\nm3: no (fairly), wrong"',
    );
    expect(csv).toContain('"Bo ""B"""');
    expect(csv.trimEnd()).toMatch(/cat \/a,2,$/);
  });
});
