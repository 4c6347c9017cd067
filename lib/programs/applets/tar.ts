/** tar: create, list, extract; gzip by -z or by looking. */
import { gzipSync } from 'fflate';
import { dirname, FsError } from '../../fs';
import { matches } from '../../pattern';
import { groupName, userName } from '../accounts';
import { type Member, readMembers, writeMember } from '../archive';
import { formatTime } from '../calendar';
import { modeText } from '../mode';
import { Complaint, type Options, parseOptions, UsageError } from '../options';
import { child } from '../path';
import { isFull, type Run } from '../run';
import { concat } from '../text';
import { lstatOrNothing } from './copy';
import { makeAll } from './directories';
import { unpack } from './gzip';

const longNames = {
  create: 'c',
  extract: 'x',
  list: 't',
  file: 'f',
  directory: 'C',
  verbose: 'v',
  gzip: 'z',
  'to-stdout': 'O',
  'keep-old-files': 'k',
  dereference: 'h',
  exclude: 'exclude:',
  'strip-components': 'strip:',
  'numeric-owner': 'numeric',
  'no-same-owner': 'o',
  'same-owner': 'same',
  'no-recursion': 'flat',
  append: 'r',
  update: 'u',
  overwrite: 'overwrite',
  'exclude-from': 'X',
  'files-from': 'T',
  wildcards: 'wildcards',
  get: 'x',
  'preserve-permissions': 'p',
  touch: 'm',
  'auto-compress': 'a',
  bzip2: 'j',
  xz: 'J',
};

export async function tar(run: Run): Promise<number> {
  // `tar xzf a.tgz`: the first word needs no dash, and its letters take their values from the words after it.
  const first = run.args[0] ?? '';
  const args = first && !first.startsWith('-') ? oldStyle(first, run.args.slice(1)) : run.args;
  const options = parseOptions(run, 'cxtf:C:vzjJZhmokOparuX:T:', longNames, args);
  const modes = ['c', 'x', 't', 'r', 'u'].filter((flag) => options.has(flag));
  if (modes.length !== 1) {
    if (run.gnu)
      throw new UsageError(
        modes.length === 0
          ? "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options"
          : "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option",
        2,
      );
    throw new UsageError();
  }
  if (options.has('j', 'J', 'Z')) throw new Complaint('this compression is not simulated; use -z (gzip)', 2);
  if (modes[0] === 'r' || modes[0] === 'u') throw new Complaint('appending to an archive is not simulated');
  const archive = new Archive(run, options);
  return modes[0] === 'c' ? archive.create() : archive.unpack(modes[0] === 't');
}

function oldStyle(letters: string, rest: readonly string[]): string[] {
  const words = [...rest];
  const out: string[] = [];
  for (const letter of letters) {
    out.push(`-${letter}`);
    if ('fCXT'.includes(letter)) out.push(words.shift() ?? '');
  }
  return [...out, ...words];
}

class Archive {
  exitCode = 0;
  readonly path: string;
  readonly excluded: readonly string[];
  readonly #seen = new Map<string, string>();
  #stripped = false;

  constructor(
    readonly io: Run,
    readonly options: Options,
  ) {
    this.path = options.value('f') ?? '-';
    this.excluded = options.all('exclude');
  }

  // Creating

  async create(): Promise<number> {
    const { io, options } = this;
    if (options.operands.length === 0 && !options.has('T')) {
      if (io.gnu) throw new UsageError('Cowardly refusing to create an empty archive', 2);
      throw new Complaint('empty archive');
    }
    const parts: Uint8Array[] = [];
    const here = io.process.cwd;
    const output = this.path === '-' ? '-' : this.path.startsWith('/') ? this.path : child(here, this.path);
    await this.change();
    for (const path of options.operands) await this.add(path, parts);
    io.process.cwd = here;
    parts.push(new Uint8Array(1024));
    const bytes = concat(parts);
    const blocked = new Uint8Array(Math.ceil(bytes.length / 10240) * (io.gnu ? 10240 : 0) || bytes.length);
    blocked.set(bytes);
    const gzip = options.has('z') || (options.has('a') && /\.(tgz|tar\.gz)$/.test(this.path));
    const result = gzip ? gzipSync(blocked, { mtime: 0 }) : blocked;
    try {
      if (output === '-') await io.write(result);
      else await io.writeFile(output, result);
    } catch (error) {
      return io.fail(
        io.gnu
          ? `${this.path}: Cannot ${isFull(error) ? 'write' : 'open'}: ${io.say(error)}\ntar: Error is not recoverable: exiting now`
          : `${isFull(error) ? 'write error' : `can't open '${this.path}'`}: ${io.say(error)}`,
        io.gnu ? 2 : 1,
      );
    }
    if (this.exitCode !== 0)
      await io.fail(
        io.gnu ? 'Exiting with failure status due to previous errors' : 'error exit delayed from previous errors',
      );
    return this.exitCode;
  }

  async change(): Promise<void> {
    const folder = this.options.value('C');
    if (folder === undefined) return;
    try {
      this.io.process.cwd = this.io.fs.realpath(folder);
    } catch (error) {
      throw new Complaint(
        this.io.gnu
          ? `${folder}: Cannot open: ${this.io.say(error)}\ntar: Error is not recoverable: exiting now`
          : `can't change directory to '${folder}': ${this.io.say(error)}`,
        this.io.gnu ? 2 : 1,
      );
    }
  }

  async add(path: string, parts: Uint8Array[]): Promise<void> {
    const { io, options } = this;
    await io.process.tick();
    if (this.excludes(path)) return;
    try {
      const stat = options.has('h') ? io.fs.stat(path) : io.fs.lstat(path);
      if (stat.kind === 'socket') return;
      const name = await this.memberName(path);
      const key = `${stat.dev}:${stat.ino}`;
      const known = stat.nlink > 1 && stat.kind === 'file' ? this.#seen.get(key) : undefined;
      this.#seen.set(key, name);
      const kind = known === undefined ? stat.kind : 'hardlink';
      const shown = stat.kind === 'directory' && !name.endsWith('/') ? `${name}/` : name;
      if (options.has('v')) await this.tell(`${shown}\n`);
      parts.push(
        ...writeMember({
          name: shown,
          kind,
          mode: stat.mode,
          uid: stat.uid,
          gid: stat.gid,
          user: userName(io.fs, stat.uid) ?? '',
          group: groupName(io.fs, stat.gid) ?? '',
          mtime: Number(stat.mtime / 1_000_000_000n),
          target: known ?? (kind === 'symlink' ? io.fs.readlink(path) : ''),
          data: kind === 'file' ? io.fs.readFile(path) : new Uint8Array(0),
        }),
      );
      if (stat.kind === 'directory' && !options.has('flat'))
        for (const entry of io.fs.readdir(path)) await this.add(child(path, entry.name), parts);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      this.exitCode = io.gnu ? 2 : 1;
      await io.fail(
        io.gnu
          ? `${path}: Cannot ${error.errno === 'ENOENT' ? 'stat' : 'open'}: ${io.say(error)}`
          : `${path}: ${io.say(error)}`,
      );
    }
  }

  async memberName(path: string): Promise<string> {
    if (!path.startsWith('/')) return path;
    if (!this.#stripped)
      await this.io.fail(
        this.io.gnu ? "Removing leading `/' from member names" : "removing leading '/' from member names",
      );
    this.#stripped = true;
    return path.replace(/^\/+/, '') || './';
  }

  /** Names go where the archive does not. */
  tell(text: string): Promise<void> {
    return this.path === '-' && this.options.has('c') ? this.io.complain(text) : this.io.print(text);
  }

  // Reading

  excludes(path: string): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return this.excluded.some((pattern) => matches(pattern, path) || matches(pattern, name));
  }

  async unpack(listing: boolean): Promise<number> {
    const { io, options } = this;
    const members = await this.read();
    if (typeof members === 'number') return members;
    await this.change();
    const wanted = options.operands.map((name) => name.replace(/\/+$/, ''));
    const found = new Set<string>();
    const later: Member[] = [];
    for (const member of members) {
      await io.process.tick();
      const name = member.name.replace(/\/+$/, '');
      const match = wanted.find(
        (each) => name === each || name.startsWith(`${each}/`) || (options.has('wildcards') && matches(each, name)),
      );
      if (wanted.length > 0 && match === undefined) continue;
      if (match !== undefined) found.add(match);
      if (this.excludes(name)) continue;
      if (listing) await io.print(options.has('v') ? longLine(member, io.gnu) : `${member.name}\n`);
      else await this.extract(member, later);
    }
    // A folder's time is set when nothing more is put into it.
    for (const folder of later.reverse()) this.times(this.target(folder)!, folder);
    for (const name of wanted)
      if (!found.has(name)) {
        this.exitCode = io.gnu ? 2 : 1;
        await io.fail(`${name}: ${io.gnu ? 'Not found in archive' : 'not found in archive'}`);
        if (io.gnu) await io.fail('Exiting with failure status due to previous errors');
      }
    return this.exitCode;
  }

  async read(): Promise<Member[] | number> {
    const { io, options } = this;
    let bytes: Uint8Array;
    try {
      bytes = await io.readAll(this.path);
    } catch (error) {
      return io.gnu
        ? io.fail(`${this.path}: Cannot open: ${io.say(error)}\ntar: Error is not recoverable: exiting now`, 2)
        : io.failed(`can't open '${this.path}'`, error);
    }
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    if (options.has('z') && !packed)
      return io.gnu
        ? io.fail(
            'gzip: stdin: not in gzip format\ntar: Child returned status 1\ntar: Error is not recoverable: exiting now',
            2,
          )
        : io.fail(bytes.length < 18 ? 'short read' : 'invalid tar magic');
    const plain = packed ? unpack(bytes) : bytes;
    const members = plain && readMembers(plain);
    return (
      members ??
      (io.gnu
        ? io.fail('This does not look like a tar archive\ntar: Exiting with failure status due to previous errors', 2)
        : io.fail(plain && plain.length >= 512 ? 'invalid tar magic' : 'short read'))
    );
  }

  /** Where a member goes: never above the folder. Undefined when stripping leaves nothing. */
  target(member: Member): string | undefined {
    const strip = Number(this.options.value('strip') ?? 0);
    const parts = member.name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.includes('..')) return undefined;
    return parts.slice(strip).join('/') || (strip === 0 && member.kind === 'directory' ? '.' : undefined);
  }

  async extract(member: Member, later: Member[]): Promise<void> {
    const { io, options } = this;
    const path = this.target(member);
    if (path === undefined) {
      if (member.name.split('/').includes('..'))
        await io.fail(io.gnu ? `${member.name}: Member name contains '..'` : `name with '..' skipped`);
      return;
    }
    if (options.has('O')) {
      if (member.kind === 'file') await io.write(member.data);
      return;
    }
    if (options.has('v')) await io.print(`${member.name}\n`);
    try {
      await this.put(member, path);
      if (member.kind === 'directory') later.push(member);
      else this.times(path, member);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      this.exitCode = io.gnu ? 2 : 1;
      await io.fail(
        io.gnu ? `${member.name}: Cannot open: ${io.say(error)}` : `can't open '${path}': ${io.say(error)}`,
      );
    }
  }

  async put(member: Member, path: string): Promise<void> {
    const { io, options } = this;
    const { fs } = io;
    makeAll(io, dirname(path));
    const there = lstatOrNothing(io, path);
    if (there && there.kind !== 'directory' && member.kind !== 'directory') {
      if (options.has('k')) throw new FsError('EEXIST', path);
      fs.unlink(path);
    }
    if (member.kind === 'directory') {
      if (!there) fs.mkdir(path, 0o700);
    } else if (member.kind === 'file') await io.writeFile(path, member.data, member.mode);
    else if (member.kind === 'symlink') fs.symlink(member.target, path);
    else if (member.kind === 'hardlink') fs.link(member.target, path);
    else fs.mknod(path, member.kind, member.mode);
    if (io.process.credentials.uid === 0 && !options.has('o')) this.own(member, path);
    if (member.kind === 'file' || member.kind === 'directory')
      fs.chmod(
        path,
        io.process.credentials.uid === 0 || options.has('p') ? member.mode : member.mode & ~io.process.umask,
      );
  }

  own(member: Member, path: string): void {
    this.io.fs.lchown(path, member.uid, member.gid);
  }

  times(path: string, member: Member): void {
    if (this.options.has('m')) return;
    const time = BigInt(member.mtime) * 1_000_000_000n;
    this.io.fs.lutimes(path, time, time);
  }
}

function longLine(member: Member, gnu: boolean): string {
  const kind = member.kind === 'hardlink' ? 'file' : member.kind;
  const owner = `${member.user || member.uid}/${member.group || member.gid}`;
  const time = formatTime(gnu ? '%F %H:%M' : '%F %T', BigInt(member.mtime) * 1_000_000_000n);
  const link =
    member.kind === 'symlink' ? ` -> ${member.target}` : member.kind === 'hardlink' ? ` link to ${member.target}` : '';
  const size = String(member.data.length).padStart(gnu ? Math.max(1, 19 - owner.length - 1) : 9);
  return `${modeText(kind, member.mode)} ${owner} ${size} ${time} ${member.name}${link}\n`;
}
