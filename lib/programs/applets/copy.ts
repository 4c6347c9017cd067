/** Copying and removing whole trees: what cp, mv, install and rm share. */
import { basename, dirname, FsError, type Stat } from '../../fs';
import { child } from '../path';
import { isFull, type Run } from '../run';

export interface CopyStyle {
  /** Mode, owner and times too. */
  readonly preserve: boolean;
  readonly recursive: boolean;
  /** Follow symbolic links: all, only those named on the command line, or none. */
  readonly follow: 'all' | 'named' | 'none';
  readonly force: boolean;
  readonly interactive: boolean;
  readonly keep: boolean;
  readonly update: boolean;
  readonly link: 'hard' | 'symbolic' | undefined;
  readonly verbose: boolean;
  /** A fixed mode for new files (install). */
  readonly mode?: number;
}

/** Where a source goes: into a folder under its own name, or to the name itself. */
export function destinationOf(source: string, target: string, intoFolder: boolean): string {
  return intoFolder ? child(target, basename(source.replace(/\/+$/, '')) || '/') : target;
}

export function isDirectory(run: Run, path: string): boolean {
  try {
    return run.fs.stat(path).kind === 'directory';
  } catch (error) {
    if (error instanceof FsError) return false;
    throw error;
  }
}

export function lstatOrNothing(run: Run, path: string): Stat | undefined {
  try {
    return run.fs.lstat(path);
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}

export async function confirm(run: Run, question: string): Promise<boolean> {
  await run.complain(question);
  const answer = await run.process.stdin.read(run.process, 256);
  return answer[0] === 0x79 || answer[0] === 0x59;
}

/** Hard links between copied files stay hard links: seen inodes and where their first copy is. */
export type Seen = Map<string, string>;

export class Copier {
  exitCode = 0;
  readonly #seen: Seen = new Map();
  /** Folders that this copy has made: they are not copied again. */
  readonly #made = new Set<string>();

  constructor(
    readonly run: Run,
    readonly style: CopyStyle,
  ) {}

  async copy(source: string, target: string, named = true): Promise<void> {
    await this.run.process.tick();
    const stat = await this.look(source, named);
    if (!stat) return;
    const there = lstatOrNothing(this.run, target);
    if (stat.kind === 'directory') return this.copyDirectory(source, target, stat, there);
    if (there && this.same(stat, target)) return this.complain(`'${source}' and '${target}' are the same file`);
    if (there && !(await this.mayReplace(stat, there, target))) return;
    await this.copyOne(source, target, stat, there);
  }

  async look(source: string, named: boolean): Promise<Stat | undefined> {
    const { follow } = this.style;
    try {
      return follow === 'all' || (follow === 'named' && named) ? this.run.fs.stat(source) : this.run.fs.lstat(source);
    } catch (error) {
      await this.complain(
        `${this.run.gnu ? `cannot stat '${source}'` : `can't stat '${source}'`}: ${this.run.say(error)}`,
      );
      return undefined;
    }
  }

  same(stat: Stat, target: string): boolean {
    try {
      // busybox looks at the name alone, and empties a file that is copied to a link to itself.
      const byName = stat.kind === 'symlink' || !this.run.gnu;
      const other = byName ? this.run.fs.lstat(target) : this.run.fs.stat(target);
      return other.dev === stat.dev && other.ino === stat.ino;
    } catch (error) {
      if (error instanceof FsError) return false;
      throw error;
    }
  }

  sameThrough(stat: Stat, target: string): boolean {
    const { fs } = this.run;
    if (!fs.exists(target)) return false;
    const other = fs.stat(target);
    return other.dev === stat.dev && other.ino === stat.ino;
  }

  async mayReplace(stat: Stat, there: Stat, target: string): Promise<boolean> {
    if (this.style.keep) return false;
    if (this.style.update && there.mtime >= stat.mtime) return false;
    if (there.kind === 'directory') {
      await this.complain(
        this.run.gnu
          ? `cannot overwrite directory '${target}' with non-directory`
          : `can't create '${target}': Is a directory`,
      );
      return false;
    }
    return !this.style.interactive || confirm(this.run, `${this.run.name}: overwrite '${target}'? `);
  }

  async copyDirectory(source: string, target: string, stat: Stat, there: Stat | undefined): Promise<void> {
    const { fs, gnu } = this.run;
    if (!this.style.recursive)
      return this.complain(gnu ? `-r not specified; omitting directory '${source}'` : `omitting directory '${source}'`);
    if (this.run.gnu && this.inside(stat, target))
      return this.complain(`cannot copy a directory, '${source}', into itself, '${target}'`);
    if (there && there.kind !== 'directory' && !isDirectory(this.run, target))
      return this.complain(
        gnu
          ? `cannot overwrite non-directory '${target}' with directory '${source}'`
          : `target '${target}' is not a directory`,
      );
    if (this.#made.has(`${stat.dev}:${stat.ino}`))
      return this.complain(`recursion detected, omitting directory '${source}'`);
    if (!there && !(await this.make(target, stat))) return;
    for (const { name } of fs.readdir(source)) await this.copy(child(source, name), child(target, name), false);
    if (this.style.preserve) this.attributes(target, stat);
    else if (!there) fs.chmod(target, stat.mode & ~this.run.process.umask);
  }

  /** True when the target lies in the folder that is copied. */
  inside(stat: Stat, target: string): boolean {
    const { fs } = this.run;
    let path = target;
    while (!fs.exists(path)) path = dirname(path);
    for (path = fs.realpath(path); ; path = dirname(path)) {
      const found = fs.stat(path);
      if (found.dev === stat.dev && found.ino === stat.ino) return true;
      if (path === '/') return false;
    }
  }

  async make(target: string, stat: Stat): Promise<boolean> {
    try {
      this.run.fs.mkdir(target, stat.mode | 0o700);
      const made = this.run.fs.lstat(target);
      this.#made.add(`${made.dev}:${made.ino}`);
      if (this.style.verbose) await this.run.print(`'${target}'\n`);
      return true;
    } catch (error) {
      const words = this.run.gnu ? `cannot create directory '${target}'` : `can't create directory '${target}'`;
      await this.complain(`${words}: ${this.run.say(error)}`);
      return false;
    }
  }

  async copyOne(source: string, target: string, stat: Stat, there: Stat | undefined): Promise<void> {
    try {
      await this.write(source, target, stat, there);
      if (this.style.verbose) await this.run.print(`'${source}' -> '${target}'\n`);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      await this.complain(`${this.wordsFor(error, source, target)}: ${this.run.say(error)}`);
    }
  }

  wordsFor(error: FsError, source: string, target: string): string {
    const reading = error.path === source;
    if (isFull(error)) return this.run.gnu ? `error writing '${target}'` : 'write error';
    if (this.run.gnu) return reading ? `cannot open '${source}' for reading` : `cannot create regular file '${target}'`;
    return reading ? `can't open '${source}'` : `can't create '${target}'`;
  }

  async write(source: string, target: string, stat: Stat, there: Stat | undefined): Promise<void> {
    const { fs } = this.run;
    const known = stat.nlink > 1 && this.style.preserve ? this.#seen.get(`${stat.dev}:${stat.ino}`) : undefined;
    const replace = () => there && fs.unlink(target);
    if (this.style.link === 'hard' || known) {
      replace();
      fs.link(known ?? source, target);
      return;
    }
    if (this.style.link === 'symbolic') {
      replace();
      fs.symlink(source, target);
      return;
    }
    if (stat.kind === 'symlink') {
      replace();
      fs.symlink(fs.readlink(source), target);
    } else if (stat.kind === 'file' || !this.style.recursive) await this.writeFile(source, target, stat, there);
    else {
      replace();
      fs.mknod(target, stat.kind as 'char' | 'block' | 'fifo' | 'socket', stat.mode, stat.rdev);
    }
    this.#seen.set(`${stat.dev}:${stat.ino}`, target);
    if (this.style.preserve) this.attributes(target, stat);
  }

  async writeFile(source: string, target: string, stat: Stat, there: Stat | undefined): Promise<void> {
    const { fs } = this.run;
    if (there?.kind === 'symlink' && this.sameThrough(stat, target)) fs.truncate(target, 0);
    const bytes = fs.readFile(source);
    try {
      if (this.style.mode !== undefined && there) fs.unlink(target);
      await this.run.writeFile(target, bytes, this.style.mode ?? stat.mode);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      if (!(this.style.force && there && error.errno === 'EACCES')) throw new FsError(error.errno, target);
      fs.unlink(target);
      await this.run.writeFile(target, bytes, stat.mode);
    }
    if (this.style.mode !== undefined) fs.chmod(target, this.style.mode);
  }

  /** Owner first: changing it clears the setuid bit. What may not be changed stays as it is, as with cp -p of a user. */
  attributes(target: string, stat: Stat): void {
    const { fs } = this.run;
    attempt(() => fs.lchown(target, stat.uid, stat.gid));
    if (stat.kind !== 'symlink') attempt(() => fs.chmod(target, stat.mode));
    attempt(() => fs.lutimes(target, stat.atime, stat.mtime));
  }

  async complain(text: string): Promise<void> {
    this.exitCode = 1;
    await this.run.fail(text);
  }
}

function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof FsError && error.errno === 'EPERM')) throw error;
  }
}
