import { applyMode, IgnoreMatcher, type ModeChange } from '../dockerfile';
import { basename, components, dirname, type FileSystem, FsError, join } from '../fs';
import { readArchive } from './archive';
import { BuildFailure } from './build-failure';
import { follow, hasWildcards, matchPaths, type SourceEntry, type SourceTree, walk } from './source-tree';
import type { CopyStep } from './step';
import { owner } from './users';

/** One thing that a COPY or ADD takes, by the path that was asked for (links followed). */
export interface Picked {
  /** As matched: its last name is the copy's. */
  readonly path: string;
  readonly entry: SourceEntry;
}

/** A source that is not there. */
export class MissingSource extends Error {
  override readonly name = 'MissingSource';
  constructor(readonly path: string) {
    super(`${path} is not there`);
  }
}

/** The sources of a step in their order. Patterns may match nothing; names must be there. Throws MissingSource, PatternError. */
export function pick(tree: SourceTree, sources: readonly string[]): Picked[] {
  return sources.flatMap((source) => {
    const path = join('/', source);
    const paths = hasWildcards(source) ? matchPaths(tree, path) : [path];
    return paths.map((one) => {
      const entry = follow(tree, one);
      if (!entry) throw new MissingSource(one);
      return { path: one, entry };
    });
  });
}

/** Where and how copies are written. */
interface Writing {
  readonly files: FileSystem;
  readonly tree: SourceTree;
  readonly chmod?: ModeChange;
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly excluded?: IgnoreMatcher;
}

const encoder = new TextEncoder();

/** Folders on the way to a destination are made like the copies: theirs is the owner and the mode that were asked for. */
function makeWay({ files, chmod, owner: to }: Writing, path: string): void {
  makeFolders(files, path, to, chmod ? applyMode(chmod, 0o755, true) : 0o755);
}

/** Carries a copy step out in a stage's tree (as root, umask 0). `now` is the time of files written in the Dockerfile. */
export function copyInto(
  files: FileSystem,
  tree: SourceTree,
  step: CopyStep,
  picked: readonly Picked[],
  { now, gunzip }: { readonly now: bigint; readonly gunzip?: (bytes: Uint8Array) => Uint8Array },
): void {
  const { copying, destination } = step;
  const writing: Writing = {
    files,
    tree,
    chmod: copying.chmod,
    owner: copying.chown ? owner(files, copying.chown) : undefined,
    excluded: copying.exclude.length > 0 ? new IgnoreMatcher(copying.exclude) : undefined,
  };
  if (picked.length === 0 && copying.files.length === 0 && destination.endsWith('/')) makeWay(writing, destination);
  for (const one of picked) {
    const archive =
      step.unpack && one.entry.kind === 'file' ? readArchive(tree.read(one.entry.path), gunzip) : undefined;
    if (archive) extract(writing, archive, destination);
    else copyPicked(writing, one, step.parents ? withParents(destination, one.path) : destination);
  }
  for (const { name, content } of copying.files) {
    const entry = { path: `/${name}`, kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: now, size: 0 } as const;
    writeEntry(writing, entry, fileDestination(writing, destination, name), () => encoder.encode(content));
  }
}

/** `--parents`: the source's folders are kept, from `/./` on where that stands. */
function withParents(destination: string, path: string): string {
  return `${join(destination, dirname(path))}/`;
}

function copyPicked(writing: Writing, { path, entry }: Picked, destination: string): void {
  if (entry.kind !== 'directory') {
    if (writing.excluded?.ignores(basename(path))) return;
    const target = fileDestination(writing, destination, basename(path));
    writeEntry(writing, entry, target, () => writing.tree.read(entry.path));
    return;
  }
  const folder = join(destination);
  if (exists(writing.files, folder) && writing.files.stat(folder).kind !== 'directory') {
    throw new BuildFailure(`cannot copy to non-directory: ${folder}`);
  }
  const isNew = !exists(writing.files, folder);
  makeWay(writing, folder);
  const prefix = entry.path === '/' ? '' : entry.path;
  for (const inner of walk(writing.tree, entry.path)) {
    const relative = inner.path.slice(prefix.length + 1);
    if (writing.excluded?.ignores(relative)) continue;
    writeEntry(writing, inner, join(folder, relative), () => writing.tree.read(inner.path));
  }
  if (isNew && folder !== '/') finish(writing, entry, folder);
}

function fileDestination(writing: Writing, destination: string, name: string): string {
  const { files } = writing;
  if (destination.endsWith('/')) {
    makeWay(writing, destination);
    return join(destination, name);
  }
  if (exists(files, destination) && files.stat(destination).kind === 'directory') return join(destination, name);
  makeWay(writing, dirname(destination));
  return destination;
}

function writeEntry(writing: Writing, entry: SourceEntry, target: string, read: () => Uint8Array): void {
  const { files } = writing;
  const present = lexists(files, target) ? files.lstat(target) : undefined;
  if (entry.kind === 'directory') {
    if (present && files.stat(target).kind !== 'directory')
      throw new BuildFailure(`cannot copy to non-directory: ${target}`);
    if (!present) makeFolders(files, target);
    finish(writing, entry, target);
    return;
  }
  if (present?.kind === 'directory')
    throw new BuildFailure(`cannot overwrite to directory ${target} from ${entry.path}`);
  makeFolders(files, dirname(target));
  if (present) files.unlink(target);
  if (entry.kind === 'file') files.writeFile(target, read(), entry.mode);
  else if (entry.kind === 'symlink') files.symlink(entry.target!, target);
  else files.mknod(target, entry.kind, entry.mode);
  finish(writing, entry, target);
}

/** Owner, mode and time: folders too, after what is in them would have changed it. */
function finish({ files, chmod, owner: to }: Writing, entry: SourceEntry, target: string): void {
  const { uid, gid } = to ?? entry;
  files.lchown(target, uid, gid);
  if (entry.kind !== 'symlink') {
    files.chmod(target, chmod ? applyMode(chmod, entry.mode, entry.kind === 'directory') : entry.mode);
  }
  files.lutimes(target, entry.mtime, entry.mtime);
}

function extract(writing: Writing, archive: ReturnType<typeof readArchive> & object, destination: string): void {
  const { files } = writing;
  const top = join(destination);
  makeWay(writing, top);
  for (const { entry, data, linked } of archive) {
    const target = join(top, join('/', entry.path));
    if (target === top) continue;
    if (linked === undefined) {
      writeEntry(writing, entry, target, () => data);
      continue;
    }
    makeFolders(files, dirname(target));
    if (lexists(files, target)) files.unlink(target);
    files.link(join(top, join('/', linked)), target);
  }
}

/** Makes a folder and those above it, 0755 and root's unless told otherwise. What stands in the way is named as BuildKit does. */
export function makeFolders(files: FileSystem, path: string, to = { uid: 0, gid: 0 }, mode = 0o755): void {
  let at = '/';
  for (const name of components(path)) {
    at = join(at, name);
    if (exists(files, at)) {
      if (files.stat(at).kind !== 'directory') throw new BuildFailure(`mkdir ${at}: not a directory`);
      continue;
    }
    files.mkdir(at, mode);
    files.lchown(at, to.uid, to.gid);
  }
}

function exists(files: FileSystem, path: string): boolean {
  return files.exists(path);
}

function lexists(files: FileSystem, path: string): boolean {
  try {
    files.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof FsError) return false;
    throw error;
  }
}
