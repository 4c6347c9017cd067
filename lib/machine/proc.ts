/**
 * /proc, as far as programs and curious people read it: made when it is looked at, never stored.
 *
 * Inode numbers: 1 is the folder; below `firstPid` the files of the system in the order of `files`; from there each process
 * has a block of 16.
 */
import { type Attributes, FsError, type Ino, type Mount, type Tree } from '../fs';
import type { ProcessRow } from '../process';

export interface Proc {
  readonly now: () => bigint;
  readonly bootedAt: bigint;
  readonly processes: () => readonly ProcessRow[];
  readonly mounts: () => readonly Mount[];
  readonly hostname: () => string;
}

const firstPid = 1024;
const block = 16;
const processFiles = ['cmdline', 'comm', 'status', 'stat', 'mounts'] as const;
const encoder = new TextEncoder();

export class ProcTree implements Tree {
  readonly root: Ino = 1;
  readonly device = 2;

  constructor(readonly proc: Proc) {}

  attributes(ino: Ino): Attributes {
    const { now } = this.proc;
    const at = now();
    const base = { uid: 0, gid: 0, rdev: 0, mtime: at, ctime: at, atime: at, size: 0, nlink: 1 };
    if (ino === this.root || this.#folderPid(ino) !== undefined)
      return { ...base, kind: 'directory', mode: 0o555, nlink: 2 };
    if (ino === 2) return { ...base, kind: 'symlink', mode: 0o777, size: 1 };
    return { ...base, kind: 'file', mode: 0o444 };
  }

  lookup(directory: Ino, name: string): Ino | undefined {
    for (const [entry, ino] of this.entries(directory)) if (entry === name) return ino;
    return undefined;
  }

  parent(): Ino {
    return this.root;
  }

  *entries(directory: Ino): Iterable<readonly [string, Ino]> {
    const pid = this.#folderPid(directory);
    if (pid !== undefined) {
      for (const [index, name] of processFiles.entries()) yield [name, directory + index + 1];
      return;
    }
    yield ['self', 2];
    for (const [index, name] of Object.keys(files).entries()) yield [name, 3 + index];
    for (const { pid: each } of this.proc.processes()) yield [String(each), firstPid + each * block];
  }

  content(ino: Ino): Uint8Array {
    const make = Object.values(files)[ino - 3];
    if (make && ino < firstPid) return encoder.encode(make(this.proc));
    const row = this.proc.processes().find(({ pid }) => pid === Math.floor((ino - firstPid) / block));
    const name = processFiles[((ino - firstPid) % block) - 1];
    if (!row || !name) throw new FsError('ENOENT');
    return encoder.encode(describe[name](row, this.proc));
  }

  target(): string {
    return String(this.proc.processes()[0]?.pid ?? 1);
  }

  xattrs(): ReadonlyMap<string, Uint8Array> {
    return new Map();
  }

  usage() {
    return { total: 0, used: 0, inodes: 0, inodesUsed: 0 };
  }

  make(): Ino {
    return refuse();
  }
  link(): void {
    refuse();
  }
  unlink(): void {
    refuse();
  }
  rmdir(): void {
    refuse();
  }
  rename(): void {
    refuse();
  }
  write(): void {
    refuse();
  }
  truncate(): void {}
  setAttributes(): void {
    refuse();
  }
  setXattr(): void {
    refuse();
  }
  hold(): void {}
  release(): void {}

  #folderPid(ino: Ino): number | undefined {
    return ino >= firstPid && ino % block === 0 ? (ino - firstPid) / block : undefined;
  }
}

function refuse(): never {
  throw new FsError('EPERM');
}

const files: Readonly<Record<string, (proc: Proc) => string>> = {
  cpuinfo: () => 'processor\t: 0\nvendor_id\t: Dockerland\nmodel name\t: simulated processor\ncpu cores\t: 1\n\n',
  filesystems: () => 'nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n',
  loadavg: (proc) => `0.00 0.00 0.00 1/${proc.processes().length} ${proc.processes().at(-1)?.pid ?? 1}\n`,
  meminfo: () =>
    'MemTotal:        2048000 kB\nMemFree:         1024000 kB\nMemAvailable:    1536000 kB\nBuffers:               0 kB\nCached:           512000 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB\n',
  mounts: (proc) => mountLines(proc),
  uptime: (proc) => `${seconds(proc.now() - proc.bootedAt)} ${seconds(proc.now() - proc.bootedAt)}\n`,
  version: () => 'Linux version 6.1.0-dockerland (simulated) #1 SMP\n',
};

const describe: Readonly<Record<(typeof processFiles)[number], (row: ProcessRow, proc: Proc) => string>> = {
  cmdline: (row) => row.argv.map((word) => `${word}\0`).join(''),
  comm: (row) => `${commandName(row)}\n`,
  status: (row) =>
    `Name:\t${commandName(row)}\nState:\t${row.state}\nPid:\t${row.pid}\nPPid:\t${row.ppid}\nUid:\t${row.uid}\t${row.uid}\t${row.uid}\t${row.uid}\n`,
  stat: (row) => `${row.pid} (${commandName(row)}) ${row.state} ${row.ppid} ${row.pgid} ${row.pgid} 0 -1\n`,
  mounts: (_row, proc) => mountLines(proc),
};

function commandName(row: ProcessRow): string {
  return (row.argv[0] ?? '').split('/').pop()!.slice(0, 15);
}

function mountLines(proc: Proc): string {
  return proc
    .mounts()
    .map(({ source, path, type, readOnly }) => `${source} ${path} ${type} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`)
    .join('');
}

function seconds(nanoseconds: bigint): string {
  return (Number(nanoseconds / 10_000_000n) / 100).toFixed(2);
}
