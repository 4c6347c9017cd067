import { FsError } from './errno';
import { FileBytes } from './file-bytes';
import type { Attributes, Ino, NewNode, Tree, Usage } from './file-system';
import { Inode } from './inode';
import { isEmpty, planRename } from './rename';

export interface PlainTreeOptions {
  /** Nanoseconds since the epoch. */
  readonly now: () => bigint;
  /** `stat`'s device number; one for each tree of a system. */
  readonly device?: number;
  /** Bytes and inodes that fit: ENOSPC beyond. */
  readonly quota?: { readonly bytes: number; readonly inodes: number };
  /** Of the root folder. Default 0o755, root's. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

const roomy = { bytes: 2 ** 30, inodes: 2 ** 20 };

/**
 * A file system in memory, as tmpfs is: nothing below it, nothing kept of it. What a machine must remember (volumes, the
 * host's own files, a container's changes) is a sheet instead (lib/snapshot), because a sheet tells what changed.
 */
export class PlainTree implements Tree {
  readonly root: Ino = 1;
  readonly device: number;
  /** Undefined: those of `#pattern`, made anew whenever they are looked at. */
  #nodes: Map<Ino, Inode> | undefined;
  #pattern: (() => PlainTree) | undefined;
  /** Its inodes are still those of the tree that it was forked from, and all its times are this. */
  #forkedAt: bigint | undefined;
  /** Open files, while it is so. */
  #held: Map<Ino, number> | undefined;
  readonly #now: () => bigint;
  readonly #quota: { readonly bytes: number; readonly inodes: number };
  #next: Ino = 2;
  #used = 0;

  constructor(options: PlainTreeOptions) {
    this.#now = options.now;
    this.device = options.device ?? 1;
    this.#quota = options.quota ?? roomy;
    const root = {
      kind: 'directory',
      mode: options.mode ?? 0o755,
      uid: options.uid ?? 0,
      gid: options.gid ?? 0,
    } as const;
    const node = new Inode(root, this.#now());
    node.links = 1;
    node.parent = this.root;
    this.#nodes = new Map([[this.root, node]]);
  }

  /**
   * A tree that begins with all that is in this one, as if it were made now; copied when it is first changed. This one must
   * not be changed any more.
   */
  fork(now: () => bigint): PlainTree {
    const fork = new PlainTree({ now, device: this.device, quota: this.#quota });
    fork.#nodes = this.#nodes;
    fork.#pattern = this.#pattern;
    fork.#next = this.#next;
    fork.#used = this.#used;
    fork.#forkedAt = now();
    return fork;
  }

  /** A fork of what `pattern` makes, which must be the same each time: nothing of it is kept as long as nobody changes it. */
  static forkOf(pattern: () => PlainTree, now: () => bigint): PlainTree {
    const fork = pattern().fork(now);
    fork.#nodes = undefined;
    fork.#pattern = pattern;
    return fork;
  }

  attributes(ino: Ino): Attributes {
    const node = this.#node(ino);
    return this.#forkedAt === undefined ? node : at(node, this.#forkedAt);
  }

  lookup(directory: Ino, name: string): Ino | undefined {
    return this.#directory(directory).names?.get(name);
  }

  parent(directory: Ino): Ino {
    return this.#directory(directory).parent;
  }

  entries(directory: Ino): Iterable<readonly [string, Ino]> {
    return this.#directory(directory).names ?? [];
  }

  content(ino: Ino): Uint8Array {
    return this.#file(ino).view();
  }

  read(ino: Ino, offset: number, length: number): Uint8Array {
    return this.#file(ino).read(offset, length);
  }

  target(ino: Ino): string {
    const { target } = this.#node(ino);
    if (target === undefined) throw new FsError('EINVAL');
    return target;
  }

  make(directory: Ino, name: string, node: NewNode): Ino {
    this.#own();
    this.#free(directory, name);
    if (this.#all().size >= this.#quota.inodes) throw new FsError('ENOSPC');
    const ino = this.#next++;
    const made = new Inode(node, this.#now());
    if (node.kind === 'file') made.bytes = new FileBytes();
    this.#all().set(ino, made);
    this.#enter(directory, name, ino);
    return ino;
  }

  link(directory: Ino, name: string, ino: Ino): void {
    this.#own();
    const node = this.#node(ino);
    if (node.kind === 'directory') throw new FsError('EPERM');
    if (node.links === 0) throw new FsError('ENOENT');
    this.#free(directory, name);
    this.#enter(directory, name, ino);
    node.ctime = this.#now();
  }

  unlink(directory: Ino, name: string): void {
    this.#own();
    const ino = this.#found(directory, name);
    if (this.#node(ino).kind === 'directory') throw new FsError('EISDIR');
    this.#remove(directory, name);
  }

  rmdir(directory: Ino, name: string): void {
    this.#own();
    const ino = this.#found(directory, name);
    if (this.#node(ino).kind !== 'directory') throw new FsError('ENOTDIR');
    if (!isEmpty(this, ino)) throw new FsError('ENOTEMPTY');
    this.#remove(directory, name);
  }

  rename(from: Ino, name: string, to: Ino, newName: string): void {
    this.#own();
    if (planRename(this, from, name, to, newName) === 'same') return;
    const ino = this.#found(from, name);
    if (this.lookup(to, newName) !== undefined) this.#remove(to, newName);
    this.#leave(from, name, this.#node(ino));
    this.#enter(to, newName, ino);
    this.#touch(from);
    this.#node(ino).ctime = this.#now();
  }

  write(ino: Ino, offset: number, bytes: Uint8Array): void {
    this.#own();
    const file = this.#file(ino);
    if (bytes.length === 0) return;
    this.#charge(Math.max(0, offset + bytes.length - file.size));
    file.write(offset, bytes);
    this.#touch(ino);
  }

  truncate(ino: Ino, size: number): void {
    this.#own();
    const file = this.#file(ino);
    this.#charge(size - file.size);
    file.truncate(size);
    this.#touch(ino);
  }

  setAttributes(ino: Ino, set: Parameters<Tree['setAttributes']>[1]): void {
    this.#own();
    Object.assign(this.#node(ino), { ctime: this.#now() }, set);
  }

  xattrs(ino: Ino): ReadonlyMap<string, Uint8Array> {
    return this.#node(ino).xattrs ?? new Map();
  }

  setXattr(ino: Ino, name: string, value: Uint8Array | undefined): void {
    this.#own();
    this.#node(ino).setXattr(name, value);
    this.#node(ino).ctime = this.#now();
  }

  hold(ino: Ino): void {
    if (this.#forkedAt === undefined) this.#node(ino).held++;
    else (this.#held ??= new Map()).set(ino, (this.#held.get(ino) ?? 0) + 1);
  }

  release(ino: Ino): void {
    if (this.#forkedAt === undefined) {
      this.#node(ino).held--;
      this.#collect(ino);
      return;
    }
    const left = (this.#held?.get(ino) ?? 0) - 1;
    if (left > 0) this.#held?.set(ino, left);
    else this.#held?.delete(ino);
  }

  usage(): Usage {
    const { bytes, inodes } = this.#quota;
    return { total: bytes, used: this.#used, inodes, inodesUsed: this.#all().size };
  }

  /** Before it is changed for the first time. */
  #own(): void {
    const time = this.#forkedAt;
    if (time === undefined) return;
    this.#forkedAt = undefined;
    this.#nodes = new Map([...this.#all()].map(([ino, node]) => [ino, copyOf(node, time)]));
    this.#pattern = undefined;
    for (const [ino, times] of this.#held ?? []) this.#node(ino).held = times;
    this.#held = undefined;
  }

  #all(): Map<Ino, Inode> {
    return this.#nodes ?? this.#pattern!().#all();
  }

  #node(ino: Ino): Inode {
    const node = this.#all().get(ino);
    if (!node) throw new FsError('ENOENT');
    return node;
  }

  #directory(ino: Ino): Inode {
    const node = this.#node(ino);
    if (node.kind !== 'directory') throw new FsError('ENOTDIR');
    return node;
  }

  #file(ino: Ino): FileBytes {
    const node = this.#node(ino);
    if (node.kind === 'directory') throw new FsError('EISDIR');
    if (!node.bytes) throw new FsError('EINVAL');
    return node.bytes;
  }

  #found(directory: Ino, name: string): Ino {
    const ino = this.lookup(directory, name);
    if (ino === undefined) throw new FsError('ENOENT');
    return ino;
  }

  #free(directory: Ino, name: string): void {
    const node = this.#directory(directory);
    if (node.links === 0) throw new FsError('ENOENT');
    if (node.names?.has(name)) throw new FsError('EEXIST');
  }

  #enter(directory: Ino, name: string, ino: Ino): void {
    const node = this.#node(ino);
    const folder = this.#directory(directory);
    (folder.names ??= new Map()).set(name, ino);
    node.links++;
    if (node.kind === 'directory') {
      node.parent = directory;
      folder.folders++;
    }
    this.#touch(directory);
  }

  #leave(directory: Ino, name: string, node: Inode): void {
    const folder = this.#directory(directory);
    folder.names?.delete(name);
    node.links--;
    if (node.kind === 'directory') folder.folders--;
  }

  #remove(directory: Ino, name: string): void {
    const ino = this.#found(directory, name);
    const node = this.#node(ino);
    this.#leave(directory, name, node);
    node.ctime = this.#now();
    this.#touch(directory);
    this.#collect(ino);
  }

  #collect(ino: Ino): void {
    const node = this.#node(ino);
    if (node.links > 0 || node.held > 0) return;
    this.#used -= node.bytes?.size ?? 0;
    this.#all().delete(ino);
  }

  #charge(more: number): void {
    if (more > 0 && this.#used + more > this.#quota.bytes) throw new FsError('ENOSPC');
    this.#used += more;
  }

  #touch(ino: Ino): void {
    const node = this.#node(ino);
    node.mtime = node.ctime = this.#now();
  }
}

function at(node: Inode, time: bigint): Attributes {
  const { kind, mode, uid, gid, rdev, size, nlink } = node;
  return { kind, mode, uid, gid, rdev, size, nlink, mtime: time, ctime: time, atime: time };
}

function copyOf(node: Inode, time: bigint): Inode {
  const copy = new Inode(node, time);
  copy.links = node.links;
  copy.folders = node.folders;
  copy.parent = node.parent;
  copy.bytes = node.bytes?.clone();
  copy.names = node.names && new Map(node.names);
  copy.xattrs = node.xattrs && new Map(node.xattrs);
  return copy;
}
