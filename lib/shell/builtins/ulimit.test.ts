import { describe, expect, it } from 'vitest';
import { script } from '../testing/stage';

// Recorded from dash; busybox's and bash's are in lib/programs/fixtures.
describe("dash's ulimit", () => {
  it.each([
    ['ulimit -n 10; ulimit -n', '10\n', ''],
    ['ulimit -n abc; echo "rc $?"', 'rc 2\n', 'dash: 1: ulimit: bad number\n'],
    ['ulimit -z; echo "rc $?"', 'rc 2\n', 'dash: 1: ulimit: Illegal option -z\n'],
    ['ulimit -n 10 20; echo "rc $?"', 'rc 2\n', 'dash: 1: ulimit: too many arguments\n'],
    ['ulimit -Hn 20; echo "rc $?"', 'rc 2\n', 'dash: 1: ulimit: error setting limit (Invalid argument)\n'],
    ['ulimit -n unlimited; echo "rc $?"', 'rc 2\n', 'dash: 1: ulimit: error setting limit (Operation not permitted)\n'],
    ['ulimit -S; ulimit -H; ulimit -Sf 5; ulimit; ulimit -H', 'unlimited\nunlimited\n5\nunlimited\n', ''],
    ['ulimit -nf 100; ulimit -f', '100\n', ''],
    [
      'ulimit -n 4; exec 3</etc/passwd; exec 4</etc/passwd',
      '',
      'dash: 1: cannot open /etc/passwd: Too many open files\n',
    ],
  ])('%s', async (line, out, err) => {
    const ran = await script(line, { dialect: 'dash', argv: ['dash', '-c', `echo > /etc/passwd; ${line}`] });
    expect(ran).toMatchObject({ out, err });
  });

  it('lists them', async () => {
    const { out } = await script('ulimit -a', { dialect: 'dash' });
    expect(out).toBe(
      'time(seconds)        unlimited\nfile(blocks)         unlimited\ndata(kbytes)         unlimited\nstack(kbytes)        8192\ncoredump(blocks)     0\nmemory(kbytes)       unlimited\nlocked memory(kbytes) 8192\nprocess              100\nnofiles              256\nvmemory(kbytes)      unlimited\nlocks                unlimited\nrtprio               0\n',
    );
  });
});

it.each([
  ['gnu', 'real-time non-blocking time  (microseconds, -R) unlimited\ncore file size              (blocks, -c) 0\n'],
  ['busybox', 'core file size (blocks)         (-c) 0\ndata seg size (kb)              (-d) unlimited\n'],
] as const)('%s lists them', async (dialect, beginning) => {
  expect((await script('ulimit -a', { dialect })).out.slice(0, beginning.length)).toBe(beginning);
});

describe('limits are kept', () => {
  it('of CPU seconds: the hard one kills', async () => {
    const ran = await script('ulimit -t 1; (while :; do :; done); echo "rc $?"');
    expect(ran).toMatchObject({ out: 'rc 137\n', err: 'Killed\n' });
  });

  it('of CPU seconds: the soft one warns', async () => {
    const ran = await script(`ulimit -St 1; (while :; do :; done); echo "rc $?"`);
    expect(ran).toMatchObject({ out: 'rc 152\n', err: 'CPU time limit exceeded\n' });
  });

  it('of processes: for everybody but root', async () => {
    expect((await script('ulimit -u 2; (echo fine)')).out).toBe('fine\n');
  });
});
