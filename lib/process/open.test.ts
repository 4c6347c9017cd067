import { describe, expect, it } from 'vitest';
import { ManualClock, seeded } from '../clock';
import { FsError, Mounts, PlainTree, viewOf } from '../fs';
import { createSystem, duplex, interpreterLine, type Loaded, open, type Process, type Program } from '.';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);
const never = (): never => {
  throw new FsError('ECONNREFUSED');
};

/** Answers how it was called. */
const told: Program = async (process) => {
  await process.print(JSON.stringify(process.argv));
  return 0;
};

function system() {
  const clock = new ManualClock();
  const mounts = new Mounts(new PlainTree({ now: () => clock.now() }));
  const made = createSystem({
    clock,
    chance: seeded(1),
    hostname: 'box',
    fs: (viewer) => viewOf(mounts, viewer),
    identify: (_fs, _path, _argv, head): Loaded =>
      text(head).startsWith('\x7fELF') ? { kind: 'program', program: told } : { kind: 'errno', errno: 'ENOEXEC' },
    network: { resolve: () => [], addresses: () => [], connect: never, listen: never },
    limits: { processes: 50, openFiles: 8, cpuBudget: 1e9 },
    scheduler: { cpu: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
  });
  made.fs.mkdir('/bin');
  made.fs.mkdir('/dev');
  made.fs.writeFile('/bin/told', bytes('\x7fELF'), 0o755);
  return made;
}

async function run(program: Program, on = system()) {
  let out = '';
  const output = duplex({ write: (data) => void (out += text(data)) });
  const process = on.start({ argv: ['p'], program, descriptors: new Map([[1, output.descriptor]]) });
  const { exitCode } = await on.ended(process);
  return { out, exitCode };
}

describe('an executable', () => {
  it.each([
    ['#!/bin/told\n', ['/bin/told', '/s', 'a']],
    ['#! /bin/told  -e -x  \nbody', ['/bin/told', '-e -x', '/s', 'a']],
  ])('%j is run by its interpreter, with one argument', async (head, argv) => {
    const on = system();
    on.fs.writeFile('/s', bytes(head), 0o755);
    const { out } = await run(async (process) => process.exec({ path: '/s', argv: ['s', 'a'] }), on);
    expect(JSON.parse(out)).toEqual(argv);
  });

  it('may be a script for a script, but not for ever', () => {
    const on = system();
    on.fs.writeFile('/loop', bytes('#!/loop\n'), 0o755);
    expect(() => on.start({ path: '/loop', argv: ['loop'] })).toThrow(expect.objectContaining({ errno: 'ELOOP' }));
  });

  it('needs execute permission of the one who runs it', async () => {
    const on = system();
    on.fs.writeFile('/mine', bytes('\x7fELF'), 0o700);
    const credentials = { uid: 7, gid: 7, groups: [] };
    expect(() => on.start({ path: '/mine', argv: ['mine'], credentials })).toThrow(
      expect.objectContaining({ errno: 'EACCES' }),
    );
  });

  it('reads no more than its first line', () => {
    expect(interpreterLine(bytes('#!/a b c\nd'))).toEqual(['/a', 'b c']);
    expect(interpreterLine(bytes('echo'))).toBeUndefined();
    expect(() => interpreterLine(bytes('#!\n'))).toThrow(expect.objectContaining({ errno: 'ENOEXEC' }));
  });
});

describe('open', () => {
  const device = (process: Process, name: string, minor: number) =>
    process.system.fs.mknod(`/dev/${name}`, 'char', 0o666, 256 + minor);

  it('knows the devices', async () => {
    await run(async (process) => {
      for (const [name, minor] of Object.entries({ null: 3, zero: 5, full: 7, urandom: 9 }))
        device(process, name, minor);
      const both = { read: true, write: true };
      expect(await (await open(process, '/dev/null', both)).read(process, 5)).toHaveLength(0);
      expect(await (await open(process, '/dev/zero', both)).read(process, 5)).toEqual(new Uint8Array(5));
      expect(await (await open(process, '/dev/urandom', both)).read(process, 5)).toHaveLength(5);
      const full = await open(process, '/dev/full', both);
      await expect(full.write(process, bytes('x'))).rejects.toMatchObject({ errno: 'ENOSPC' });
      return 0;
    });
  });

  it('follows a link to the descriptor that a process has', async () => {
    const { out } = await run(async (process) => {
      process.fs.symlink('/dev/stdout', '/log');
      const log = await open(process, '/log', { write: true, append: true });
      await log.write(process, bytes('a line'));
      await expect(open(process, '/dev/fd/9', { read: true })).rejects.toMatchObject({ errno: 'ENOENT' });
      return 0;
    });
    expect(out).toBe('a line');
  });

  it('is refused when too many are open', async () => {
    await run(async (process) => {
      process.fs.writeFile('/f', bytes('x'));
      for (let number = 3; process.descriptors.size < 8; number++)
        process.descriptors.set(number, await open(process, '/f', { read: true }));
      await expect(open(process, '/f', { read: true })).rejects.toMatchObject({ errno: 'EMFILE' });
      return 0;
    });
  });
});

describe('a duplex', () => {
  it('takes what is written, gives what is pushed, and ends', async () => {
    const on = system();
    const written: string[] = [];
    const outside = duplex({ write: (data) => void written.push(text(data)) });
    outside.push(bytes('one '));
    const process = on.start({
      argv: ['echo'],
      program: async (own) => {
        for (let data = await own.stdin.read(own); data.length > 0; data = await own.stdin.read(own))
          await own.stdout.write(own, data);
        return 0;
      },
      descriptors: new Map([
        [0, outside.descriptor],
        [1, outside.descriptor],
      ]),
    });
    outside.push(bytes('two'));
    outside.end();
    await on.ended(process);
    expect(written.join('')).toBe('one two');
  });

  it('breaks the pipe when nobody listens any more', async () => {
    const on = system();
    void on.ended(on.start({ argv: ['init'], program: (own) => own.sleep(1e9).then(() => 0) }));
    const outside = duplex({ write: () => {} });
    outside.breakOff();
    const process = on.start({
      argv: ['w'],
      program: async (own) => own.print('x').then(() => 0),
      descriptors: new Map([[1, outside.descriptor]]),
    });
    expect(await on.ended(process)).toMatchObject({ exitCode: 141, signal: 'PIPE' });
  });
});
