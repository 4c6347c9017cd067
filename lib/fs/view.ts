import { type Credentials, root } from './credentials';
import { FsError } from './errno';
import type {
  Attributes,
  DirectoryEntry,
  FileSystem,
  Ino,
  Kind,
  Mount,
  OpenFile,
  OpenFlags,
  Stat,
  Tree,
  Usage,
  Viewer,
} from './file-system';
import type { Mounted, MountOptions, Mounts } from './mounts';
import { Mounts as MountTable } from './mounts';
import { DeviceFile, TreeFile } from './open-file';
import { compareNames } from './path';
import {
  allows,
  inGroup,
  mayExecute,
  mayRead,
  mayWrite,
  requireAccess,
  requireOwner,
  requireUnstuck,
} from './permission';
import { refuseLoop } from './rename';
import { statOf } from './stat';
import { type Follow, type Found, type Place, walk } from './walk';

/** A file system that is seen as the viewer of that moment: a process whose cwd, umask or credentials change sees it otherwise. */
export function viewOf(mounts: Mounts, viewer: Viewer | (() => Viewer)): FileSystem {
  return new View(mounts, typeof viewer === 'function' ? viewer : () => viewer);
}

/** One tree at `/`, seen by root from `/` with umask 022 unless told otherwise. */
export function mountFileSystem(
  tree: Tree,
  options: MountOptions & { readonly viewer?: Partial<Viewer> } = {},
): FileSystem {
  return viewOf(new MountTable(tree, options), { credentials: root, cwd: '/', umask: 0o022, ...options.viewer });
}

/** The one implementation of `FileSystem`: paths, permissions and errno over whatever trees are mounted. */
class View implements FileSystem {
  readonly #mounts: Mounts;
  readonly #viewer: () => Viewer;

  constructor(mounts: Mounts, viewer: () => Viewer) {
    this.#mounts = mounts;
    this.#viewer = viewer;
  }

  get viewer(): Viewer {
    return this.#viewer();
  }

  as(viewer: Partial<Viewer>): FileSystem {
    const { credentials, cwd, umask } = this.viewer;
    return viewOf(this.#mounts, { credentials, cwd, umask, ...viewer });
  }

  stat(path: string): Stat {
    const { mount, ino } = this.#at(path);
    return statOf(mount.tree, ino);
  }

  lstat(path: string): Stat {
    const { mount, ino } = this.#at(path, false);
    return statOf(mount.tree, ino);
  }

  exists(path: string): boolean {
    try {
      return this.#walk(path, 'always').place !== undefined;
    } catch (error) {
      if (error instanceof FsError) return false;
      throw error;
    }
  }

  access(path: string, mode: number): void {
    const place = this.#at(path);
    const node = attributes(place);
    if (mode & mayWrite && node.kind === 'file') requireWritable(place.mount, path);
    if (mode & mayWrite && node.kind === 'directory') requireWritable(place.mount, path);
    requireAccess(node, this.viewer.credentials, mode, path);
  }

  realpath(path: string): string {
    const found = this.#walk(path, 'always');
    if (!found.place) throw new FsError('ENOENT', path);
    return pathOf(found);
  }

  readdir(path: string): DirectoryEntry[] {
    const place = this.#at(path);
    const node = attributes(place);
    if (node.kind !== 'directory') throw new FsError('ENOTDIR', path);
    requireAccess(node, this.viewer.credentials, mayRead, path);
    const { tree } = place.mount;
    const entries: DirectoryEntry[] = [];
    for (const [name, ino] of tree.entries(place.ino)) entries.push({ name, kind: tree.attributes(ino).kind, ino });
    return entries.sort((a, b) => compareNames(a.name, b.name));
  }

  open(path: string, flags: OpenFlags, mode = 0o666): OpenFile {
    const found = this.#opened(path, flags);
    if (!found.place) return this.#openNew(path, found, flags, mode);
    const { place } = found;
    const node = attributes(place);
    requireOpenable(node, flags, path);
    const wish = (flags.read ? mayRead : 0) | (flags.write || flags.truncate ? mayWrite : 0);
    if (node.kind === 'file' && wish & mayWrite) requireWritable(place.mount, path);
    requireAccess(node, this.viewer.credentials, wish, path);
    if (node.kind === 'char' || node.kind === 'block') return this.#openDevice(found, flags, node.kind, node.rdev);
    const ino = wish & mayWrite ? writable(found) : place.ino;
    if (flags.truncate) place.mount.tree.truncate(ino, 0);
    return new TreeFile(pathOf(found), flags, place.mount, ino);
  }

  /** Nothing that is made, or would be, may end in a slash. */
  #opened(path: string, flags: OpenFlags): Found {
    if (flags.create && path.endsWith('/') && this.#walk(path, 'never')) throw new FsError('EISDIR', path);
    return this.#walk(path, flags.noFollow || (flags.create && flags.exclusive) ? 'unless-last' : 'always');
  }

  #openNew(path: string, found: Found, flags: OpenFlags, mode: number): OpenFile {
    if (!flags.create) throw new FsError('ENOENT', path);
    if (found.slash) throw new FsError('EISDIR', path);
    const { mount, ino } = this.#make(path, found, 'file', mode & ~this.viewer.umask);
    return new TreeFile(pathOf(found), flags, mount, ino);
  }

  #openDevice(found: Found, flags: OpenFlags, kind: 'char' | 'block', rdev: number): OpenFile {
    const path = pathOf(found);
    const device = this.#mounts.devices(kind, rdev);
    if (!device) throw new FsError('ENXIO', path);
    return new DeviceFile(path, flags, found.place!.mount, found.place!.ino, device);
  }

  readFile(path: string): Uint8Array {
    const { mount, ino } = this.#at(path);
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
    const found = this.#existing(path, true);
    const node = attributes(found.place);
    if (node.kind === 'directory') throw new FsError('EISDIR', path);
    if (node.kind !== 'file') throw new FsError('EINVAL', path);
    requireWritable(found.place.mount, path);
    requireAccess(node, this.viewer.credentials, mayWrite, path);
    found.place.mount.tree.truncate(writable(found), size);
  }

  mkdir(path: string, mode = 0o777): void {
    const found = this.#walk(path, 'never');
    this.#make(path, found, 'directory', mode & 0o1777 & ~this.viewer.umask);
  }

  symlink(target: string, path: string): void {
    if (target === '') throw new FsError('ENOENT', path);
    const found = this.#walk(path, 'never');
    if (!found.place && found.slash) throw new FsError('ENOENT', path);
    this.#make(path, found, 'symlink', 0o777, 0, target);
  }

  mknod(path: string, kind: 'char' | 'block' | 'fifo' | 'socket' | 'file', mode: number, rdev = 0): void {
    const found = this.#walk(path, 'never');
    if (!found.place && found.slash) throw new FsError('ENOENT', path);
    const device = kind === 'char' || kind === 'block';
    if (device && this.viewer.credentials.uid !== 0) throw new FsError('EPERM', path);
    this.#make(path, found, kind, mode & ~this.viewer.umask, device ? rdev : 0);
  }

  /** Gives the new inode its owner: the viewer's, and in a setgid folder the folder's group. */
  #make(path: string, found: Found, kind: Kind, mode: number, rdev = 0, target?: string): Place {
    if (found.place) throw new FsError('EEXIST', path);
    const { mount, ino } = found.trail.at(-1)!;
    const folder = mount.tree.attributes(ino);
    requireWritable(mount, path);
    requireAccess(folder, this.viewer.credentials, mayWrite | mayExecute, path);
    const { uid, gid } = this.viewer.credentials;
    const inherits = (folder.mode & 0o2000) !== 0;
    const bits = inherits && kind === 'directory' ? mode | 0o2000 : mode;
    const node = {
      kind,
      mode: bits,
      uid,
      gid: inherits ? folder.gid : gid,
      rdev,
      ...(target !== undefined && { target }),
    };
    return { mount, ino: mount.tree.make(ino, found.name, node), name: found.name };
  }

  link(existing: string, path: string): void {
    const source = this.#existing(existing, false);
    const found = this.#walk(path, 'never');
    if (found.place) throw new FsError('EEXIST', path);
    if (found.slash) throw new FsError('ENOENT', path);
    const { mount, ino } = found.trail.at(-1)!;
    if (mount !== source.place.mount) throw new FsError('EXDEV', path);
    requireWritable(mount, path);
    requireLinkable(attributes(source.place), this.viewer.credentials, path);
    requireAccess(mount.tree.attributes(ino), this.viewer.credentials, mayWrite | mayExecute, path);
    if (attributes(source.place).kind === 'directory') throw new FsError('EPERM', path);
    mount.tree.link(ino, found.name, writable(source));
  }

  unlink(path: string): void {
    const found = this.#removable(path, 'EISDIR');
    const { mount, ino } = found.trail.at(-1)!;
    mount.tree.unlink(ino, found.name);
  }

  rmdir(path: string): void {
    if (/(^|\/)\.\/*$/.test(path)) throw new FsError('EINVAL', path);
    const found = this.#removable(path, 'EBUSY');
    const { mount, ino } = found.trail.at(-1)!;
    if (attributes(found.place).kind !== 'directory') throw new FsError('ENOTDIR', path);
    mount.tree.rmdir(ino, found.name);
  }

  /** A name that the viewer may take away. `nameless` is for `/` and paths that end in `.` or `..`. */
  #removable(path: string, nameless: 'EISDIR' | 'EBUSY'): Found & { place: Place } {
    const found = this.#walk(path, 'never');
    if (found.name === '')
      throw new FsError(found.trail.length === 1 || nameless === 'EISDIR' ? nameless : 'ENOTEMPTY', path);
    const folder = found.trail.at(-1)!;
    if (!found.place) throw new FsError('ENOENT', path);
    requireWritable(folder.mount, path);
    if (found.place.mount !== folder.mount) throw new FsError('EBUSY', path);
    const directory = attributes(found.place).kind === 'directory';
    if (found.slash && nameless === 'EISDIR') throw new FsError(directory ? 'EISDIR' : 'ENOTDIR', path);
    this.#requireRemovable(folder, found.place, path);
    return found as Found & { place: Place };
  }

  #requireRemovable(folder: Place, place: Place, path: string): void {
    const who = this.viewer.credentials;
    const directory = attributes(folder);
    requireAccess(directory, who, mayWrite | mayExecute, path);
    requireUnstuck(directory, attributes(place), who, path);
  }

  rename(from: string, to: string): void {
    const source = this.#walk(from, 'never');
    const target = this.#walk(to, 'never');
    const [a, b] = [source.trail.at(-1)!, target.trail.at(-1)!];
    if (a.mount !== b.mount) throw new FsError('EXDEV', to);
    if (source.name === '' || target.name === '') throw new FsError('EBUSY', from);
    requireWritable(a.mount, from);
    if (!source.place) throw new FsError('ENOENT', from);
    if (source.place.mount !== a.mount || (target.place && target.place.mount !== b.mount))
      throw new FsError('EBUSY', from);
    const { tree } = a.mount;
    const directory = attributes(source.place).kind === 'directory';
    if (!directory && (source.slash || target.slash)) throw new FsError('ENOTDIR', from);
    refuseLoop(tree, a.ino, source.place.ino, b.ino, target.place?.ino);
    if (source.place.ino === target.place?.ino && !tree.breaksLinks?.(source.place.ino)) return;
    this.#requireRemovable(a, source.place, from);
    if (target.place) this.#requireRemovable(b, target.place, to);
    else requireAccess(attributes(b), this.viewer.credentials, mayWrite | mayExecute, to);
    // A folder's `..` changes when it moves elsewhere, which is a write to it.
    if (directory && a.ino !== b.ino) requireAccess(attributes(source.place), this.viewer.credentials, mayWrite, from);
    tree.rename(a.ino, source.name, b.ino, target.name);
  }

  readlink(path: string): string {
    const place = this.#at(path, false);
    if (attributes(place).kind !== 'symlink') throw new FsError('EINVAL', path);
    return place.mount.tree.target(place.ino);
  }

  chmod(path: string, mode: number): void {
    const found = this.#owned(path, true);
    const node = attributes(found.place);
    const { credentials } = this.viewer;
    const strip = credentials.uid !== 0 && !inGroup(credentials, node.gid) ? 0o2000 : 0;
    found.place.mount.tree.setAttributes(writable(found), { mode: mode & 0o7777 & ~strip });
  }

  chown(path: string, uid: number, gid: number): void {
    this.#chown(path, uid, gid, true);
  }

  lchown(path: string, uid: number, gid: number): void {
    this.#chown(path, uid, gid, false);
  }

  #chown(path: string, uid: number, gid: number, follow: boolean): void {
    const found = this.#existing(path, follow);
    const node = attributes(found.place);
    requireWritable(found.place.mount, path);
    const { credentials } = this.viewer;
    const givesAway = uid !== -1 && uid !== node.uid;
    const joins = gid !== -1 && gid !== node.gid && !inGroup(credentials, gid);
    if (credentials.uid !== 0 && (credentials.uid !== node.uid || givesAway || joins)) throw new FsError('EPERM', path);
    const mode = node.kind === 'directory' ? node.mode : node.mode & ~(0o4000 | (node.mode & 0o010 ? 0o2000 : 0));
    const set = { mode, uid: uid === -1 ? node.uid : uid, gid: gid === -1 ? node.gid : gid };
    found.place.mount.tree.setAttributes(writable(found), set);
  }

  utimes(path: string, atime: bigint | undefined, mtime: bigint | undefined): void {
    this.#utimes(path, atime, mtime, true);
  }

  lutimes(path: string, atime: bigint | undefined, mtime: bigint | undefined): void {
    this.#utimes(path, atime, mtime, false);
  }

  #utimes(path: string, atime: bigint | undefined, mtime: bigint | undefined, follow: boolean): void {
    const found = this.#existing(path, follow);
    const node = attributes(found.place);
    const { credentials } = this.viewer;
    requireWritable(found.place.mount, path);
    if (atime === undefined && mtime === undefined) return;
    requireOwner(node, credentials, path);
    const set = { ...(atime !== undefined && { atime }), ...(mtime !== undefined && { mtime }) };
    found.place.mount.tree.setAttributes(writable(found), set);
  }

  getxattr(path: string, name: string): Uint8Array {
    const value = this.#xattrs(path).get(name);
    if (!value) throw new FsError('ENODATA', path);
    return value;
  }

  setxattr(path: string, name: string, value: Uint8Array): void {
    this.#setXattr(path, name, value);
  }

  listxattr(path: string): string[] {
    return [...this.#xattrs(path).keys()];
  }

  removexattr(path: string, name: string): void {
    if (!this.#xattrs(path).has(name)) throw new FsError('ENODATA', path);
    this.#setXattr(path, name, undefined);
  }

  #xattrs(path: string): ReadonlyMap<string, Uint8Array> {
    const { mount, ino } = this.#at(path);
    return mount.tree.xattrs(ino);
  }

  #setXattr(path: string, name: string, value: Uint8Array | undefined): void {
    if (!/^(user|trusted|security|system)\../.test(name)) throw new FsError('EOPNOTSUPP', path);
    const found = this.#existing(path, true);
    requireWritable(found.place.mount, path);
    const node = attributes(found.place);
    if (name.startsWith('user.')) requireAccess(node, this.viewer.credentials, mayWrite, path);
    else if (this.viewer.credentials.uid !== 0) throw new FsError('EPERM', path);
    found.place.mount.tree.setXattr(writable(found), name, value);
  }

  usage(path: string): Usage {
    return this.#at(path).mount.tree.usage();
  }

  mounts(): readonly Mount[] {
    return this.#mounts.list();
  }

  #walk(path: string, follow: Follow): Found {
    return walk(this.#mounts, this.viewer, path, follow);
  }

  #existing(path: string, follow: boolean): Found & { place: Place } {
    const found = this.#walk(path, follow ? 'always' : 'unless-last');
    if (!found.place) throw new FsError('ENOENT', path);
    return found as Found & { place: Place };
  }

  #owned(path: string, follow: boolean): Found & { place: Place } {
    const found = this.#existing(path, follow);
    requireWritable(found.place.mount, path);
    requireOwner(attributes(found.place), this.viewer.credentials, path);
    return found;
  }

  #at(path: string, follow = true): Place {
    return this.#existing(path, follow).place;
  }
}

function attributes({ mount, ino }: Place): Attributes {
  return mount.tree.attributes(ino);
}

function requireWritable(mount: Mounted, path: string): void {
  if (mount.readOnly) throw new FsError('EROFS', path);
}

/** Nobody but its owner may link a file that he could not write to anyway (Linux: protected_hardlinks, on by default in distributions). */
function requireLinkable(node: Attributes, who: Credentials, path: string): void {
  const special = node.kind !== 'file' || (node.mode & 0o4000) !== 0 || (node.mode & 0o2010) === 0o2010;
  const foreign = who.uid !== 0 && who.uid !== node.uid;
  if (foreign && (special || !allows(node, who, mayRead | mayWrite))) throw new FsError('EPERM', path);
}

function requireOpenable(node: Attributes, flags: OpenFlags, path: string): void {
  if (flags.create && flags.exclusive) throw new FsError('EEXIST', path);
  if (node.kind === 'symlink') throw new FsError('ELOOP', path);
  const directory = node.kind === 'directory';
  if (directory && (flags.write || flags.truncate || flags.create)) throw new FsError('EISDIR', path);
  if (flags.directory && !directory) throw new FsError('ENOTDIR', path);
  if (node.kind === 'fifo' || node.kind === 'socket') throw new FsError('ENXIO', path);
}

/** The inode to change: what is at the end of the path, copied up by the name that led there. */
function writable({ trail, name, place }: Found): Ino {
  const { mount, ino } = place!;
  const directory = trail.at(-1)!;
  if (!mount.tree.copyUp || name === '' || directory.mount !== mount) return ino;
  return mount.tree.copyUp(directory.ino, name);
}

function pathOf({ trail, name }: Found): string {
  const names = trail.slice(1).map((place) => place.name);
  return `/${(name === '' ? names : [...names, name]).join('/')}`;
}
