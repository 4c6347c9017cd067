/** find: a walk, and an expression for each file. */
import { FsError, type Stat } from '../../fs';
import { compileRegexes, matches, type Regex } from '../../pattern';
import { findUser, groupId, userId } from '../accounts';
import { formatTime } from '../calendar';
import { modeText, parseMode } from '../mode';
import { Complaint, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';
import { confirm } from './copy';
import { blocks } from './ls';

interface Here {
  readonly path: string;
  readonly root: string;
  readonly name: string;
  readonly depth: number;
  readonly stat: Stat;
  prune: boolean;
}

type Test = (here: Here) => boolean | Promise<boolean>;

export async function find(run: Run): Promise<number> {
  const search = new Search(run);
  const paths: string[] = [];
  const words = [...run.args];
  while (words[0] !== undefined && /^-(H|L|P|O\d?)$/.test(words[0])) search.follow = words.shift() === '-L';
  while (words[0] !== undefined && !/^[-(!)]./.test(words[0]) && !/^[(!]$/.test(words[0])) paths.push(words.shift()!);
  const test = search.parse(words);
  for (const path of paths.length > 0 ? paths : ['.']) {
    if (search.stopped) break;
    await search.visit(path, path, 0, test);
  }
  await search.flush();
  return search.exitCode;
}

class Search {
  exitCode = 0;
  stopped = false;
  follow = false;
  #deepest = Number.POSITIVE_INFINITY;
  #shallowest = 0;
  #depthFirst = false;
  #sameDevice = false;
  #device: number | undefined;
  #acts = false;
  #words: string[] = [];
  readonly #batches: { argv: string[]; paths: string[] }[] = [];

  constructor(readonly run: Run) {}

  // The walk

  async visit(path: string, root: string, depth: number, test: Test): Promise<void> {
    await this.run.process.tick();
    const stat = await this.look(path, depth);
    if (!stat || this.stopped) return;
    this.#device ??= stat.dev;
    const trimmed = path.replace(/\/+$/, '');
    const here: Here = {
      path,
      root,
      name: trimmed.slice(trimmed.lastIndexOf('/') + 1) || path,
      depth,
      stat,
      prune: false,
    };
    const act = async () => depth >= this.#shallowest && test(here);
    if (!this.#depthFirst) await act();
    const enter =
      stat.kind === 'directory' &&
      depth < this.#deepest &&
      !here.prune &&
      !(this.#sameDevice && stat.dev !== this.#device);
    if (enter && !this.stopped) await this.inside(path, root, depth, test);
    if (this.#depthFirst && !this.stopped) await act();
  }

  async inside(path: string, root: string, depth: number, test: Test): Promise<void> {
    try {
      for (const { name } of this.run.fs.readdir(path)) {
        if (this.stopped) return;
        await this.visit(child(path, name), root, depth + 1, test);
      }
    } catch (error) {
      await this.complain(path, error);
    }
  }

  async look(path: string, depth: number): Promise<Stat | undefined> {
    const { fs } = this.run;
    try {
      if (this.follow) {
        try {
          return fs.stat(path);
        } catch (error) {
          if (!(error instanceof FsError && error.errno === 'ENOENT')) throw error;
        }
      }
      return fs.lstat(path);
    } catch (error) {
      // A file that an action removed meanwhile is no error.
      if (depth === 0 || !(error instanceof FsError && error.errno === 'ENOENT')) await this.complain(path, error);
      return undefined;
    }
  }

  async complain(path: string, error: unknown): Promise<void> {
    this.exitCode = await this.run.failed(this.run.gnu ? `'${path}'` : path, error);
  }

  // The expression

  parse(words: string[]): Test {
    this.#words = words;
    const test = this.#words.length > 0 ? this.either() : () => true;
    const rest = this.#words[0];
    if (rest !== undefined) throw this.wrong(rest);
    if (this.#acts) return test;
    return async (here) => {
      if (!(await test(here))) return false;
      await this.run.print(`${here.path}\n`);
      return true;
    };
  }

  either(): Test {
    let left = this.both();
    while (this.#words[0] === '-o' || this.#words[0] === '-or') {
      this.#words.shift();
      const [before, after] = [left, this.both()];
      left = async (here) => (await before(here)) || (await after(here));
    }
    return left;
  }

  both(): Test {
    let left = this.not();
    for (;;) {
      const word = this.#words[0];
      if (word === undefined || word === '-o' || word === '-or' || word === ')') return left;
      if (word === '-a' || word === '-and') this.#words.shift();
      const [before, after] = [left, this.not()];
      left = async (here) => (await before(here)) && (await after(here));
    }
  }

  not(): Test {
    const word = this.#words.shift();
    if (word === '!' || word === '-not') {
      const inner = this.not();
      return async (here) => !(await inner(here));
    }
    if (word === '(') {
      const inner = this.either();
      if (this.#words.shift() !== ')') throw new Complaint('unmatched (');
      return inner;
    }
    if (word === undefined) throw new UsageError('expression expected');
    return this.primary(word);
  }

  argument(name: string): string {
    const word = this.#words.shift();
    if (word === undefined)
      throw new Complaint(this.run.gnu ? `missing argument to \`${name}'` : `${name} requires an argument`);
    return word;
  }

  wrong(word: string): UsageError {
    return this.run.gnu
      ? new Complaint(
          word.startsWith('-') ? `unknown predicate \`${word}'` : `paths must precede expression: \`${word}'`,
        )
      : new UsageError(`unrecognized: ${word}`);
  }

  /** A path's whole name, in busybox's syntax (basic) or GNU find's: Emacs's, whose groups have backslashes and whose braces none. */
  regex(pattern: string): Regex {
    const emacs = pattern.replace(
      /\\([()|])|\\.|[(){}|]/g,
      (all, operator) => operator ?? (all.length > 1 ? all : `\\${all}`),
    );
    return this.run.gnu
      ? compileRegexes([emacs], { syntax: 'extended' }, 'line')
      : compileRegexes([pattern], {}, 'line');
  }

  primary(name: string): Test {
    const { fs } = this.run;
    const now = this.run.process.system.clock.now();
    const number = (unit: number, of: (here: Here) => number): Test => {
      const text = this.argument(name);
      const value = Number(text.replace(/^[-+]/, '')) * unit;
      if (Number.isNaN(value))
        throw new Complaint(this.run.gnu ? `invalid argument \`${text}' to \`${name}'` : `invalid number '${text}'`);
      const sign = text[0];
      return (here) => (sign === '+' ? of(here) > value : sign === '-' ? of(here) < value : of(here) === value);
    };
    const pattern = (fold: boolean, of: (here: Here) => string): Test => {
      const wanted = this.argument(name);
      return (here) => matches(wanted, of(here), fold);
    };
    const age = (unit: bigint, of: (stat: Stat) => bigint) => number(1, ({ stat }) => Number((now - of(stat)) / unit));
    switch (name) {
      case '-name':
        return pattern(false, (here) => here.name);
      case '-iname':
        return pattern(true, (here) => here.name);
      case '-path':
      case '-wholename':
        return pattern(false, (here) => here.path);
      case '-ipath':
        return pattern(true, (here) => here.path);
      case '-regex': {
        const regex = this.regex(this.argument(name));
        return (here) => regex.test(here.path);
      }
      case '-type':
        return this.type(this.argument(name));
      case '-perm':
        return this.permission(this.argument(name));
      case '-size':
        return this.size(this.argument(name));
      case '-mtime':
        return age(day, (stat) => stat.mtime);
      case '-atime':
        return age(day, (stat) => stat.atime);
      case '-ctime':
        return age(day, (stat) => stat.ctime);
      case '-mmin':
        return age(minute, (stat) => stat.mtime);
      case '-amin':
        return age(minute, (stat) => stat.atime);
      case '-cmin':
        return age(minute, (stat) => stat.ctime);
      case '-newer': {
        const { mtime } = fs.stat(this.argument(name));
        return ({ stat }) => stat.mtime > mtime;
      }
      case '-inum':
        return number(1, ({ stat }) => stat.ino);
      case '-links':
        return number(1, ({ stat }) => stat.nlink);
      case '-samefile': {
        const other = fs.stat(this.argument(name));
        return ({ stat }) => stat.ino === other.ino && stat.dev === other.dev;
      }
      case '-user': {
        const uid = this.account(userId, 'user');
        return ({ stat }) => stat.uid === uid;
      }
      case '-group': {
        const gid = this.account(groupId, 'group');
        return ({ stat }) => stat.gid === gid;
      }
      case '-nouser':
        return ({ stat }) => findUser(fs, stat.uid) === undefined;
      case '-empty':
        return ({ stat, path }) =>
          stat.kind === 'directory' ? fs.readdir(path).length === 0 : stat.kind === 'file' && stat.size === 0;
      case '-executable':
        return this.can(1);
      case '-readable':
        return this.can(4);
      case '-writable':
        return this.can(2);
      case '-true':
        return () => true;
      case '-false':
        return () => false;
      case '-maxdepth':
        return this.depth((depth) => (this.#deepest = depth));
      case '-mindepth':
        return this.depth((depth) => (this.#shallowest = depth));
      case '-depth':
        return this.setting(() => (this.#depthFirst = true));
      case '-xdev':
      case '-mount':
        return this.setting(() => (this.#sameDevice = true));
      case '-follow':
        return this.setting(() => (this.follow = true));
      case '-noleaf':
        return () => true;
      default:
        return this.action(name);
    }
  }

  setting(set: () => void): Test {
    set();
    return () => true;
  }

  depth(set: (depth: number) => void): Test {
    const text = this.argument('-maxdepth');
    if (!/^\d+$/.test(text))
      throw new Complaint(
        this.run.gnu
          ? `Expected a positive decimal integer argument to -maxdepth, but got '${text}'`
          : `invalid number '${text}'`,
      );
    return this.setting(() => set(Number(text)));
  }

  can(mode: number): Test {
    return ({ path }) => {
      try {
        this.run.fs.access(path, mode);
        return true;
      } catch (error) {
        if (error instanceof FsError) return false;
        throw error;
      }
    };
  }

  account(find: typeof userId, kind: string): number {
    const text = this.argument(`-${kind}`);
    const id = find(this.run.fs, text);
    if (id === undefined)
      throw new Complaint(
        this.run.gnu
          ? `invalid ${kind} name or ${kind === 'user' ? 'UID' : 'GID'} argument to -${kind}: '${text}'`
          : `unknown ${kind} ${text}`,
      );
    return id;
  }

  type(text: string): Test {
    const kinds: Readonly<Record<string, string>> = {
      f: 'file',
      d: 'directory',
      l: 'symlink',
      b: 'block',
      c: 'char',
      s: 'socket',
      p: 'fifo',
    };
    const wanted = text.split(',').map((letter) => kinds[letter]);
    if (wanted.includes(undefined))
      throw new Complaint(
        this.run.gnu ? `Unknown argument to -type: ${text}` : `invalid argument '${text}' to '-type'`,
      );
    return ({ stat }) => wanted.includes(stat.kind);
  }

  permission(text: string): Test {
    const sign = /^[-+/]/.exec(text)?.[0];
    const change = parseMode(sign ? text.slice(1) : text);
    if (!change) throw new Complaint(this.run.gnu ? `invalid mode '${text}'` : `invalid mode '${text}'`);
    const bits = change(0, false, 0);
    if (sign === '-') return ({ stat }) => (stat.mode & bits) === bits;
    if (sign) return ({ stat }) => bits === 0 || (stat.mode & bits) !== 0;
    return ({ stat }) => stat.mode === bits;
  }

  size(text: string): Test {
    const match = /^([-+]?)(\d+)([bckwMG]?)$/.exec(text);
    if (!match) throw new Complaint(this.run.gnu ? `Invalid argument \`${text}' to -size` : `invalid number '${text}'`);
    const unit = { '': 512, b: 512, c: 1, w: 2, k: 1024, M: 1048576, G: 1073741824 }[match[3]!]!;
    const value = Number(match[2]);
    return ({ stat }) => {
      const size = Math.ceil(stat.size / unit);
      return match[1] === '+' ? size > value : match[1] === '-' ? size < value : size === value;
    };
  }

  action(name: string): Test {
    this.#acts ||= /^-(print|print0|printf|ls|exec|execdir|ok|delete|quit)$/.test(name);
    switch (name) {
      case '-print':
        return this.printing((here) => `${here.path}\n`);
      case '-print0':
        return this.printing((here) => `${here.path}\0`);
      case '-printf': {
        const format = this.argument(name);
        return this.printing((here) => this.format(format, here));
      }
      case '-ls':
        return this.printing(
          (here) =>
            `${String(here.stat.ino).padStart(9)} ${String(blocks(here.stat) / 2).padStart(6)} ${modeText(here.stat.kind, here.stat.mode)} ${String(here.stat.nlink).padStart(3)} ${String(here.stat.uid).padEnd(8)} ${String(here.stat.gid).padEnd(8)} ${String(here.stat.size).padStart(8)} ${formatTime('%b %e %H:%M', here.stat.mtime)} ${here.path}\n`,
        );
      case '-prune':
        return (here) => (here.prune = true);
      case '-quit':
        return () => (this.stopped = true);
      case '-delete':
        this.#depthFirst = true;
        return (here) => this.remove(here);
      case '-exec':
      case '-execdir':
      case '-ok':
        return this.executing(name);
      default:
        throw this.wrong(name);
    }
  }

  printing(text: (here: Here) => string): Test {
    return async (here) => {
      await this.run.print(text(here));
      return true;
    };
  }

  format(format: string, here: Here): string {
    const { stat } = here;
    const values: Readonly<Record<string, string>> = {
      p: here.path,
      f: here.name,
      s: String(stat.size),
      m: stat.mode.toString(8),
      M: modeText(stat.kind, stat.mode),
      i: String(stat.ino),
      n: String(stat.nlink),
      u: findUser(this.run.fs, stat.uid)?.name ?? String(stat.uid),
      U: String(stat.uid),
      g: String(stat.gid),
      G: String(stat.gid),
      d: String(here.depth),
      y: modeText(stat.kind, 0)[0]!.replace('-', 'f'),
      h: here.path.slice(0, Math.max(0, here.path.lastIndexOf('/'))) || '.',
      P: here.path.slice(here.root.length).replace(/^\//, ''),
      l: stat.kind === 'symlink' ? this.run.fs.readlink(here.path) : '',
      t: formatTime('%a %b %e %T %Y', stat.mtime),
      '%': '%',
    };
    return format
      .replace(/%T(.)/g, (_, letter: string) =>
        letter === '@'
          ? `${stat.mtime / 1_000_000_000n}.${String(stat.mtime % 1_000_000_000n).padStart(9, '0')}0`
          : formatTime(`%${letter}`, stat.mtime),
      )
      .replace(/%([a-zA-Z%])/g, (all, letter: string) => values[letter] ?? all)
      .replace(/\\([nt0\\])/g, (_, letter: string) => ({ n: '\n', t: '\t', 0: '\0', '\\': '\\' })[letter]!);
  }

  async remove(here: Here): Promise<boolean> {
    if (here.path === '.') return true;
    try {
      if (here.stat.kind === 'directory') this.run.fs.rmdir(here.path);
      else this.run.fs.unlink(here.path);
      return true;
    } catch (error) {
      this.exitCode = await this.run.failed(this.run.gnu ? `cannot delete '${here.path}'` : here.path, error);
      return false;
    }
  }

  executing(name: string): Test {
    const argv: string[] = [];
    for (;;) {
      const word = this.#words.shift();
      if (word === undefined)
        throw new Complaint(this.run.gnu ? `missing argument to \`${name}'` : `${name} requires an argument`);
      if (word === ';') break;
      if (word === '+' && argv.at(-1) === '{}') return this.batching(argv.slice(0, -1));
      argv.push(word);
    }
    return async (here) => {
      const words = argv.map((word) => word.replaceAll('{}', here.path));
      if (name === '-ok' && !(await confirm(this.run, `${words.join(' ')} ?`))) return false;
      return (await this.execute(words)) === 0;
    };
  }

  batching(argv: string[]): Test {
    const batch = { argv, paths: [] as string[] };
    this.#batches.push(batch);
    return (here) => batch.paths.push(here.path) > 0;
  }

  async flush(): Promise<void> {
    for (const { argv, paths } of this.#batches)
      if (paths.length > 0 && (await this.execute([...argv, ...paths])) !== 0) this.exitCode = 1;
  }

  async execute(argv: readonly string[]): Promise<number> {
    try {
      return (await this.run.call(argv)).exitCode;
    } catch (error) {
      await this.run.fail(`${this.run.gnu ? `'${argv[0]}'` : argv[0]}: ${this.run.say(error)}`);
      return 127;
    }
  }
}

const minute = 60n * 1_000_000_000n;
const day = 24n * 60n * minute;
