/** du and df. */
import { FsError, isWithin, type Mount, type Stat } from '../../fs';
import { type Options, parseOptions } from '../options';
import { child } from '../path';
import type { Run } from '../run';
import { humanSize } from '../sizes';
import { blocks } from './ls';

export async function du(run: Run): Promise<number> {
  const options = parseOptions(run, 'aHLdclsxhmkb:S0', {
    'max-depth': 'd:',
    summarize: 's',
    all: 'a',
    'human-readable': 'h',
    total: 'c',
    'apparent-size': 'apparent',
    bytes: 'apparent',
  });
  return new DiskUsage(run, options).run();
}

class DiskUsage {
  exitCode = 0;
  readonly seen = new Set<string>();
  readonly deepest: number;

  constructor(
    readonly io: Run,
    readonly options: Options,
  ) {
    const depth = options.value('d');
    this.deepest = options.has('s') ? 0 : depth ? Number(depth) : Number.POSITIVE_INFINITY;
  }

  async run(): Promise<number> {
    let total = 0;
    for (const path of this.options.operands.length > 0 ? this.options.operands : ['.'])
      total += await this.visit(path, 0);
    if (this.options.has('c')) await this.print(total, 'total');
    return this.exitCode;
  }

  /** 512-byte blocks of all below. */
  async visit(path: string, depth: number): Promise<number> {
    await this.io.process.tick();
    const stat = await this.look(path);
    if (!stat) return 0;
    const key = `${stat.dev}:${stat.ino}`;
    if (stat.nlink > 1 && stat.kind !== 'directory') {
      if (this.seen.has(key) && !this.options.has('l')) return 0;
      this.seen.add(key);
    }
    let sum = this.options.has('apparent') ? stat.size / 512 : blocks(stat);
    if (stat.kind === 'directory') sum += await this.inside(path, depth);
    if (depth === 0 || (depth <= this.deepest && (stat.kind === 'directory' || this.options.has('a'))))
      await this.print(sum, path);
    return sum;
  }

  async inside(path: string, depth: number): Promise<number> {
    try {
      let sum = 0;
      for (const { name } of this.io.fs.readdir(path)) sum += await this.visit(child(path, name), depth + 1);
      return sum;
    } catch (error) {
      this.exitCode = await this.io.failed(this.io.gnu ? `cannot read directory '${path}'` : path, error);
      return 0;
    }
  }

  async look(path: string): Promise<Stat | undefined> {
    try {
      return this.options.has('L') ? this.io.fs.stat(path) : this.io.fs.lstat(path);
    } catch (error) {
      this.exitCode = await this.io.failed(this.io.gnu ? `cannot access '${path}'` : path, error);
      return undefined;
    }
  }

  async print(sum: number, path: string): Promise<void> {
    const { options, io } = this;
    const bytes = sum * 512;
    const text = options.has('apparent')
      ? String(Math.round(bytes))
      : options.has('h')
        ? humanSize(bytes, io.dialect)
        : String(Math.ceil(options.has('m') ? bytes / 1048576 : bytes / 1024));
    await io.print(`${text}\t${path}\n`);
  }
}

export async function df(run: Run): Promise<number> {
  const options = parseOptions(run, 'PkmhTaiB:t:', {
    'human-readable': 'h',
    'print-type': 'T',
    inodes: 'i',
    all: 'a',
    portability: 'P',
  });
  const mounts = run.fs.mounts();
  let exitCode = 0;
  const chosen: Mount[] = [];
  const failures: string[] = [];
  if (options.operands.length === 0)
    chosen.push(...mounts.filter((mount) => options.has('a') || run.fs.usage(mount.path).total > 0));
  for (const path of options.operands) {
    const mount = mountOf(run, path, mounts);
    if (mount) chosen.push(mount);
    else failures.push(path);
  }
  const rows = chosen.map((mount) => row(run, mount, options));
  if (!run.gnu || rows.length > 0)
    await run.print(run.gnu ? gnuTable([gnuTitles(options), ...rows]) : busyboxTable(options, rows));
  for (const path of failures)
    exitCode = await run.fail(run.gnu ? `${path}: No such file or directory` : `${path}: can't find mount point`);
  return exitCode;
}

function mountOf(run: Run, path: string, mounts: readonly Mount[]): Mount | undefined {
  try {
    const real = run.fs.realpath(path);
    return mounts
      .filter((mount) => isWithin(mount.path, real))
      .sort((a, b) => a.path.length - b.path.length)
      .at(-1);
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}

/** Source, type, size, used, free, percent, where. */
type Row = readonly string[];

function row(run: Run, mount: Mount, options: Options): Row {
  const usage = run.fs.usage(mount.path);
  const [total, used] = options.has('i') ? [usage.inodes, usage.inodesUsed] : [usage.total, usage.used];
  const show = (value: number) =>
    options.has('h')
      ? options.has('i')
        ? String(value)
        : humanSize(value, run.dialect)
      : String(options.has('i') ? value : Math.ceil(value / (options.has('m') ? 1048576 : 1024)));
  const percent = total === 0 ? (run.gnu ? '-' : '0%') : `${Math.ceil((used / total) * 100)}%`;
  return [
    mount.source,
    ...(options.has('T') ? [mount.type] : []),
    show(total),
    show(used),
    show(total - used),
    percent,
    mount.path,
  ];
}

function busyboxTable(options: Options, rows: readonly Row[]): string {
  const type = options.has('T') ? 'Type       ' : '';
  const unit = options.has('i')
    ? '   Inodes'
    : options.has('h')
      ? '     Size'
      : options.has('m')
        ? '1M-blocks'
        : '1K-blocks';
  const title = options.has('P')
    ? `Filesystem           ${type}${unit.trim() === '1K-blocks' ? '1024-blocks' : unit}    Used Available Capacity Mounted on\n`
    : `Filesystem           ${type}${unit}      Used Available Use% Mounted on\n`;
  return title + rows.map((cells) => busyboxRow(cells, options.has('T'), options.has('P'))).join('');
}

function busyboxRow(cells: Row, typed: boolean, portable: boolean): string {
  const [source = '', ...rest] = cells;
  const type = typed ? `${rest.shift()!.padEnd(10)} ` : '';
  const [total = '', used = '', free = '', percent = '', path = ''] = rest;
  const name = source.length > 20 && !portable ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
  return `${name} ${type}${total.padStart(9)} ${used.padStart(9)} ${free.padStart(9)} ${percent.padStart(4)} ${path}\n`;
}

function gnuTitles(options: Options): Row {
  const size = options.has('i') ? 'Inodes' : options.has('h') ? 'Size' : '1K-blocks';
  const [used, free, percent] = options.has('i')
    ? ['IUsed', 'IFree', 'IUse%']
    : ['Used', options.has('h') ? 'Avail' : 'Available', 'Use%'];
  return ['Filesystem', ...(options.has('T') ? ['Type'] : []), size, used, free, percent, 'Mounted on'];
}

function gnuTable(rows: readonly Row[]): string {
  const last = rows[0]!.length - 1;
  const left = (column: number) => column === 0 || (column === 1 && last === 6);
  const widths = rows[0]!.map((_, column) =>
    Math.max(
      column === 0 ? 14 : column === last ? 0 : 5 * Number(!left(column)),
      ...rows.map((cells) => cells[column]!.length),
    ),
  );
  const line = (cells: Row) =>
    cells
      .map((cell, column) =>
        column === last ? cell : left(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join(' ');
  return rows.map((cells) => `${line(cells)}\n`).join('');
}
