import { describe, expect, it } from 'vitest';
import { ManualClock, seeded } from '../clock';
import { Mounts, PlainTree, viewOf } from '../fs';
import { createSystem, type Program } from '.';

function at(program: Program) {
  const clock = new ManualClock();
  const mounts = new Mounts(new PlainTree({ now: () => clock.now() }));
  const system = createSystem({
    clock,
    chance: seeded(1),
    hostname: 'box',
    fs: (viewer) => viewOf(mounts, viewer),
    identify: () => ({ kind: 'errno', errno: 'ENOEXEC' }),
    network: { resolve: () => [], addresses: () => [], connect: never, listen: never },
    limits: { processes: 50, openFiles: 64, cpuBudget: 1e9 },
    scheduler: { cpu: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
  });
  let screen = '';
  const device = system.terminal({ columns: 80, rows: 24, output: (bytes) => void (screen += decoder.decode(bytes)) });
  const process = system.start({ argv: ['p'], program, descriptors: new Map([0, 1, 2].map((n) => [n, device])) });
  const type = async (text: string) => {
    device.terminal.type(new TextEncoder().encode(text));
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { system, process, type, screen: () => screen, terminal: device.terminal };
}

const decoder = new TextDecoder();
const never = (): never => {
  throw new Error('no network here');
};

/** Writes each line that it reads in brackets. */
const reader: Program = async (process) => {
  for (;;) {
    const line = await process.stdin.read(process);
    if (line.length === 0) return 9;
    await process.print(`[${decoder.decode(line).replace('\n', '$')}]\n`);
  }
};

describe('a terminal in line mode', () => {
  it('echoes, and gives whole lines', async () => {
    const { type, screen } = at(reader);
    await type('hi');
    expect(screen()).toBe('hi');
    await type('!\rx\r');
    expect(screen()).toBe('hi!\r\nx\r\n[hi!$]\r\n[x$]\r\n');
  });

  it('erases a character, a word, a line', async () => {
    const { type, screen } = at(reader);
    await type('one two\u007f\u0017six\r');
    expect(screen()).toContain('[one six$]');
    await type('gone\u0015kept\r');
    expect(screen()).toContain('[kept$]');
  });

  it('erases a wide character whole', async () => {
    const { type, screen } = at(reader);
    await type('a漢é\u007f\u007f\r');
    expect(screen()).toBe(`a漢é${'\b \b'.repeat(3)}\r\n[a$]\r\n`);
  });

  it('ends input at Ctrl-D on an empty line, and submits a begun one', async () => {
    const { type, screen, system, process } = at(reader);
    await type('ab\u0004');
    expect(screen()).toBe('ab[ab]\r\n');
    await type('\u0004');
    expect(await system.ended(process)).toMatchObject({ exitCode: 9 });
  });

  it('interrupts the foreground group', async () => {
    const { type, screen, system, process } = at(async (one) => {
      const child = one.spawn({ argv: ['c'], program: reader });
      const ended = await one.wait(child.pid);
      return ended.exitCode;
    });
    await type('');
    await type('half\u0003');
    expect(screen()).toBe('half^C');
    expect(await system.ended(process)).toMatchObject({ exitCode: 130 });
  });

  it('tells a new size', async () => {
    let told = 0;
    const { terminal, type, system, process } = at(async (one) => {
      one.onSignal('WINCH', () => void told++);
      await one.stdin.read(one);
      return told;
    });
    await type('');
    terminal.resize(100, 30);
    await type('\r');
    expect(await system.ended(process)).toMatchObject({ exitCode: 1 });
    expect(terminal.size).toEqual({ columns: 100, rows: 30 });
  });
});

describe('a terminal in raw mode', () => {
  it('passes bytes untouched and unechoed', async () => {
    const { type, screen } = at(async (one) => {
      one.stdin.terminal!.mode = 'raw';
      one.stdin.terminal!.echo = false;
      for (;;) await one.print(`<${[...(await one.stdin.read(one))].join(' ')}>`);
    });
    await type('');
    await type('a\r\u0003');
    expect(screen()).toBe('<97 13 3>');
  });
});

describe('a terminal in raw mode', () => {
  it('gives what was typed already, up to what is not wanted, and keeps the rest', async () => {
    const heard: string[] = [];
    const { type, terminal } = at(async (process) => {
      process.stdin.terminal!.mode = 'raw';
      for (;;) {
        const first = decoder.decode(await process.stdin.read(process, 1));
        heard.push(first + decoder.decode(process.stdin.terminal!.ahead((byte) => byte !== 0x0d)));
      }
    });
    await type('');
    await type('ab');
    expect(heard).toEqual(['ab']);
    await type('cd\ref');
    expect(heard).toEqual(['ab', 'cd', '\ref']);
    expect(terminal.ahead(() => true)).toHaveLength(0);
  });
});
