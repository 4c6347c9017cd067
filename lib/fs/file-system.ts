/**
 * Files as a process sees them: by path, with a credential, a working directory and a umask.
 *
 * A `FileSystem` is a cheap view: `as()` gives another view of the same files for somebody else. Every call is synchronous
 * and either does all that it says or throws an `FsError` with the errno that Linux would give, and then has changed
 * nothing. Paths may be absolute or relative to `cwd`. Symbolic links are followed except by the calls that say `l` or work
 * on the name itself (unlink, rename, readlink, symlink). Bytes handed out are never written to afterwards; bytes handed in
 * must not be.
 *
 * It is not a store (that is a `Tree`, below) and knows no layers: a union is a Tree like any other.
 */
import type { Credentials } from './credentials';

export type Kind = 'file' | 'directory' | 'symlink' | 'char' | 'block' | 'fifo' | 'socket';

/** Inode number: unique and stable within one device. */
export type Ino = number;

/** What `stat` tells. `mode` holds the permission, setuid, setgid and sticky bits only (0o7777); `kind` is apart. */
export interface Stat {
  readonly kind: Kind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes; for a symlink, the length of its target; for a directory 4096. */
  readonly size: number;
  readonly nlink: number;
  readonly ino: Ino;
  /** Which mounted tree it is on. */
  readonly dev: number;
  /** Device number of a char or block device, else 0: `major * 256 + minor`. */
  readonly rdev: number;
  /** Nanoseconds since the epoch. */
  readonly mtime: bigint;
  readonly ctime: bigint;
  readonly atime: bigint;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: Kind;
  readonly ino: Ino;
}

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly create?: boolean;
  /** With create: EEXIST when it is there. */
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
  readonly append?: boolean;
  /** ELOOP when the last component is a symlink (O_NOFOLLOW). */
  readonly noFollow?: boolean;
  /** ENOTDIR when it is not a directory (O_DIRECTORY). */
  readonly directory?: boolean;
}

/** An open file description: an inode, an offset, flags. Stays usable after the name is gone, as on Linux. */
export interface OpenFile {
  readonly path: string;
  readonly flags: OpenFlags;
  /** From the offset, which moves on. An empty answer is the end. `at` reads there and leaves the offset alone. */
  read(length: number, at?: number): Uint8Array;
  /** At the offset (at the end with `append`), which moves on. Answers how many bytes were written (all). */
  write(bytes: Uint8Array, at?: number): number;
  /** Sets the offset (not below 0) and answers it. */
  seek(offset: number, whence: 'set' | 'current' | 'end'): number;
  truncate(size: number): void;
  stat(): Stat;
  close(): void;
}

export interface Usage {
  /** Bytes of the quota, or of what the tree pretends to have. */
  readonly total: number;
  readonly used: number;
  readonly inodes: number;
  readonly inodesUsed: number;
}

export interface Viewer {
  readonly credentials: Credentials;
  readonly cwd: string;
  readonly umask: number;
}

export interface FileSystem {
  readonly viewer: Viewer;
  /** The same files for another viewer. */
  as(viewer: Partial<Viewer>): FileSystem;

  stat(path: string): Stat;
  lstat(path: string): Stat;
  /** False for anything that cannot be reached, whatever the reason. */
  exists(path: string): boolean;
  /** Throws EACCES when the viewer may not; `mode` is a sum of 4 (read), 2 (write), 1 (execute), or 0 (is it there). */
  access(path: string, mode: number): void;
  /** The absolute path without symlinks, `.` and `..`. */
  realpath(path: string): string;
  readdir(path: string): DirectoryEntry[];

  open(path: string, flags: OpenFlags, mode?: number): OpenFile;
  /** The whole file. */
  readFile(path: string): Uint8Array;
  /** Creates (mode 0o666 less umask, unless given) or truncates, then writes all. */
  writeFile(path: string, bytes: Uint8Array, mode?: number): void;
  appendFile(path: string, bytes: Uint8Array): void;
  truncate(path: string, size: number): void;

  mkdir(path: string, mode?: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  link(existing: string, path: string): void;
  symlink(target: string, path: string): void;
  readlink(path: string): string;
  mknod(path: string, kind: 'char' | 'block' | 'fifo' | 'socket' | 'file', mode: number, rdev?: number): void;

  chmod(path: string, mode: number): void;
  /** -1 leaves the user or the group as it is. */
  chown(path: string, uid: number, gid: number): void;
  lchown(path: string, uid: number, gid: number): void;
  /** Nanoseconds; undefined leaves that time as it is. */
  utimes(path: string, atime: bigint | undefined, mtime: bigint | undefined): void;
  lutimes(path: string, atime: bigint | undefined, mtime: bigint | undefined): void;

  getxattr(path: string, name: string): Uint8Array;
  setxattr(path: string, name: string, value: Uint8Array): void;
  listxattr(path: string): string[];
  removexattr(path: string, name: string): void;

  usage(path: string): Usage;
  /** The mounts seen from here, `/` first: what `mount` and `df` print. */
  mounts(): readonly Mount[];
}

export interface Mount {
  readonly path: string;
  readonly tree: Tree;
  readonly readOnly: boolean;
  /** As /proc/mounts names it: `overlay`, `tmpfs`, `proc`, `/dev/sda1`… */
  readonly source: string;
  readonly type: string;
  /** The folder of `tree` that is mounted, for a bind mount of a part. */
  readonly root?: Ino;
}

export interface Attributes {
  readonly kind: Kind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly mtime: bigint;
  readonly ctime: bigint;
  readonly atime: bigint;
  readonly size: number;
  readonly nlink: number;
}

export interface NewNode {
  readonly kind: Kind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** Of a symlink. */
  readonly target?: string;
}

/**
 * Where files are kept: inodes and names, no paths, no credentials, no links followed. What a path walk needs and no more.
 *
 * Implemented by the plain tree (tmpfs, volumes) and by the union (lib/snapshot). The contract suite
 * `tests/contract/tree.ts` runs on both. It throws FsError for what storage alone can refuse: ENOENT, EEXIST, ENOTDIR,
 * EISDIR, ENOTEMPTY, EXDEV, ENOSPC, EROFS, EMLINK.
 */
export interface Tree {
  readonly root: Ino;
  readonly device: number;
  attributes(ino: Ino): Attributes;
  lookup(directory: Ino, name: string): Ino | undefined;
  parent(directory: Ino): Ino;
  entries(directory: Ino): Iterable<readonly [name: string, ino: Ino]>;
  /** A file's bytes, whole. Must not be written to. */
  content(ino: Ino): Uint8Array;
  /** A part of a file's bytes: may be had without making the next write copy the whole. Absent: cut from `content`. */
  read?(ino: Ino, offset: number, length: number): Uint8Array;
  target(ino: Ino): string;
  /**
   * Makes the inode behind a name ready to be changed, and answers the one to change: a union copies it up, and gives a
   * hard-linked file of a lower layer a new number (its other names stay as they were). Absent: every inode is ready.
   */
  copyUp?(directory: Ino, name: string): Ino;
  /** Whether a change by one name of a hard-linked inode would leave its other names as they are. Absent: never. */
  breaksLinks?(ino: Ino): boolean;

  make(directory: Ino, name: string, node: NewNode): Ino;
  link(directory: Ino, name: string, ino: Ino): void;
  unlink(directory: Ino, name: string): void;
  rmdir(directory: Ino, name: string): void;
  rename(from: Ino, name: string, to: Ino, newName: string): void;
  write(ino: Ino, offset: number, bytes: Uint8Array): void;
  truncate(ino: Ino, size: number): void;
  setAttributes(ino: Ino, set: Partial<Pick<Attributes, 'mode' | 'uid' | 'gid' | 'mtime' | 'atime' | 'ctime'>>): void;
  xattrs(ino: Ino): ReadonlyMap<string, Uint8Array>;
  setXattr(ino: Ino, name: string, value: Uint8Array | undefined): void;
  /** An open file keeps an unlinked inode alive until it is released as often as it was held. */
  hold(ino: Ino): void;
  release(ino: Ino): void;
  usage(): Usage;
}
