import type { ContainerRecord } from '../container';
import { Failure } from '../errors';
import { basename, dirname, type FileSystem, FsError } from '../fs';
import { entryPath, readTar, TarWriter } from '../layer';
import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import { noSuchPath } from './sentences';
import { containerFiles } from './start';

/** A path inside a container, as `docker cp` first asks about it. */
export interface PathStat {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  readonly mode: number;
  /** Of a symlink: where it leads, absolute. */
  readonly linkTarget: string;
}

function filesOf(daemon: Daemon, record: ContainerRecord): FileSystem {
  return daemon.live.get(record.id)?.fs ?? containerFiles(daemon, record);
}

/** `HEAD /containers/{id}/archive`. The last component is not followed. */
export function statPath(daemon: Daemon, reference: string, path: string): PathStat {
  const record = findContainer(daemon, reference);
  const fs = filesOf(daemon, record);
  try {
    const { kind, size, mode } = fs.lstat(absolute(path));
    const known = kind === 'file' || kind === 'directory' || kind === 'symlink' ? kind : 'other';
    const linkTarget = kind === 'symlink' ? resolveLink(fs, absolute(path)) : '';
    return { name: basename(path) || '/', kind: known, size, mode, linkTarget };
  } catch (error) {
    if (error instanceof FsError) throw noSuchPath(path, reference);
    throw error;
  }
}

const absolute = (path: string) => (path.startsWith('/') ? path : `/${path}`);

function resolveLink(fs: FileSystem, path: string): string {
  const target = fs.readlink(path);
  return target.startsWith('/') ? target : `${dirname(path)}/${target}`.replace(/\/+/g, '/');
}

/** A tar of a file or of a folder with what is in it, named by its last component (`.` for the folder's content). */
export function getArchive(daemon: Daemon, reference: string, path: string): Uint8Array {
  const record = findContainer(daemon, reference);
  const fs = filesOf(daemon, record);
  const clean = absolute(path);
  const contents = clean.endsWith('/.') || clean === '/';
  let tar: Uint8Array;
  try {
    tar = tarOfPath(fs, contents ? clean.replace(/\/?\.$/, '') || '/' : clean, contents ? '' : basename(clean));
  } catch (error) {
    if (error instanceof FsError) throw noSuchPath(path, reference);
    throw error;
  }
  daemon.announcements.tell('container', 'archive-path', record.id, containerAttributes(record));
  return tar;
}

/** `name` is what the top entry is called; empty: only what is inside, the folder itself as `./`. */
export function tarOfPath(fs: FileSystem, path: string, name: string): Uint8Array {
  const tar = new TarWriter();
  addPath(tar, fs, path, name, new Map());
  return tar.finish();
}

function addPath(tar: TarWriter, fs: FileSystem, path: string, name: string, linked: Map<number, string>): void {
  const stat = fs.lstat(path);
  const { mode, uid, gid, mtime } = stat;
  const base = { mode, uid, gid, mtime };
  if (stat.kind === 'socket') return;
  if (stat.kind === 'directory') {
    tar.add({ ...base, name: name ? `${name}/` : './', kind: 'directory', size: 0 });
    for (const entry of fs.readdir(path))
      addPath(
        tar,
        fs,
        `${path === '/' ? '' : path}/${entry.name}`,
        name ? `${name}/${entry.name}` : entry.name,
        linked,
      );
    return;
  }
  const first = linked.get(stat.ino);
  if (stat.nlink > 1 && first === undefined) linked.set(stat.ino, name);
  if (stat.kind !== 'file') {
    const target = stat.kind === 'symlink' ? { target: fs.readlink(path) } : {};
    tar.add({ ...base, name, kind: stat.kind, rdev: stat.rdev, size: 0, ...target });
  } else if (first !== undefined) tar.add({ ...base, name, kind: 'hardlink', target: first, size: 0 });
  else tar.add({ ...base, name, kind: 'file', size: stat.size }, fs.readFile(path));
}

export interface PutOptions {
  /** Refuse to put a folder over a file and the other way round. */
  readonly noOverwriteDirNonDir?: boolean;
  /** Keep the archive's owners (`cp -a`); otherwise everything is root's. */
  readonly copyOwners?: boolean;
}

/** Unpacks a tar into a folder of a container, running or not. */
export function putArchive(
  daemon: Daemon,
  reference: string,
  path: string,
  tar: Uint8Array,
  options: PutOptions = {},
): void {
  const record = findContainer(daemon, reference);
  if (record.hostConfig.ReadonlyRootfs) throw new Failure('forbidden', 'container rootfs is marked read-only');
  const fs = filesOf(daemon, record);
  const folder = absolute(path);
  try {
    if (fs.stat(folder).kind !== 'directory') throw new Failure('invalid', 'extraction point is not a directory');
  } catch (error) {
    if (error instanceof FsError) throw noSuchPath(path, reference);
    throw error;
  }
  unpack(fs, folder, tar, options);
  daemon.announcements.tell('container', 'extract-to-dir', record.id, containerAttributes(record));
}

/** Writes a tar's entries under a folder; what is there and in the way goes, folders stay. */
export function unpack(fs: FileSystem, folder: string, tar: Uint8Array, options: PutOptions = {}): void {
  const times: [string, bigint][] = [];
  for (const entry of readTar(tar)) {
    const parts = entryPath(entry.name);
    const path = `${folder === '/' ? '' : folder}/${parts.join('/')}`.replace(/\/$/, '') || '/';
    if (parts.length === 0) continue;
    makeParents(fs, folder, parts);
    placeEntry(fs, path, folder, entry, options);
    if (options.copyOwners !== false) fs.lchown(path, entry.uid, entry.gid);
    if (entry.kind !== 'symlink') fs.chmod(path, entry.mode);
    if (entry.kind === 'directory') times.push([path, entry.mtime]);
    else fs.lutimes(path, entry.mtime, entry.mtime);
  }
  for (const [path, mtime] of times.reverse()) fs.utimes(path, mtime, mtime);
}

function makeParents(fs: FileSystem, folder: string, parts: readonly string[]): void {
  parts.slice(0, -1).forEach((_, at) => {
    const path = `${folder === '/' ? '' : folder}/${parts.slice(0, at + 1).join('/')}`;
    if (!fs.exists(path)) fs.mkdir(path, 0o755);
  });
}

type Entry = ReturnType<typeof readTar> extends Iterable<infer T> ? T : never;

function placeEntry(fs: FileSystem, path: string, folder: string, entry: Entry, options: PutOptions): void {
  const present = kindAt(fs, path);
  if (options.noOverwriteDirNonDir && present) {
    if (present === 'directory' && entry.kind !== 'directory')
      throw new Failure(
        'invalid',
        `cannot overwrite directory ${JSON.stringify(path)} with non-directory ${JSON.stringify(folder)}`,
      );
    if (present !== 'directory' && entry.kind === 'directory')
      throw new Failure(
        'invalid',
        `cannot overwrite non-directory ${JSON.stringify(path)} with directory ${JSON.stringify(folder)}`,
      );
  }
  if (entry.kind === 'directory' && present === 'directory') return;
  if (present === 'directory') removeAll(fs, path);
  else if (present) fs.unlink(path);
  switch (entry.kind) {
    case 'directory':
      fs.mkdir(path, entry.mode);
      return;
    case 'file':
      fs.writeFile(path, entry.data, entry.mode);
      return;
    case 'symlink':
      fs.symlink(entry.target ?? '', path);
      return;
    case 'hardlink':
      fs.link(`${folder === '/' ? '' : folder}/${entryPath(entry.target ?? '').join('/')}`, path);
      return;
    default:
      fs.mknod(path, entry.kind, entry.mode, entry.rdev);
  }
}

function kindAt(fs: FileSystem, path: string) {
  try {
    return fs.lstat(path).kind;
  } catch {
    return undefined;
  }
}

function removeAll(fs: FileSystem, path: string): void {
  for (const entry of fs.readdir(path)) {
    const inner = `${path}/${entry.name}`;
    if (entry.kind === 'directory') removeAll(fs, inner);
    else fs.unlink(inner);
  }
  fs.rmdir(path);
}
