import { root } from './credentials';
import { FsError } from './errno';
import type { DirectoryEntry, FileSystem, Mount, OpenFile, OpenFlags, Stat, Tree, Usage, Viewer } from './file-system';
import { attributes, Lookup, pathOf, requireWritable, writable } from './lookup';
import { type MountOptions, Mounts } from './mounts';
import { linkName, makeNode, removeFolder, renameName, unlinkName } from './names';
import { openPath } from './opening';
import { changeMode, changeOwner, changeTimes, changeXattr } from './ownership';
import { compareNames } from './path';
import { mayRead, mayWrite, requireAccess } from './permission';
import { statOf } from './stat';

/** A file system that is seen as the viewer of that moment: a process whose cwd, umask or credentials change sees it otherwise. */
export function viewOf(mounts: Mounts, viewer: Viewer | (() => Viewer)): FileSystem {
  return new View(mounts, typeof viewer === 'function' ? viewer : () => viewer);
}

/** One tree at `/`, seen by root from `/` with umask 022 unless told otherwise. */
export function mountFileSystem(
  tree: Tree,
  options: MountOptions & { readonly viewer?: Partial<Viewer> } = {},
): FileSystem {
  return viewOf(new Mounts(tree, options), { credentials: root, cwd: '/', umask: 0o022, ...options.viewer });
}

/** The one implementation of `FileSystem`: paths, permissions and errno over whatever trees are mounted. */
class View implements FileSystem {
  readonly #at: Lookup;

  constructor(mounts: Mounts, viewer: () => Viewer) {
    this.#at = new Lookup(mounts, viewer);
  }

  get viewer(): Viewer {
    return this.#at.viewer;
  }

  as(viewer: Partial<Viewer>): FileSystem {
    const { credentials, cwd, umask } = this.viewer;
    return viewOf(this.#at.mounts, { credentials, cwd, umask, ...viewer });
  }

  stat(path: string): Stat {
    const { mount, ino } = this.#at.place(path);
    return statOf(mount.tree, ino);
  }

  lstat(path: string): Stat {
    const { mount, ino } = this.#at.place(path, false);
    return statOf(mount.tree, ino);
  }

  exists(path: string): boolean {
    try {
      return this.#at.walk(path, 'always').place !== undefined;
    } catch (error) {
      if (error instanceof FsError) return false;
      throw error;
    }
  }

  access(path: string, mode: number): void {
    const place = this.#at.place(path);
    const node = attributes(place);
    const kept = node.kind === 'file' || node.kind === 'directory';
    if (mode & mayWrite && kept) requireWritable(place.mount, path);
    requireAccess(node, this.viewer.credentials, mode, path);
  }

  realpath(path: string): string {
    return pathOf(this.#at.existing(path, true));
  }

  readdir(path: string): DirectoryEntry[] {
    const place = this.#at.place(path);
    const node = attributes(place);
    if (node.kind !== 'directory') throw new FsError('ENOTDIR', path);
    requireAccess(node, this.viewer.credentials, mayRead, path);
    const { tree } = place.mount;
    const entries: DirectoryEntry[] = [];
    for (const [name, ino] of tree.entries(place.ino)) entries.push({ name, kind: tree.attributes(ino).kind, ino });
    return entries.sort((a, b) => compareNames(a.name, b.name));
  }

  open(path: string, flags: OpenFlags, mode = 0o666): OpenFile {
    return openPath(this.#at, path, flags, mode);
  }

  readFile(path: string): Uint8Array {
    const { mount, ino } = this.#at.place(path);
    const node = mount.tree.attributes(ino);
    requireAccess(node, this.viewer.credentials, mayRead, path);
    if (node.kind === 'directory') throw new FsError('EISDIR', path);
    return node.kind === 'file' ? mount.tree.content(ino) : this.#drain(path);
  }

  /** A device is read to its end; one that never ends (/dev/zero) gives one full read. */
  #drain(path: string): Uint8Array {
    const file = this.open(path, { read: true });
    const bytes = file.read(1 << 16);
    file.close();
    return bytes;
  }

  writeFile(path: string, bytes: Uint8Array, mode?: number): void {
    this.#put(path, bytes, { write: true, create: true, truncate: true }, mode);
  }

  appendFile(path: string, bytes: Uint8Array): void {
    this.#put(path, bytes, { write: true, create: true, append: true });
  }

  #put(path: string, bytes: Uint8Array, flags: OpenFlags, mode?: number): void {
    const file = this.open(path, flags, mode);
    try {
      file.write(bytes);
    } finally {
      file.close();
    }
  }

  truncate(path: string, size: number): void {
    if (size < 0) throw new FsError('EINVAL', path);
    const found = this.#at.existing(path, true);
    const node = attributes(found.place);
    if (node.kind === 'directory') throw new FsError('EISDIR', path);
    if (node.kind !== 'file') throw new FsError('EINVAL', path);
    requireWritable(found.place.mount, path);
    requireAccess(node, this.viewer.credentials, mayWrite, path);
    found.place.mount.tree.truncate(writable(found), size);
  }

  mkdir(path: string, mode = 0o777): void {
    makeNode(this.#at, path, 'directory', mode & 0o1777 & ~this.viewer.umask);
  }

  symlink(target: string, path: string): void {
    if (target === '') throw new FsError('ENOENT', path);
    makeNode(this.#at, path, 'symlink', 0o777, 0, target);
  }

  mknod(path: string, kind: 'char' | 'block' | 'fifo' | 'socket' | 'file', mode: number, rdev = 0): void {
    const device = kind === 'char' || kind === 'block';
    if (device && this.viewer.credentials.uid !== 0) throw new FsError('EPERM', path);
    makeNode(this.#at, path, kind, mode & ~this.viewer.umask, device ? rdev : 0);
  }

  link(existing: string, path: string): void {
    linkName(this.#at, existing, path);
  }

  unlink(path: string): void {
    unlinkName(this.#at, path);
  }

  rmdir(path: string): void {
    removeFolder(this.#at, path);
  }

  rename(from: string, to: string): void {
    renameName(this.#at, from, to);
  }

  readlink(path: string): string {
    const place = this.#at.place(path, false);
    if (attributes(place).kind !== 'symlink') throw new FsError('EINVAL', path);
    return place.mount.tree.target(place.ino);
  }

  chmod(path: string, mode: number): void {
    changeMode(this.#at, path, mode);
  }

  chown(path: string, uid: number, gid: number): void {
    changeOwner(this.#at, path, uid, gid, true);
  }

  lchown(path: string, uid: number, gid: number): void {
    changeOwner(this.#at, path, uid, gid, false);
  }

  utimes(path: string, atime: bigint | undefined, mtime: bigint | undefined): void {
    changeTimes(this.#at, path, atime, mtime, true);
  }

  lutimes(path: string, atime: bigint | undefined, mtime: bigint | undefined): void {
    changeTimes(this.#at, path, atime, mtime, false);
  }

  getxattr(path: string, name: string): Uint8Array {
    const value = this.#xattrs(path).get(name);
    if (!value) throw new FsError('ENODATA', path);
    return value;
  }

  setxattr(path: string, name: string, value: Uint8Array): void {
    changeXattr(this.#at, path, name, value);
  }

  listxattr(path: string): string[] {
    return [...this.#xattrs(path).keys()];
  }

  removexattr(path: string, name: string): void {
    if (!this.#xattrs(path).has(name)) throw new FsError('ENODATA', path);
    changeXattr(this.#at, path, name, undefined);
  }

  #xattrs(path: string): ReadonlyMap<string, Uint8Array> {
    const { mount, ino } = this.#at.place(path);
    return mount.tree.xattrs(ino);
  }

  usage(path: string): Usage {
    return this.#at.place(path).mount.tree.usage();
  }

  mounts(): readonly Mount[] {
    return this.#at.mounts.list();
  }
}
