/** ls: columns, long format, recursion, sorting and colours as busybox and coreutils print them. */
import { compareNames, FsError, type Kind, type Stat } from '../../fs';
import { columnsOf } from '../../process';
import { groupName, userName } from '../accounts';
import { formatTime } from '../calendar';
import { modeText } from '../mode';
import { type Options, parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';
import { humanSize } from '../sizes';
import { quote } from './ls-quote';

interface Entry {
  /** What is printed. */
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
}

const longNames = {
  all: 'a',
  'almost-all': 'A',
  recursive: 'R',
  reverse: 'r',
  'human-readable': 'h',
  directory: 'd',
  inode: 'i',
  classify: 'F',
  dereference: 'L',
  'numeric-uid-gid': 'n',
  size: 's',
  color: 'color::',
  colour: 'color::',
  'full-time': 'full-time',
  'group-directories-first': 'dirs-first',
  'time-style': 'time-style:',
  'no-group': 'G',
  width: 'w',
  sort: 'sort:',
  format: 'format:',
  'show-control-chars': 'q',
  literal: 'N',
};

export async function ls(run: Run): Promise<number> {
  return new Listing(run, parseOptions(run, '1AaCxdLHRFplinshrSXvctukgGoqNQUBfmw:T:I:', longNames)).run();
}

class Listing {
  readonly columns: number;
  readonly terminal: boolean;
  exitCode = 0;
  printed = false;

  constructor(
    readonly io: Run,
    readonly options: Options,
  ) {
    const { terminal } = io.process.stdout;
    this.terminal = terminal !== undefined;
    const width = options.value('w') ?? '';
    if (width && !/^\d+$/.test(width)) throw new UsageError(`invalid number '${width}'`);
    this.columns = Number(width || terminal?.size.columns || io.process.env.COLUMNS || 80) || 80;
  }

  async run(): Promise<number> {
    const operands = this.options.operands.length > 0 ? this.options.operands : ['.'];
    const found: Entry[] = [];
    for (const path of operands) {
      const entry = await this.look(path, path, true);
      if (entry) found.push(entry);
    }
    const listed = (entry: Entry) => entry.stat.kind === 'directory' && !this.options.has('d');
    const files = this.sort(found.filter((entry) => !listed(entry)));
    const folders = this.sort(found.filter(listed));
    if (files.length > 0) await this.print(files);
    for (const folder of folders) await this.list(folder, operands.length > 1 || this.options.has('R'));
    return this.exitCode;
  }

  async look(path: string, name: string, operand: boolean): Promise<Entry | undefined> {
    try {
      return { name, path, stat: this.statOf(path, operand) };
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      const about = this.io.gnu ? `cannot access '${path}'` : path;
      this.exitCode = this.io.gnu && operand ? 2 : 1;
      await this.io.failed(about, error);
      return undefined;
    }
  }

  statOf(path: string, operand: boolean): Stat {
    const { fs } = this.io;
    const follow =
      this.options.has('L') || (operand && (this.options.has('H') || !this.options.has('l', 'd', 'F', 'n', 'o', 'g')));
    if (!follow) return fs.lstat(path);
    try {
      return fs.stat(path);
    } catch (error) {
      if (error instanceof FsError && error.errno === 'ENOENT' && operand) return fs.lstat(path);
      throw error;
    }
  }

  async list(folder: Entry, titled: boolean): Promise<void> {
    const names = await this.names(folder.path);
    if (!names) return;
    if (titled) await this.io.print(`${this.printed ? '\n' : ''}${folder.name}:\n`);
    this.printed = true;
    const entries: Entry[] = [];
    for (const name of names) {
      const entry = await this.look(child(folder.path, name), name, false);
      if (entry) entries.push(entry);
    }
    const sorted = this.sort(entries);
    if (this.options.has('l', 's', 'n', 'o', 'g', 'full-time')) await this.io.print(`total ${this.total(sorted)}\n`);
    await this.print(sorted);
    await this.io.process.tick();
    if (this.options.has('R')) await this.recurse(folder, sorted);
  }

  async recurse(folder: Entry, entries: readonly Entry[]): Promise<void> {
    for (const { name, stat } of entries) {
      if (stat.kind !== 'directory' || name === '.' || name === '..') continue;
      const path = child(folder.name, name);
      await this.list({ name: path, path, stat }, true);
    }
  }

  async names(path: string): Promise<string[] | undefined> {
    try {
      const names = this.io.fs.readdir(path).map(({ name }) => name);
      const hidden = this.options.has('a') ? ['.', '..', ...names] : names;
      return this.options.has('a', 'A', 'f') ? hidden : hidden.filter((name) => !name.startsWith('.'));
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      this.exitCode = this.io.gnu ? 2 : 1;
      await this.io.failed(this.io.gnu ? `cannot open directory '${path}'` : `can't open '${path}'`, error);
      return undefined;
    }
  }

  total(entries: readonly Entry[]): string {
    const kilobytes = entries.reduce((sum, { stat }) => sum + blocks(stat) / 2, 0);
    if (!this.options.has('h')) return String(kilobytes);
    return this.io.gnu ? humanSize(kilobytes * 1024, 'gnu') : humanTotal(kilobytes);
  }

  sort(entries: Entry[]): Entry[] {
    if (this.options.has('U', 'f')) return entries;
    const by =
      this.options.value('sort') ??
      { S: 'size', t: 'time', X: 'extension', v: 'version' }[this.options.last('S', 't', 'X', 'v') ?? ''];
    const time = (stat: Stat) => (this.options.has('c') ? stat.ctime : this.options.has('u') ? stat.atime : stat.mtime);
    const orders: Readonly<Record<string, (a: Entry, b: Entry) => number>> = {
      size: (a, b) => b.stat.size - a.stat.size,
      time: (a, b) => (time(b.stat) > time(a.stat) ? 1 : time(b.stat) < time(a.stat) ? -1 : 0),
      extension: (a, b) => compareNames(extension(a.name), extension(b.name)),
      version: (a, b) => compareVersions(a.name, b.name),
    };
    const order = orders[by ?? ''];
    const sign = this.options.has('r') ? -1 : 1;
    const sorted = entries.sort((a, b) => sign * ((order?.(a, b) ?? 0) || compareNames(a.name, b.name)));
    if (!this.options.has('dirs-first')) return sorted;
    return sorted.sort((a, b) => Number(b.stat.kind === 'directory') - Number(a.stat.kind === 'directory'));
  }

  async print(entries: readonly Entry[]): Promise<void> {
    this.printed = true;
    if (this.options.has('l', 'n', 'o', 'g', 'full-time')) return this.printLong(entries);
    const cells = entries.map((entry) => this.prefix(entry) + this.label(entry));
    const layout = this.options.last('1', 'C', 'x', 'm');
    if (layout === 'm') return this.io.print(`${cells.join(', ')}\n`);
    if (layout === '1' || (!layout && !this.terminal && !this.options.has('w')))
      return this.io.print(cells.map((cell) => `${cell}\n`).join(''));
    return this.io.print(inColumns(cells, this.columns, layout === 'x', this.io.gnu));
  }

  prefix({ stat }: Entry): string {
    const size = this.options.has('h') ? humanSize(blocks(stat) * 512, this.io.dialect) : String(blocks(stat) / 2);
    const ino = String(stat.ino).padStart(this.io.gnu ? 0 : 7);
    return (
      (this.options.has('i') ? `${ino} ` : '') +
      (this.options.has('s') ? `${this.io.gnu ? size : size.padStart(6)} ` : '')
    );
  }

  label({ name, path, stat }: Entry): string {
    const text = this.io.gnu && this.terminal && !this.options.has('N') ? quote(name) : name;
    return this.colour(text, stat, path) + this.indicator(stat);
  }

  indicator(stat: Stat): string {
    if (stat.kind === 'directory' && this.options.has('p', 'F')) return '/';
    if (!this.options.has('F')) return '';
    if (stat.kind === 'symlink') return '@';
    if (stat.kind === 'fifo') return '|';
    if (stat.kind === 'socket') return '=';
    return stat.kind === 'file' && stat.mode & 0o111 ? '*' : '';
  }

  colour(text: string, stat: Stat, path: string): string {
    const when = this.options.value('color');
    const on = when === undefined ? this.terminal && !this.io.gnu : when === 'auto' ? this.terminal : when !== 'never';
    if (!on) return text;
    if (!this.io.gnu) return `\x1b[${busyboxColour(stat)}m${text}\x1b[m`;
    const code = gnuColour(stat, () => this.io.fs.exists(path));
    return code ? `\x1b[0m\x1b[${code}m${text}\x1b[0m` : text;
  }

  async printLong(entries: readonly Entry[]): Promise<void> {
    const rows = entries.map((entry) => this.row(entry));
    const widths = [1, 2, 3, 4].map((at) => Math.max(0, ...rows.map((row) => row[at]!.length)));
    for (const [mode, links, user, group, size, rest] of rows as Row[]) {
      if (this.io.gnu) {
        const [w1, w2, w3, w4] = widths as [number, number, number, number];
        const owner = this.options.has('g') ? '' : `${user.padEnd(w2)} `;
        const team = this.options.has('o', 'G') ? '' : `${group.padEnd(w3)} `;
        await this.io.print(`${mode} ${links.padStart(w1)} ${owner}${team}${size.padStart(w4)} ${rest}\n`);
      } else {
        const wide = this.options.has('h') ? 9 : 9;
        const team = this.options.has('G') ? '' : `${group.padEnd(8)} `;
        await this.io.print(
          `${mode} ${links.padStart(4)} ${user.padEnd(8)} ${team}${size.padStart(this.options.has('h') ? wide - 1 : wide)} ${rest}\n`,
        );
      }
    }
  }

  row(entry: Entry): Row {
    const { stat, path } = entry;
    const { fs } = this.io;
    const numeric = this.options.has('n');
    const user = (numeric ? undefined : userName(fs, stat.uid)) ?? String(stat.uid);
    const group = (numeric ? undefined : groupName(fs, stat.gid)) ?? String(stat.gid);
    let text = `${this.date(stat)} ${this.label(entry)}`;
    if (stat.kind === 'symlink') text += ` -> ${this.target(path)}`;
    return [
      this.prefix(entry) + modeText(stat.kind, stat.mode),
      String(stat.nlink),
      user,
      group,
      this.size(stat),
      text,
    ];
  }

  target(path: string): string {
    const { fs } = this.io;
    const text = fs.readlink(path);
    return fs.exists(path) ? this.colour(text, fs.stat(path), path) : text;
  }

  size(stat: Stat): string {
    if (stat.kind === 'char' || stat.kind === 'block') {
      const [major, minor] = [stat.rdev >> 8, stat.rdev & 0xff];
      return this.io.gnu ? `${major}, ${minor}` : `${String(major).padStart(4)}, ${String(minor).padStart(3)}`;
    }
    return this.options.has('h') ? humanSize(stat.size, this.io.dialect) : String(stat.size);
  }

  date(stat: Stat): string {
    const time = this.options.has('c') ? stat.ctime : this.options.has('u') ? stat.atime : stat.mtime;
    if (this.options.has('full-time') || this.options.value('time-style') === 'full-iso')
      return formatTime(this.io.gnu ? '%F %T.%N %z' : '%F %T %z', time);
    if (this.options.value('time-style') === 'long-iso') return formatTime('%F %R', time);
    if (this.options.value('time-style')?.startsWith('+'))
      return formatTime(this.options.value('time-style')!.slice(1), time);
    const age = this.io.process.system.clock.now() - time;
    const recent = age < halfYear && age > (this.io.gnu ? -1n : -15n * 60n * 1_000_000_000n);
    return formatTime(recent ? '%b %e %H:%M' : '%b %e  %Y', time);
  }
}

type Row = readonly [mode: string, links: string, user: string, group: string, size: string, rest: string];

/** Half of a mean Gregorian year. */
const halfYear = 15_778_476n * 1_000_000_000n;

/** 512-byte blocks, as a file system with 4096-byte blocks gives them out. */
export function blocks(stat: Stat): number {
  return stat.kind === 'file' || stat.kind === 'directory' ? Math.ceil(stat.size / 4096) * 8 : 0;
}

function humanTotal(kilobytes: number): string {
  const units = ['K', 'M', 'G'];
  let value = kilobytes;
  let unit = 0;
  while (value >= 1024 && unit < 2) {
    value /= 1024;
    unit++;
  }
  return kilobytes === 0
    ? '0'
    : `${value < 1024 && unit === 0 ? value.toFixed(1) : (Math.round(value * 10) / 10).toFixed(1)}${units[unit]}`;
}

function extension(name: string): string {
  const at = name.lastIndexOf('.');
  return at < 0 ? '' : name.slice(at);
}

export function compareVersions(a: string, b: string): number {
  const split = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const [as, bs] = [split(a), split(b)];
  for (let at = 0; at < Math.min(as.length, bs.length); at++) {
    const [x, y] = [as[at]!, bs[at]!];
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : compareNames(x, y);
    if (order !== 0) return order;
  }
  return as.length - bs.length;
}

const busyboxColours: Readonly<Record<Kind, string>> = {
  directory: '1;34',
  symlink: '1;36',
  char: '1;33',
  block: '1;33',
  fifo: '0;35',
  socket: '1;35',
  file: '0;0',
};

function busyboxColour(stat: Stat): string {
  return stat.kind === 'file' && stat.mode & 0o111 ? '1;32' : busyboxColours[stat.kind];
}

const gnuColours: Readonly<Partial<Record<Kind, string>>> = {
  directory: '01;34',
  symlink: '01;36',
  char: '40;33;01',
  block: '40;33;01',
  fifo: '40;33',
  socket: '01;35',
};

function gnuColour(stat: Stat, alive: () => boolean): string | undefined {
  if (stat.kind === 'symlink' && !alive()) return '40;31;01';
  if (stat.kind === 'directory' && stat.mode & 0o1000) return stat.mode & 0o2 ? '30;42' : '37;44';
  if (stat.kind === 'file' && stat.mode & 0o4000) return '37;41';
  if (stat.kind === 'file' && stat.mode & 0o111) return '01;32';
  return gnuColours[stat.kind];
}

/** What a cell takes on the screen: colours take nothing. */
function visible(cell: string): number {
  return columnsOf(cell.replace(/\x1b\[[\d;]*m/g, ''));
}

export function inColumns(cells: readonly string[], width: number, across: boolean, tight: boolean): string {
  if (cells.length === 0) return '';
  return tight ? gnuColumns(cells, width, across) : busyboxColumns(cells, width, across);
}

/** All columns as wide as the widest name, two spaces between. */
function busyboxColumns(cells: readonly string[], width: number, across: boolean): string {
  const cellWidth = Math.max(...cells.map(visible)) + 2;
  const columns = Math.max(1, Math.floor(width / cellWidth));
  const rows = Math.ceil(cells.length / columns);
  return layOut(cells, rows, columns, across, () => cellWidth);
}

/** As many columns as fit, each as wide as it must be. */
function gnuColumns(cells: readonly string[], width: number, across: boolean): string {
  for (let columns = Math.min(cells.length, Math.floor(width / 3) || 1); columns >= 1; columns--) {
    const rows = Math.ceil(cells.length / columns);
    const at = (column: number) =>
      cells.filter((_cell, index) => (across ? index % columns : Math.floor(index / rows)) === column);
    const used = across ? columns : Math.ceil(cells.length / rows);
    const widths = Array.from({ length: used }, (_, column) => Math.max(...at(column).map(visible)) + 2);
    if (columns === 1 || widths.reduce((sum, each) => sum + each, 0) - 2 < width)
      return layOut(cells, rows, used, across, (column) => widths[column]!);
  }
  return '';
}

function layOut(
  cells: readonly string[],
  rows: number,
  columns: number,
  across: boolean,
  widthOf: (column: number) => number,
): string {
  let text = '';
  for (let row = 0; row < rows; row++) {
    const line: string[] = [];
    for (let column = 0; column < columns; column++) {
      const cell = cells[across ? row * columns + column : column * rows + row];
      if (cell !== undefined) line.push(cell);
    }
    text += `${line.map((cell, column) => (column === line.length - 1 ? cell : cell + ' '.repeat(widthOf(column) - visible(cell)))).join('')}\n`;
  }
  return text;
}
