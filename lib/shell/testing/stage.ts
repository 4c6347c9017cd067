/** For tests: a system with a shell and a handful of small programs, and what a script leaves behind. */
import { ManualClock, seeded } from '../../clock';
import { FsError, Mounts, PlainTree, viewOf } from '../../fs';
import { createSystem, type Descriptor, duplex, type LiveSystem, type Process, type Program } from '../../process';
import { type ShellOptions, shellProgram } from '../program';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

async function copy(process: Process, from: Descriptor): Promise<void> {
  for (let bytes = await from.read(process); bytes.length > 0; bytes = await from.read(process))
    await process.stdout.write(process, bytes);
}

const programs: Readonly<Record<string, Program>> = {
  cat: async (process) => {
    for (const path of process.argv.slice(1)) await process.stdout.write(process, process.fs.readFile(path));
    if (process.argv.length === 1) await copy(process, process.stdin);
    return 0;
  },
  sleep: async (process) => {
    await process.sleep(Number(process.argv[1]) * 1000);
    return 0;
  },
  env: async (process) => {
    for (const [name, value] of Object.entries(process.env)) await process.print(`${name}=${value}\n`);
    return 0;
  },
  args: async (process) => {
    for (const arg of process.argv.slice(1)) await process.print(`<${arg}>`);
    await process.print('\n');
    return 0;
  },
  yes: async (process) => {
    for (;;) await process.print('y\n');
  },
  head: async (process) => {
    let left = Number(process.argv[1]?.slice(1) ?? 10);
    while (left > 0) {
      const [byte] = await process.stdin.read(process, 1);
      if (byte === undefined) break;
      await process.stdout.write(process, Uint8Array.of(byte));
      if (byte === 10) left--;
    }
    return 0;
  },
  wc: async (process) => {
    let lines = 0;
    for (let bytes = await process.stdin.read(process); bytes.length > 0; bytes = await process.stdin.read(process))
      for (const byte of bytes) if (byte === 10) lines++;
    await process.print(`${lines}\n`);
    return 0;
  },
};

interface Limits {
  readonly processes?: number;
  readonly cpuBudget?: number;
}

export interface Stage {
  readonly system: LiveSystem;
  readonly clock: ManualClock;
  readonly faults: unknown[];
  readonly mounts: Mounts;
}

export function stage(options: Partial<ShellOptions> & Limits = {}): Stage {
  const clock = new ManualClock();
  const mounts = new Mounts(new PlainTree({ now: () => clock.now() }));
  const faults: unknown[] = [];
  const shell = shellProgram({ dialect: 'busybox', ...options });
  const system = createSystem({
    clock,
    chance: seeded(1),
    hostname: 'box',
    fs: (viewer) => viewOf(mounts, viewer),
    identify: (_fs, _path, _argv, head) => {
      const [magic, name = ''] = decoder.decode(head).split(':');
      if (magic !== '\x7fELF') return { kind: 'errno', errno: 'ENOEXEC' };
      const program = name === 'sh' ? shell : programs[name];
      return program ? { kind: 'program', program } : { kind: 'errno', errno: 'ENOEXEC' };
    },
    network: {
      resolve: () => [],
      addresses: () => [],
      connect: () => Promise.reject(new FsError('ECONNREFUSED')),
      listen: () => {
        throw new FsError('EADDRINUSE');
      },
    },
    limits: { processes: options.processes ?? 100, openFiles: 256, cpuBudget: options.cpuBudget ?? 1e9 },
    scheduler: { cpu: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
    fault: (error) => faults.push(error),
  });
  furnish(system);
  return { system, clock, faults, mounts };
}

function furnish({ fs }: LiveSystem): void {
  for (const path of ['/bin', '/dev', '/etc', '/tmp', '/root']) fs.mkdir(path);
  fs.mknod('/dev/null', 'char', 0o666, 256 + 3);
  fs.writeFile('/etc/passwd', encoder.encode('root:x:0:0:root:/root:/bin/sh\n'));
  for (const name of ['sh', ...Object.keys(programs)])
    fs.writeFile(`/bin/${name}`, encoder.encode(`\x7fELF:${name}`), 0o755);
}

export interface Result {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

export interface ScriptOptions extends Partial<ShellOptions> {
  readonly input?: string;
  readonly argv?: readonly string[];
  readonly processes?: number;
  readonly on?: Stage;
}

/** Runs `sh -c script` as a child of an idle pid 1, skipping over sleeps. */
export async function script(text: string, options: ScriptOptions = {}): Promise<Result> {
  const { system, clock, faults } = options.on ?? stage(options);
  let [out, err] = ['', ''];
  const input = duplex();
  if (options.input !== undefined) input.push(encoder.encode(options.input));
  input.end();
  const output = duplex({ write: (bytes) => void (out += decoder.decode(bytes)) });
  const errors = duplex({ write: (bytes) => void (err += decoder.decode(bytes)) });
  if (!system.process(1)) idle(system);
  const name = options.dialect === 'gnu' ? 'bash' : 'sh';
  const process = system.start({
    path: '/bin/sh',
    argv: options.argv ?? [name, '-c', text],
    env: { PATH: '/bin', HOME: '/root' },
    descriptors: new Map([
      [0, input.descriptor],
      [1, output.descriptor],
      [2, errors.descriptor],
    ]),
  });
  let over = false;
  const ended = system.ended(process).finally(() => {
    over = true;
  });
  while (!over) {
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    if (!over && clock.sleeping > 1) clock.skip();
  }
  if (faults.length > 0) throw faults[0];
  return { out, err, status: (await ended).exitCode };
}

function idle(system: LiveSystem): void {
  system.start({
    argv: ['init'],
    program: async (process) => {
      for (;;) await process.sleep(1e12);
    },
  });
}

/** A shell at a terminal: what is typed, and what the screen has got. */
export function terminal(options: ScriptOptions = {}) {
  const on = options.on ?? stage(options);
  let screen = '';
  const device = on.system.terminal({
    columns: 80,
    rows: 24,
    output: (bytes) => void (screen += decoder.decode(bytes)),
  });
  const process = on.system.start({
    path: '/bin/sh',
    argv: [options.dialect === 'gnu' ? 'bash' : 'sh'],
    env: { PATH: '/bin', HOME: '/root' },
    descriptors: new Map([0, 1, 2].map((number) => [number, device])),
  });
  const settle = async () => {
    for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    ...on,
    process,
    device,
    settle,
    screen: () => screen,
    /** Types, waits, and answers what the screen got since. */
    type: async (text: string) => {
      const from = screen.length;
      device.terminal.type(encoder.encode(text));
      await settle();
      if (on.faults.length > 0) throw on.faults[0];
      return screen.slice(from);
    },
  };
}
