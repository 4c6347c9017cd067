import { tarOfPath } from '../../engine';
import { Failure } from '../../errors';
import { basename, dirname, type FileSystem, FsError } from '../../fs';
import { copyInto } from '../copy-into';
import { type Command, err, type Invocation } from '../invocation';
import { readAll } from '../read-all';
import { humanSize } from '../size';
import { CommandError } from '../usage-error';
import { resolvePath } from './build';

/** `docker cp`: between a container's files and the person's own. */
export const copy: Command = async (call) => {
  const [source = '', target = ''] = call.args;
  if (source === '') throw new CommandError('source can not be empty');
  if (target === '') throw new CommandError('destination can not be empty');
  const from = splitPath(source);
  const to = splitPath(target);
  if (from.container && to.container) throw new CommandError('copying between containers is not supported');
  if (from.container) return fromContainer(call, from.container, from.path, to.path);
  if (to.container) return toContainer(call, from.path, to.container, to.path);
  throw new CommandError('must specify at least one container source');
};

/** `name:/path` is a container's; a path that begins with `/` or `.` never is. */
function splitPath(text: string): { container?: string; path: string } {
  if (text.startsWith('/') || text.startsWith('.')) return { path: text };
  const at = text.indexOf(':');
  return at < 0 ? { path: text } : { container: text.slice(0, at), path: text.slice(at + 1) };
}

async function fromContainer(call: Invocation, container: string, source: string, target: string): Promise<number> {
  const { engine, process, flags } = call;
  engine.container(container);
  let path = source;
  if (flags.on('follow-link')) {
    const stat = engine.statPath(container, path);
    if (stat.kind === 'symlink') path = stat.linkTarget;
  }
  const stat = engine.statPath(container, path);
  const tar = engine.getArchive(container, path);
  if (target === '-') {
    await process.stdout.write(process, tar);
    return 0;
  }
  const goal = resolvePath(process.cwd, target) + (target.endsWith('/') ? '/' : '');
  const wantsFolder = source.endsWith('/') || source.endsWith('/.');
  if (wantsFolder && stat.kind === 'file')
    throw new Failure('not-found', `Could not find the file ${source} in container ${container}`);
  copyInto(
    process.fs,
    tar,
    { name: stat.name, isDirectory: stat.kind === 'directory', contents: source.endsWith('/.') },
    goal,
    { copyOwners: flags.on('archive') },
  );
  await told(call, `Successfully copied ${humanSize(tar.length, 3)} to ${resolvePath(process.cwd, target)}\n`);
  return 0;
}

async function toContainer(call: Invocation, source: string, container: string, target: string): Promise<number> {
  const { engine, process, flags } = call;
  if (source !== '-') requireLocal(process.fs, resolvePath(process.cwd, source), source, flags.on('follow-link'));
  const record = engine.container(container);
  if (source === '-') {
    engine.putArchive(record.id, target, await readAll(process), { copyOwners: true });
    return 0;
  }
  const isDirectory = requireLocal(process.fs, resolvePath(process.cwd, source), source, flags.on('follow-link'));
  const plan = planTarget(call, record.id, container, target, {
    name: basename(resolvePath(process.cwd, source)),
    isDirectory,
    contents: source.endsWith('/.'),
  });
  const tar = packed(
    process.fs,
    resolvePath(process.cwd, source),
    plan.name,
    isDirectory,
    source.endsWith('/.') || plan.contents,
    flags.on('follow-link'),
  );
  engine.putArchive(record.id, plan.folder, tar, { noOverwriteDirNonDir: true, copyOwners: flags.on('archive') });
  await told(call, `Successfully copied ${humanSize(tar.length, 3)} to ${container}:${target}\n`);
  return 0;
}

function requireLocal(fs: FileSystem, path: string, given: string, follow: boolean): boolean {
  try {
    const stat = follow || given.endsWith('/') ? fs.stat(path) : fs.lstat(path);
    if (given.endsWith('/') && stat.kind !== 'directory') throw new CommandError('not a directory');
    return stat.kind === 'directory';
  } catch (error) {
    if (error instanceof FsError)
      throw new CommandError(`lstat ${dirname(path) === '/' ? '/' : ''}${path}: no such file or directory`);
    throw error;
  }
}

interface Source {
  readonly name: string;
  readonly isDirectory: boolean;
  readonly contents: boolean;
}

interface Plan {
  /** Where to unpack, and under what name. */
  readonly folder: string;
  readonly name: string;
  readonly contents: boolean;
}

/** Where in the container a copy goes: into an existing folder, over a file, or to a new name in an existing folder. */
function planTarget(call: Invocation, id: string, container: string, target: string, source: Source): Plan {
  const path = target.startsWith('/') ? target : `/${target}`;
  const clean = resolvePath('/', path);
  const stat = statOrNothing(call, id, clean);
  const followed = stat?.kind === 'symlink' ? statOrNothing(call, id, resolvePath('/', stat.linkTarget)) : stat;
  const where = stat?.kind === 'symlink' && followed ? resolvePath('/', stat.linkTarget) : clean;
  if (followed?.kind === 'directory') {
    return source.contents
      ? { folder: where, name: '', contents: true }
      : { folder: where, name: source.name, contents: false };
  }
  if (followed) {
    if (source.isDirectory)
      throw new CommandError(
        `cannot copy directory`.replace('cannot copy directory', 'cannot copy a directory onto a file'),
      );
    return { folder: dirname(where), name: basename(where), contents: false };
  }
  if (target.endsWith('/') && !source.isDirectory)
    throw new CommandError(
      `destination directory ${JSON.stringify(`${container}:${target}`)} does not exist`.replace(
        /^.*$/,
        'no such directory',
      ),
    );
  if (!statOrNothing(call, id, dirname(clean)))
    throw new Failure('not-found', `Could not find the file ${dirname(clean)} in container ${container}`);
  return { folder: dirname(clean), name: basename(clean), contents: false };
}

function statOrNothing(call: Invocation, id: string, path: string) {
  try {
    return call.engine.statPath(id, path);
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined;
    throw error;
  }
}

function packed(
  fs: FileSystem,
  path: string,
  name: string,
  isDirectory: boolean,
  contents: boolean,
  follow: boolean,
): Uint8Array {
  const real = follow ? fs.realpath(path) : path;
  return tarOfPath(fs, real, isDirectory && contents && !name ? '' : name);
}

async function told(call: Invocation, sentence: string): Promise<void> {
  // Docker tells of it only where somebody watches.
  if (!call.flags.on('quiet') && call.process.stderr.kind === 'terminal') await err(call, sentence);
}
