import { describe, expect, it } from 'vitest';
import { ManualClock, seeded } from '../clock';
import { FsError, Mounts, PlainTree, viewOf } from '../fs';
import { createSystem, type Descriptor, duplex, type LiveSystem, open, type Process, type Program, pipe } from '.';

const network = {
  resolve: () => [],
  connect: () => Promise.reject(new FsError('ECONNREFUSED')),
  listen: () => {
    throw new FsError('EADDRINUSE');
  },
  addresses: () => [],
};

function make(limits: Partial<LiveSystem['limits']> = {}) {
  const clock = new ManualClock();
  const mounts = new Mounts(new PlainTree({ now: () => clock.now() }));
  const faults: unknown[] = [];
  const system = createSystem({
    clock,
    chance: seeded(1),
    hostname: 'box',
    fs: (viewer) => viewOf(mounts, viewer),
    identify: () => ({ kind: 'errno', errno: 'ENOEXEC' }),
    network,
    limits: { processes: 50, openFiles: 64, cpuBudget: 1e9, ...limits },
    scheduler: { cpu: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
    fault: (error) => faults.push(error),
  });
  return { clock, system, faults };
}

function captured() {
  let text = '';
  const out = duplex({ write: (bytes) => void (text += new TextDecoder().decode(bytes)) });
  return { descriptor: out.descriptor, text: () => text };
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

const pidOne: Program = async (process) => {
  for (;;) await process.sleep(1e6);
};

const forever = pidOne;

function init(system: LiveSystem, program: Program = pidOne, descriptors?: Map<number, Descriptor>): Process {
  return system.start({ argv: ['init'], program, descriptors });
}

describe('life of a process', () => {
  it('ends with what its program returns', async () => {
    const { system } = make();
    const process = init(system, async () => 7);
    expect(await system.ended(process)).toEqual({ pid: 1, exitCode: 7 });
    expect(system.over).toBe(true);
  });

  it('is a zombie until its parent waits', async () => {
    const { system } = make();
    const parent = init(system);
    const child = parent.spawn({ argv: ['c'], program: async () => 3 });
    await settle();
    expect(system.processes().map((row) => row.state)).toEqual(['S', 'Z']);
    expect(parent.reap(child.pid)).toEqual({ pid: 2, exitCode: 3 });
    expect(system.processes()).toHaveLength(1);
    expect(() => parent.reap()).toThrow(expect.objectContaining({ errno: 'ECHILD' }));
  });

  it('leaves its children to pid 1', async () => {
    const { system } = make();
    const one = init(system);
    const middle = one.spawn({
      argv: ['m'],
      program: async (process) => {
        process.spawn({ argv: ['leaf'], program: forever });
        return 0;
      },
    });
    await one.wait(middle.pid);
    expect(system.processes().find((row) => row.argv[0] === 'leaf')?.ppid).toBe(1);
  });

  it('takes everything along when pid 1 ends', async () => {
    const { system } = make();
    let unwound = false;
    const one = init(system, async (process) => {
      process.spawn({
        argv: ['c'],
        program: async (child) => {
          try {
            return await forever(child);
          } finally {
            unwound = true;
          }
        },
      });
      await process.until(settle());
      return 0;
    });
    await system.ended(one);
    await settle();
    expect(system.processes()).toEqual([]);
    expect(unwound).toBe(true);
  });

  it('refuses more than the limit with EAGAIN', () => {
    const { system } = make({ processes: 3 });
    const one = init(system);
    one.spawn({ argv: ['a'], program: forever });
    one.spawn({ argv: ['b'], program: forever });
    expect(() => one.spawn({ argv: ['c'], program: forever })).toThrow(expect.objectContaining({ errno: 'EAGAIN' }));
  });

  it('gives execve errors', () => {
    const { system } = make();
    const one = init(system);
    one.fs.mkdir('/d');
    one.fs.writeFile('/plain', new Uint8Array(), 0o644);
    one.fs.writeFile('/script', new TextEncoder().encode('#!/nope\n'), 0o755);
    one.fs.writeFile('/odd', new TextEncoder().encode('??'), 0o755);
    const spawn = (path: string) => () => one.spawn({ path, argv: [path] });
    expect(spawn('/none')).toThrow(expect.objectContaining({ errno: 'ENOENT' }));
    expect(spawn('/d')).toThrow(expect.objectContaining({ errno: 'EACCES' }));
    expect(spawn('/plain')).toThrow(expect.objectContaining({ errno: 'EACCES' }));
    expect(spawn('/script')).toThrow(expect.objectContaining({ errno: 'ENOENT' }));
    expect(spawn('/odd')).toThrow(expect.objectContaining({ errno: 'ENOEXEC' }));
  });

  it('reports what a defective program throws, and ends it as an abort', async () => {
    const { system, faults } = make();
    const process = init(system, async () => {
      throw new Error('oops');
    });
    expect(await system.ended(process)).toMatchObject({ exitCode: 134 });
    expect(faults).toHaveLength(1);
  });
});

describe('signals', () => {
  it('end a process at once, and its program at its next call', async () => {
    const { system } = make();
    const one = init(system);
    const child = one.spawn({ argv: ['c'], program: forever });
    await settle();
    one.kill(child.pid, 'TERM');
    expect(await one.wait(child.pid)).toEqual({ pid: 2, exitCode: 143, signal: 'TERM' });
  });

  it('do not reach a pid 1 that has no handler, except KILL from outside', async () => {
    const { system } = make();
    const one = init(system);
    await settle();
    system.signal(1, 'TERM');
    one.kill(1, 'KILL');
    expect(system.over).toBe(false);
    system.signal(1, 'KILL');
    expect(await system.ended(one)).toEqual({ pid: 1, exitCode: 137, signal: 'KILL' });
  });

  it('run handlers between two calls, and go on waiting', async () => {
    const { system, clock } = make();
    let seen = 0;
    const one = init(system, async (process) => {
      process.onSignal('TERM', () => void seen++);
      await process.sleep(1000);
      return seen;
    });
    await settle();
    system.signal(1, 'TERM');
    await settle();
    expect(seen).toBe(1);
    clock.advance(1000);
    expect(await system.ended(one)).toMatchObject({ exitCode: 1 });
  });

  it('stop and continue, which a parent may ask about', async () => {
    const { system } = make();
    const one = init(system);
    const child = one.spawn({ argv: ['c'], program: forever });
    await settle();
    one.kill(child.pid, 'TSTP');
    expect(await one.wait(child.pid, { stopped: true })).toMatchObject({ stopped: true, exitCode: 148 });
    expect(system.processes()[1]?.state).toBe('T');
    one.kill(child.pid, 'CONT');
    await settle();
    expect(system.processes()[1]?.state).toBe('S');
  });

  it('are for the owner and root only', async () => {
    const { system } = make();
    const one = init(system);
    const stranger = one.spawn({ argv: ['s'], program: forever, credentials: { uid: 5, gid: 5, groups: [] } });
    expect(() => stranger.kill(1, 'TERM')).toThrow(expect.objectContaining({ errno: 'EPERM' }));
    expect(() => one.kill(99, 'TERM')).toThrow(expect.objectContaining({ errno: 'ESRCH' }));
  });
});

describe('pipes', () => {
  const writer =
    (bytes: number): Program =>
    async (process) => {
      for (let left = bytes; left > 0; left -= 1000) await process.stdout.write(process, new Uint8Array(1000).fill(65));
      return 0;
    };

  it('hold a writer back at 64 KiB', async () => {
    const { system } = make();
    const one = init(system);
    const { reader, writer: end } = pipe();
    const child = one.spawn({ argv: ['w'], program: writer(1e6), descriptors: new Map([[1, end]]) });
    end.close();
    await settle();
    let total = 0;
    for (let part = await reader.read(one); part.length > 0; part = await reader.read(one)) {
      expect(part.length).toBeLessThanOrEqual(65536);
      total += part.length;
    }
    expect(total).toBe(1e6);
    expect(await one.wait(child.pid)).toMatchObject({ exitCode: 0 });
  });

  it('end a writer whose reader is gone with SIGPIPE', async () => {
    const { system } = make();
    const one = init(system);
    const { reader, writer: end } = pipe();
    const child = one.spawn({ argv: ['w'], program: writer(1e6), descriptors: new Map([[1, end]]) });
    end.close();
    await reader.read(one);
    reader.close();
    expect(await one.wait(child.pid)).toMatchObject({ exitCode: 141, signal: 'PIPE' });
  });

  it('meet at a named pipe', async () => {
    const { system } = make();
    const out = captured();
    const one = init(system, pidOne, new Map([[1, out.descriptor]]));
    one.fs.mknod('/fifo', 'fifo', 0o644);
    const reading = one.spawn({
      argv: ['r'],
      program: async (process) => {
        const from = await open(process, '/fifo', { read: true });
        await process.stdout.write(process, await from.read(process));
        return 0;
      },
    });
    one.spawn({
      argv: ['w'],
      program: async (process) => {
        const to = await open(process, '/fifo', { write: true });
        await to.write(process, new TextEncoder().encode('through'));
        to.close();
        return 0;
      },
    });
    await one.wait(reading.pid);
    expect(out.text()).toBe('through');
  });
});

describe('time', () => {
  it('within interrupts the waiting only', async () => {
    const { system, clock } = make();
    const one = init(system, async (process) => {
      const late = await process.within(50, () => process.sleep(100).then(() => 1));
      const soon = await process.within(50, async () => 2);
      return (late ?? 40) + (soon ?? 0);
    });
    await settle();
    clock.advance(50);
    expect(await system.ended(one)).toMatchObject({ exitCode: 42 });
  });

  it('ends a turn that uses more CPU than its budget', async () => {
    const { system } = make({ cpuBudget: 20 });
    const one = init(system);
    system.beginTurn();
    const busy = one.spawn({
      argv: ['busy'],
      program: async (process) => {
        for (;;) await process.tick();
      },
    });
    expect(await one.wait(busy.pid)).toMatchObject({ exitCode: 152, signal: 'XCPU' });
    system.endTurn();
  });

  it('stands still while paused', async () => {
    const { system, clock } = make();
    let steps = 0;
    init(system, async (process) => {
      for (;;) {
        await process.sleep(10);
        steps++;
      }
    });
    await settle();
    system.pause();
    clock.advance(10);
    await settle();
    expect(steps).toBe(0);
    system.resume();
    await settle();
    expect(steps).toBe(1);
  });
});
