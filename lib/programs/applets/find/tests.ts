/** What find asks of a file, and what it is told about its walk: each word's reader gives the test. */
import { type FileSystem, FsError, type Stat } from '../../../fs';
import { compileRegexes, matches } from '../../../pattern';
import { findUser, groupId, userId } from '../../accounts';
import { parseMode } from '../../mode';
import { Complaint } from '../../options';
import { argument, type Here, type Reader, type Search, type Test } from './search';

const minute = 60n * 1_000_000_000n;
const day = 24n * 60n * minute;

const kinds: Readonly<Record<string, Stat['kind']>> = {
  f: 'file',
  d: 'directory',
  l: 'symlink',
  b: 'block',
  c: 'char',
  s: 'socket',
  p: 'fifo',
};
const sizes = { '': 512, b: 512, c: 1, w: 2, k: 1024, M: 1048576, G: 1073741824 };

export const tests: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['-name', pattern(false, (here) => here.name)],
  ['-iname', pattern(true, (here) => here.name)],
  ['-path', pattern(false, (here) => here.path)],
  ['-wholename', pattern(false, (here) => here.path)],
  ['-ipath', pattern(true, (here) => here.path)],
  ['-regex', regex],
  ['-type', type],
  ['-perm', permission],
  ['-size', size],
  ['-mtime', age(day, (stat) => stat.mtime)],
  ['-atime', age(day, (stat) => stat.atime)],
  ['-ctime', age(day, (stat) => stat.ctime)],
  ['-mmin', age(minute, (stat) => stat.mtime)],
  ['-amin', age(minute, (stat) => stat.atime)],
  ['-cmin', age(minute, (stat) => stat.ctime)],
  ['-newer', compared((stat, other) => stat.mtime > other.mtime)],
  ['-samefile', compared((stat, other) => stat.ino === other.ino && stat.dev === other.dev)],
  ['-inum', number(({ stat }) => stat.ino)],
  ['-links', number(({ stat }) => stat.nlink)],
  ['-user', owner(userId, 'user', (stat) => stat.uid)],
  ['-group', owner(groupId, 'group', (stat) => stat.gid)],
  [
    '-nouser',
    ({ run }) =>
      ({ stat }) =>
        findUser(run.fs, stat.uid) === undefined,
  ],
  [
    '-empty',
    ({ run }) =>
      (here) =>
        isEmpty(run.fs, here),
  ],
  ['-executable', access(1)],
  ['-readable', access(4)],
  ['-writable', access(2)],
  ['-true', () => () => true],
  ['-false', () => () => false],
  ['-noleaf', () => () => true],
  ['-maxdepth', depth((search, value) => (search.deepest = value))],
  ['-mindepth', depth((search, value) => (search.shallowest = value))],
  ['-depth', setting((search) => (search.depthFirst = true))],
  ['-xdev', setting((search) => (search.sameDevice = true))],
  ['-mount', setting((search) => (search.sameDevice = true))],
  ['-follow', setting((search) => (search.follow = true))],
]);

function pattern(fold: boolean, of: (here: Here) => string): Reader {
  return (search, name) => {
    const wanted = argument(search, name);
    return (here) => matches(wanted, of(here), fold);
  };
}

/** A path's whole name, in busybox's syntax (basic) or GNU find's: Emacs's, whose groups have backslashes and whose braces none. */
function regex(search: Search, name: string): Test {
  const text = argument(search, name);
  const emacs = text.replace(
    /\\([()|])|\\.|[(){}|]/g,
    (all, operator) => operator ?? (all.length > 1 ? all : `\\${all}`),
  );
  const compiled = search.run.gnu
    ? compileRegexes([emacs], { syntax: 'extended' }, 'line')
    : compileRegexes([text], {}, 'line');
  return (here) => compiled.test(here.path);
}

function type(search: Search, name: string): Test {
  const text = argument(search, name);
  const wanted = text.split(',').map((letter) => kinds[letter]);
  if (wanted.includes(undefined))
    throw new Complaint(
      search.run.gnu ? `Unknown argument to -type: ${text}` : `invalid argument '${text}' to '-type'`,
    );
  return ({ stat }) => wanted.includes(stat.kind);
}

function permission(search: Search, name: string): Test {
  const text = argument(search, name);
  const sign = /^[-+/]/.exec(text)?.[0];
  const change = parseMode(sign ? text.slice(1) : text);
  if (!change) throw new Complaint(`invalid mode '${text}'`);
  const bits = change(0, false, 0);
  if (sign === '-') return ({ stat }) => (stat.mode & bits) === bits;
  if (sign) return ({ stat }) => bits === 0 || (stat.mode & bits) !== 0;
  return ({ stat }) => stat.mode === bits;
}

/** More than, less than, or just as much. */
function measured(sign: string | undefined, wanted: number, of: (here: Here) => number): Test {
  if (sign === '+') return (here) => of(here) > wanted;
  if (sign === '-') return (here) => of(here) < wanted;
  return (here) => of(here) === wanted;
}

function size(search: Search, name: string): Test {
  const text = argument(search, name);
  const match = /^([-+]?)(\d+)([bckwMG]?)$/.exec(text);
  if (!match) throw new Complaint(search.run.gnu ? `Invalid argument \`${text}' to -size` : `invalid number '${text}'`);
  const unit = sizes[match[3] as keyof typeof sizes];
  return measured(match[1], Number(match[2]), ({ stat }) => Math.ceil(stat.size / unit));
}

function number(of: (here: Here) => number): Reader {
  return (search, name) => {
    const text = argument(search, name);
    const value = Number(text.replace(/^[-+]/, ''));
    if (Number.isNaN(value))
      throw new Complaint(search.run.gnu ? `invalid argument \`${text}' to \`${name}'` : `invalid number '${text}'`);
    return measured(text[0], value, of);
  };
}

/** In whole units, as of the moment when the word was read. */
function age(unit: bigint, of: (stat: Stat) => bigint): Reader {
  return (search, name) => {
    const now = search.run.process.system.clock.now();
    return number(({ stat }) => Number((now - of(stat)) / unit))(search, name);
  };
}

function compared(holds: (stat: Stat, other: Stat) => boolean): Reader {
  return (search, name) => {
    const other = search.run.fs.stat(argument(search, name));
    return ({ stat }) => holds(stat, other);
  };
}

function owner(find: typeof userId, kind: 'user' | 'group', of: (stat: Stat) => number): Reader {
  return (search, name) => {
    const text = argument(search, name);
    const id = find(search.run.fs, text);
    if (id === undefined)
      throw new Complaint(
        search.run.gnu
          ? `invalid ${kind} name or ${kind === 'user' ? 'UID' : 'GID'} argument to -${kind}: '${text}'`
          : `unknown ${kind} ${text}`,
      );
    return ({ stat }) => of(stat) === id;
  };
}

function isEmpty(fs: FileSystem, { stat, path }: Here): boolean {
  return stat.kind === 'directory' ? fs.readdir(path).length === 0 : stat.kind === 'file' && stat.size === 0;
}

function access(mode: number): Reader {
  return ({ run }) =>
    ({ path }) => {
      try {
        run.fs.access(path, mode);
        return true;
      } catch (error) {
        if (error instanceof FsError) return false;
        throw error;
      }
    };
}

/** True of every file: it is said to the walk. */
function setting(set: (search: Search) => void): Reader {
  return (search) => {
    set(search);
    return () => true;
  };
}

function depth(set: (search: Search, depth: number) => void): Reader {
  return (search) => {
    const text = argument(search, '-maxdepth');
    if (!/^\d+$/.test(text))
      throw new Complaint(
        search.run.gnu
          ? `Expected a positive decimal integer argument to -maxdepth, but got '${text}'`
          : `invalid number '${text}'`,
      );
    set(search, Number(text));
    return () => true;
  };
}
