import type { FileBytes } from './file-bytes';
import type { Attributes, Ino, Kind, NewNode } from './file-system';

/** `ls` and `stat` show this for every folder: one block of ext4. */
export const directorySize = 4096;

const encoder = new TextEncoder();

/** One writable inode in memory: its attributes, and whichever of bytes, names and target its kind has. */
export class Inode implements Attributes {
  readonly kind: Kind;
  readonly rdev: number;
  readonly target: string | undefined;
  mode: number;
  uid: number;
  gid: number;
  mtime: bigint;
  ctime: bigint;
  atime: bigint;
  /** Names that lead here. A folder has 0 or 1; its `nlink` counts `.` and the `..` of its folders too. */
  links = 0;
  /** Open files that refer to it. */
  held = 0;
  /** Of a folder: how many folders are in it. */
  folders = 0;
  parent: Ino = 0;
  /** Of a file; undefined while its bytes are still somebody else's (see Sheet). */
  bytes: FileBytes | undefined;
  /** Of a folder. Made at the first name: most folders of a sheet have few. */
  names: Map<string, Ino> | undefined;
  xattrs: Map<string, Uint8Array> | undefined;

  constructor(node: NewNode, now: bigint) {
    this.kind = node.kind;
    this.mode = node.mode & 0o7777;
    this.uid = node.uid;
    this.gid = node.gid;
    this.rdev = node.rdev ?? 0;
    this.target = node.target;
    this.mtime = this.ctime = this.atime = now;
  }

  get size(): number {
    if (this.kind === 'file') return this.bytes?.size ?? 0;
    if (this.kind === 'directory') return directorySize;
    return this.target === undefined ? 0 : encoder.encode(this.target).length;
  }

  get nlink(): number {
    return this.kind === 'directory' && this.links > 0 ? 2 + this.folders : this.links;
  }

  setXattr(name: string, value: Uint8Array | undefined): void {
    if (value !== undefined) (this.xattrs ??= new Map()).set(name, value);
    else if (this.xattrs?.delete(name) && this.xattrs.size === 0) this.xattrs = undefined;
  }
}
