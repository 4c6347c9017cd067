import { type Attributes, FsError, type Ino, isEmpty, type NewNode, planRename, type Tree, type Usage } from '../fs';
import type { LowerTree } from './lower-tree';
import { Sheet, whiteout } from './sheet';
import type { SheetInode } from './sheet-inode';

export interface UnionOptions {
  readonly lower?: LowerTree | undefined;
  /** Default: an empty one over `lower`. */
  readonly sheet?: Sheet;
  /** Nanoseconds since the epoch. */
  readonly now: () => bigint;
  readonly device?: number;
  /** Of the sheet: ENOSPC beyond. */
  readonly quota?: { readonly bytes: number; readonly inodes: number };
}

const roomy = { bytes: 2 ** 30, inodes: 2 ** 20 };

/**
 * A stack of layers with one writable sheet on top, as overlay2 shows it: what a container sees.
 *
 * Looking up asks the sheet, then the layers (which are one tree already). The first change of something below copies it up:
 * its folders, then itself; its bytes only when they are written to (a saving that cannot be seen from inside). Removing
 * something that is below leaves a whiteout. As with overlayfs without redirect_dir, a folder that is below cannot be
 * renamed (EXDEV), and a hard link that is below loses its other names when it is copied up.
 */
export class Union implements Tree {
  readonly root: Ino = 1;
  readonly device: number;
  readonly lower: LowerTree | undefined;
  readonly sheet: Sheet;
  readonly #now: () => bigint;
  readonly #quota: { readonly bytes: number; readonly inodes: number };

  constructor(options: UnionOptions) {
    this.lower = options.lower;
    this.sheet = options.sheet ?? new Sheet(options.lower);
    this.device = options.device ?? 1;
    this.#now = options.now;
    this.#quota = options.quota ?? roomy;
  }

  attributes(ino: Ino): Attributes {
    return this.sheet.nodes.get(ino) ?? this.#below(ino);
  }

  lookup(directory: Ino, name: string): Ino | undefined {
    const folder = this.sheet.nodes.get(directory);
    if (!folder) return this.#belowFolder(directory).get(name);
    if (folder.kind !== 'directory') throw new FsError('ENOTDIR');
    const ino = folder.names?.get(name);
    if (ino !== undefined) return ino === whiteout ? undefined : ino;
    return folder.below?.names?.get(name);
  }

  parent(directory: Ino): Ino {
    return this.sheet.nodes.get(directory)?.parent ?? this.#below(directory).parent;
  }

  *entries(directory: Ino): Generator<readonly [string, Ino]> {
    const folder = this.sheet.nodes.get(directory);
    if (!folder) return yield* this.#belowFolder(directory);
    if (folder.kind !== 'directory') throw new FsError('ENOTDIR');
    const { names } = folder;
    for (const entry of folder.below?.names ?? []) if (!names?.has(entry[0])) yield entry;
    for (const entry of names ?? []) if (entry[1] !== whiteout) yield entry;
  }

  content(ino: Ino): Uint8Array {
    const node = this.sheet.nodes.get(ino);
    if (!node) return this.#layers.content(ino);
    requireFile(node);
    return this.sheet.content(node);
  }

  read(ino: Ino, offset: number, length: number): Uint8Array {
    const bytes = this.sheet.nodes.get(ino)?.bytes;
    return bytes ? bytes.read(offset, length) : this.content(ino).subarray(offset, offset + length);
  }

  target(ino: Ino): string {
    const { target } = this.sheet.nodes.get(ino) ?? this.#below(ino);
    if (target === undefined) throw new FsError('EINVAL');
    return target;
  }

  copyUp(directory: Ino, name: string): Ino {
    const ino = this.lookup(directory, name);
    if (ino === undefined) throw new FsError('ENOENT');
    if (this.sheet.nodes.has(ino)) return ino;
    const node = this.#below(ino);
    if (node.kind === 'directory') return this.#copyUpFolder(ino);
    this.#copyUpFolder(directory);
    this.#requireInode();
    const copy = this.sheet.adopt(ino, node.nlink === 1);
    this.sheet.setEntry(directory, name, copy);
    return copy;
  }

  breaksLinks(ino: Ino): boolean {
    if (this.sheet.nodes.has(ino)) return false;
    const { kind, nlink } = this.#below(ino);
    return kind !== 'directory' && nlink > 1;
  }

  make(directory: Ino, name: string, node: NewNode): Ino {
    this.#requireFree(directory, name);
    if (node.kind === 'char' && !node.rdev) throw new FsError('EPERM');
    this.#copyUpFolder(directory);
    this.#requireInode();
    const ino = this.sheet.make(node, this.#now());
    const over = this.sheet.node(directory).names?.get(name) === whiteout;
    if (over && node.kind === 'directory') this.sheet.node(ino).opaque = true;
    this.#enter(directory, name, ino);
    return ino;
  }

  link(directory: Ino, name: string, ino: Ino): void {
    const { kind, nlink } = this.attributes(ino);
    if (kind === 'directory') throw new FsError('EPERM');
    if (nlink === 0) throw new FsError('ENOENT');
    this.#requireFree(directory, name);
    const source = this.#writable(ino);
    this.#copyUpFolder(directory);
    this.#enter(directory, name, source);
    this.#changed(source);
  }

  unlink(directory: Ino, name: string): void {
    const ino = this.#found(directory, name);
    if (this.attributes(ino).kind === 'directory') throw new FsError('EISDIR');
    this.#remove(directory, name, ino);
  }

  rmdir(directory: Ino, name: string): void {
    const ino = this.#found(directory, name);
    if (this.attributes(ino).kind !== 'directory') throw new FsError('ENOTDIR');
    if (!isEmpty(this, ino)) throw new FsError('ENOTEMPTY');
    this.#remove(directory, name, ino);
  }

  rename(from: Ino, name: string, to: Ino, newName: string): void {
    const source = this.#found(from, name);
    if (planRename(this, from, name, to, newName, () => this.#requireMovable(source)) === 'same') return;
    const moved = this.copyUp(from, name);
    const over = this.lookup(to, newName);
    this.#copyUpFolder(to);
    const node = this.sheet.node(moved);
    if (node.kind === 'directory' && this.sheet.node(to).below) node.opaque = true;
    if (over !== undefined) this.#remove(to, newName, over);
    this.#enter(to, newName, moved);
    this.sheet.setEntry(from, name, this.#hides(from, name));
    this.#touched(from);
    this.#changed(moved);
  }

  write(ino: Ino, offset: number, bytes: Uint8Array): void {
    const writable = this.#file(ino);
    if (bytes.length === 0) return;
    this.#requireRoom(writable, Math.max(this.attributes(writable).size, offset + bytes.length));
    const file = this.sheet.file(writable);
    const before = file.size;
    file.write(offset, bytes);
    this.sheet.charge(file.size - before);
    this.#touched(writable);
  }

  truncate(ino: Ino, size: number): void {
    const writable = this.#file(ino);
    this.#requireRoom(writable, size);
    const file = this.sheet.file(writable);
    this.sheet.charge(size - file.size);
    file.truncate(size);
    this.#touched(writable);
  }

  setAttributes(ino: Ino, set: Parameters<Tree['setAttributes']>[1]): void {
    const writable = this.#writable(ino);
    Object.assign(this.sheet.node(writable), { ctime: this.#now() }, set);
    this.sheet.touch(writable);
  }

  xattrs(ino: Ino): ReadonlyMap<string, Uint8Array> {
    return (this.sheet.nodes.get(ino) ?? this.#below(ino)).xattrs ?? new Map();
  }

  setXattr(ino: Ino, name: string, value: Uint8Array | undefined): void {
    const writable = this.#writable(ino);
    this.sheet.node(writable).setXattr(name, value);
    this.#changed(writable);
  }

  hold(ino: Ino): void {
    this.sheet.hold(ino);
  }

  release(ino: Ino): void {
    this.sheet.release(ino);
  }

  usage(): Usage {
    const { bytes, inodes } = this.#quota;
    return { total: bytes, used: this.sheet.bytes, inodes, inodesUsed: this.sheet.inodes };
  }

  get #layers(): LowerTree {
    if (!this.lower) throw new FsError('ENOENT');
    return this.lower;
  }

  #below(ino: Ino) {
    return this.#layers.node(ino);
  }

  #belowFolder(ino: Ino): ReadonlyMap<string, Ino> {
    const { names } = this.#below(ino);
    if (!names) throw new FsError('ENOTDIR');
    return names;
  }

  #found(directory: Ino, name: string): Ino {
    const ino = this.lookup(directory, name);
    if (ino === undefined) throw new FsError('ENOENT');
    return ino;
  }

  #requireFree(directory: Ino, name: string): void {
    if (this.attributes(directory).nlink === 0) throw new FsError('ENOENT');
    if (this.lookup(directory, name) !== undefined) throw new FsError('EEXIST');
  }

  #requireInode(): void {
    if (this.sheet.inodes >= this.#quota.inodes) throw new FsError('ENOSPC');
  }

  /** Room for a file of the sheet to have `size` bytes there. */
  #requireRoom(ino: Ino, size: number): void {
    const more = size - (this.sheet.node(ino).bytes?.size ?? 0);
    if (more > 0 && this.sheet.bytes + more > this.#quota.bytes) throw new FsError('ENOSPC');
  }

  #requireMovable(ino: Ino): void {
    const node = this.sheet.nodes.get(ino);
    if (this.attributes(ino).kind === 'directory' && (!node || node.below)) throw new FsError('EXDEV');
  }

  /** A folder on the sheet, and the folders that lead to it, with the times that they had. */
  #copyUpFolder(ino: Ino): Ino {
    if (this.sheet.nodes.has(ino)) return ino;
    const { parent, name } = this.#below(ino);
    if (ino !== this.root) this.#copyUpFolder(parent);
    this.#requireInode();
    this.sheet.adopt(ino, true);
    if (ino !== this.root) this.sheet.setEntry(parent, name, ino);
    return ino;
  }

  /** For callers that have no name at hand: of several hard links below, the first is copied up. */
  #writable(ino: Ino): Ino {
    if (this.sheet.nodes.has(ino)) return ino;
    const { parent, name } = this.#below(ino);
    return ino === this.root ? this.#copyUpFolder(ino) : this.copyUp(parent, name);
  }

  #file(ino: Ino): Ino {
    requireFile(this.attributes(ino));
    return this.#writable(ino);
  }

  #enter(directory: Ino, name: string, ino: Ino): void {
    this.sheet.setEntry(directory, name, ino);
    this.#touched(directory);
  }

  #remove(directory: Ino, name: string, ino: Ino): void {
    this.#copyUpFolder(directory);
    const node = this.sheet.nodes.get(ino);
    if (node) node.ctime = this.#now();
    if (node && node.links > 1) this.sheet.touch(ino);
    this.sheet.setEntry(directory, name, this.#hides(directory, name));
    this.#touched(directory);
  }

  /** What has to stand in a folder for a name to be gone: a whiteout if it is below, else nothing. */
  #hides(directory: Ino, name: string): typeof whiteout | undefined {
    return this.sheet.node(directory).below?.names?.has(name) ? whiteout : undefined;
  }

  #touched(ino: Ino): void {
    const node = this.sheet.node(ino);
    node.mtime = node.ctime = this.#now();
    this.sheet.touch(ino);
  }

  #changed(ino: Ino): void {
    this.sheet.node(ino).ctime = this.#now();
    this.sheet.touch(ino);
  }
}

function requireFile(node: Attributes | SheetInode): void {
  if (node.kind !== 'file') throw new FsError(node.kind === 'directory' ? 'EISDIR' : 'EINVAL');
}
