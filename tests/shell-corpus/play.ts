/**
 * Plays the recorded corpus: each snippet in a new small computer of our own, and is what it says what the real shell said?
 *
 * Time does not pass by itself there: a sleep ends as soon as everybody waits.
 */
import { readFileSync } from 'node:fs';
import { ManualClock, seeded } from '../../lib/clock';
import { type FileSystem, FsError, Mounts, PlainTree, root, viewOf } from '../../lib/fs';
import { createSystem, duplex, type LiveSystem, type Loader, type Network, nullDevice } from '../../lib/process';
import { appletNames, createLoader, executableFile } from '../../lib/programs';
import { shellProgram } from '../../lib/shell';
import { directory, environment } from './snippets.mjs';

export type Dialect = 'busybox' | 'gnu' | 'dash';

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface Recorded extends Answer {
  readonly theme: string;
  readonly text: string;
}

export interface Recording {
  readonly dialect: Dialect;
  readonly engine: string;
  readonly shell: string;
  readonly snippets: readonly Recorded[];
}

export interface Difference {
  readonly dialect: Dialect;
  readonly recorded: Recorded;
  readonly played: Answer;
  /** Why it is known to differ; undefined when it is not. */
  readonly reason: string | undefined;
}

export interface Report {
  readonly snippets: number;
  readonly identical: number;
  readonly listed: number;
  readonly different: number;
  readonly differences: readonly Difference[];
}

const here = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

/** The snippets that are known to differ, and why. */
export function listedOf(dialect: Dialect): Readonly<Record<string, string>> {
  return here('listed.json')[dialect] ?? {};
}

export async function playCorpus(dialects: readonly Dialect[] = ['busybox', 'gnu', 'dash']): Promise<Report> {
  const differences: Difference[] = [];
  let count = 0;
  for (const dialect of dialects) {
    const recording: Recording = here(`recorded/${dialect}.json`);
    const listed = listedOf(dialect);
    for (const recorded of recording.snippets) {
      count++;
      const played = await play(dialect, recorded.text);
      if (!same(played, recorded)) differences.push({ dialect, recorded, played, reason: listed[recorded.text] });
    }
  }
  const listed = differences.filter(({ reason }) => reason !== undefined).length;
  return {
    snippets: count,
    identical: count - differences.length,
    listed,
    different: differences.length - listed,
    differences,
  };
}

function same(a: Answer, b: Answer): boolean {
  return a.stdout === b.stdout && withoutPids(a.stderr) === withoutPids(b.stderr) && a.exitCode === b.exitCode;
}

/** bash tells the pid of who was killed; which it was says nothing. */
function withoutPids(text: string): string {
  return text.replace(/^(bash: line \d+:) +\d+ /gm, '$1 PID ').replace(/\bpid \d+/g, 'pid PID');
}

export async function play(dialect: Dialect, text: string): Promise<Answer> {
  const clock = new ManualClock();
  const mounts = new Mounts(new PlainTree({ now: () => clock.now() }));
  furnish(viewOf(mounts, { credentials: root, cwd: '/', umask: 0 }), dialect);
  const system = createSystem({
    clock,
    chance: seeded(1),
    hostname: environment.HOSTNAME,
    fs: (viewer) => viewOf(mounts, viewer),
    identify: dialect === 'busybox' ? createLoader() : bashOr(createLoader()),
    network,
    limits: { processes: 200, openFiles: 1024, cpuBudget: 20_000 },
    scheduler: { cpu: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
  });
  void system.ended(system.start({ argv: ['init'], program: idle }));
  return watch(system, clock, dialect === 'gnu' ? 'bash' : 'sh', text);
}

/** `sh` and `bash` are ours whatever the programs' room takes them for; everything else is as in a container. */
function bashOr(others: Loader): Loader {
  const bash = shellProgram({ dialect: 'gnu' });
  return (fs, path, argv, head) =>
    /\/(ba)?sh$/.test(path) ? { kind: 'program', program: bash } : others(fs, path, argv, head);
}

const idle = async (process: { wait(): Promise<unknown>; sleep(ms: number): Promise<void> }): Promise<never> => {
  for (;;) await process.wait().catch(() => process.sleep(1e9));
};

async function watch(system: LiveSystem, clock: ManualClock, shell: string, text: string): Promise<Answer> {
  let [stdout, stderr] = ['', ''];
  const decoders = [new TextDecoder(), new TextDecoder()] as const;
  const out = duplex({ write: (bytes) => void (stdout += decoders[0].decode(bytes, { stream: true })) });
  const err = duplex({ write: (bytes) => void (stderr += decoders[1].decode(bytes, { stream: true })) });
  system.beginTurn();
  const process = system.start({
    path: `/bin/${shell}`,
    // The shell drops a script's last newline, as the recorder's `$(cat …)` does.
    argv: [shell, '-c', text.replace(/\n+$/, '')],
    env: { ...environment },
    cwd: directory,
    descriptors: new Map([
      [0, nullDevice()],
      [1, out.descriptor],
      [2, err.descriptor],
    ]),
  });
  let exitCode: number | undefined;
  void system.ended(process).then((ended) => {
    exitCode = ended.exitCode;
  });
  for (let idleRounds = 0; exitCode === undefined; ) {
    await new Promise((resolve) => setImmediate(resolve));
    idleRounds = system.processes().some((row) => row.state === 'R') ? 0 : idleRounds + 1;
    if (idleRounds > 3 && clock.skip()) idleRounds = 0;
  }
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setImmediate(resolve));
  system.halt();
  return { stdout, stderr, exitCode };
}

const encode = (text: string) => new TextEncoder().encode(text);

function furnish(fs: FileSystem, dialect: Dialect): void {
  for (const path of ['/bin', '/dev', '/etc', '/home', '/proc', '/root', '/tmp', '/usr', '/usr/bin', '/var', directory])
    fs.mkdir(path, path === '/tmp' ? 0o1777 : 0o755);
  fs.writeFile('/etc/passwd', encode(passwd), 0o644);
  fs.writeFile('/etc/group', encode('root:x:0:\n'), 0o644);
  fs.writeFile('/etc/hostname', encode(`${environment.HOSTNAME}\n`), 0o644);
  for (const [name, minor] of Object.entries({ null: 3, zero: 5, full: 7, random: 8, urandom: 9 }))
    fs.mknod(`/dev/${name}`, 'char', 0o666, 256 + minor);
  if (dialect !== 'busybox')
    for (const name of appletNames.filter((one) => one !== '[['))
      fs.writeFile(`/bin/${name}`, executableFile(`gnu:${name}`), 0o755);
  else {
    fs.writeFile('/bin/busybox', executableFile('busybox'), 0o755);
    for (const name of appletNames) fs.link('/bin/busybox', `/bin/${name}`);
  }
  if (dialect !== 'busybox') fs.writeFile('/bin/bash', executableFile('gnu:bash'), 0o755);
}

const passwd = `root:x:0:0:root:/root:/bin/sh
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`;

const network: Network = {
  resolve: (name) => (name === 'localhost' ? ['127.0.0.1'] : []),
  addresses: () => [],
  connect: () => Promise.reject(new FsError('ECONNREFUSED')),
  listen: (port) => {
    throw new FsError('EADDRINUSE', String(port));
  },
};
