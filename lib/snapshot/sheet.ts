import type { Digest } from '../content';
import { FileBytes, FsError, type Ino, type NewNode } from '../fs';
import type { LowerTree } from './lower-tree';
import { sheetDigest, stateDigest } from './sheet-digest';
import { SheetInode } from './sheet-inode';
import type { SheetPatch } from './sheet-patch';
import { applyPatch, packParts, wholePatch } from './sheet-replay';
import { Tracker } from './sheet-tracker';

/** A name that hides what is below it. */
export const whiteout = 0;

/**
 * The writable sheet of one container (or, over nothing, a volume or a computer's own files): what overlayfs calls the upper
 * folder. It holds what changed and nothing else.
 *
 * Life: made empty over a stack of layers → changed through a Union, `drain`ed after each turn into a patch → the patches,
 * `apply`ed in order to another empty sheet over the same stack, make an equal one, to the digest. Inodes copied up keep the
 * number that they had below; others are numbered on from the stack's last.
 *
 * It is not a Tree: it knows neither what a path shows nor when to copy up. That is the Union.
 */
export class Sheet {
  readonly lower: LowerTree | undefined;
  readonly nodes = new Map<Ino, SheetInode>();
  readonly tracker = new Tracker();
  #next: Ino;
  #used = 0;
  /** Open files by inode, also of inodes that are not (or not yet) of this sheet. */
  #held: Map<Ino, number> | undefined;

  constructor(lower?: LowerTree) {
    this.lower = lower;
    this.#next = lower ? lower.limit : 2;
    if (!lower) this.#setRoot(new SheetInode({ kind: 'directory', mode: 0o755, uid: 0, gid: 0 }, 0n));
  }

  /** Nothing was ever changed, or all of it was undone to the last inode. */
  get isEmpty(): boolean {
    return this.lower ? this.nodes.size === 0 : this.nodes.size === 1 && !this.nodes.get(1)!.names?.size;
  }

  /** Bytes that it holds: of files that only had their metadata copied up, none. */
  get bytes(): number {
    return this.#used;
  }

  get inodes(): number {
    return this.nodes.size;
  }

  /** Bytes of all its files as a disk would count them, hard links once: what `docker ps --size` shows. */
  get size(): number {
    let sum = 0;
    for (const node of this.nodes.values()) if (node.kind === 'file') sum += node.size;
    return sum;
  }

  node(ino: Ino): SheetInode {
    const node = this.nodes.get(ino);
    if (!node) throw new FsError('ENOENT');
    return node;
  }

  /** A new inode without a name. */
  make(node: NewNode, now: bigint): Ino {
    const made = new SheetInode(node, now);
    if (node.kind === 'file') made.bytes = new FileBytes();
    return this.#add(this.#next++, made);
  }

  /** Copies a node of the layers up, without its bytes. `keepNumber` is not for one of several hard links. */
  adopt(below: Ino, keepNumber: boolean): Ino {
    const node = SheetInode.of(this.lower!.node(below));
    if (below === this.lower!.root) {
      this.tracker.node(below);
      this.#setRoot(node, false);
      return below;
    }
    return this.#add(keepNumber ? below : this.#next++, node);
  }

  /** Points a name of a folder of this sheet to an inode of it, to a whiteout, or (undefined) says nothing of it any more. */
  setEntry(directory: Ino, name: string, ino: Ino | undefined): void {
    const folder = this.node(directory);
    const before = folder.names?.get(name);
    this.tracker.entry(directory, name, before);
    this.point(folder, directory, name, ino);
    if (before) this.#collect(before);
  }

  /** `setEntry` without remembering the change or ending inodes that lost their last name. */
  point(folder: SheetInode, directory: Ino, name: string, ino: Ino | undefined): void {
    const before = folder.names?.get(name);
    if (ino === undefined) folder.names?.delete(name);
    else (folder.names ??= new Map()).set(name, ino);
    if (ino) this.#count(folder, this.node(ino), 1).parent = directory;
    const lost = before ? this.nodes.get(before) : undefined;
    if (lost) this.#count(folder, lost, -1);
  }

  #count(folder: SheetInode, node: SheetInode, more: 1 | -1): SheetInode {
    node.links += more;
    if (node.kind === 'directory') folder.folders += more;
    return node;
  }

  /** Attributes changed. */
  touch(ino: Ino): void {
    this.tracker.node(ino);
  }

  /** The bytes of a file, ready to be written to, with room for `more`: copied up when they are still those below. */
  file(ino: Ino): FileBytes {
    const node = this.node(ino);
    if (!node.bytes) this.#copyBytes(node);
    this.tracker.data(ino);
    node.digest = undefined;
    return node.bytes!;
  }

  /** Bytes as they are; views of the layer's for metadata-only inodes. */
  content(node: SheetInode): Uint8Array {
    return node.bytes ? node.bytes.view() : this.lower!.content(node.below!.ino);
  }

  #copyBytes(node: SheetInode): void {
    node.bytes = new FileBytes(node.below ? this.lower!.content(node.below.ino) : undefined);
    this.#used += node.bytes.size;
  }

  /** Counts bytes that a file of it gained or lost. */
  charge(more: number): void {
    this.#used += more;
  }

  hold(ino: Ino): void {
    this.#held ??= new Map();
    this.#held.set(ino, (this.#held.get(ino) ?? 0) + 1);
  }

  release(ino: Ino): void {
    const left = (this.#held?.get(ino) ?? 0) - 1;
    if (left > 0) this.#held?.set(ino, left);
    else if (this.#held?.delete(ino) && this.#held.size === 0) this.#held = undefined;
    this.#collect(ino);
  }

  /** What changed since the last drain; undefined when nothing did. */
  drain(): SheetPatch | undefined {
    return this.tracker.drain(this);
  }

  /** Changes this replica as the one that was drained. A Failure `corrupt` when the patch does not fit. */
  apply(patch: SheetPatch): void {
    applyPatch(this, patch);
  }

  /** The patch that makes this sheet out of an empty one: how it is stored. */
  serialise(): SheetPatch {
    return wholePatch(this);
  }

  /** Does beforehand, step by step, what makes `serialise` long for large files. */
  packing(): Generator<void> {
    return packParts(this);
  }

  /** An independent copy; bytes are shared until one of the two writes. Open files stay with the original. */
  clone(): Sheet {
    const copy = new Sheet(this.lower);
    for (const [ino, node] of this.nodes) if (node.links > 0) copy.nodes.set(ino, node.clone());
    copy.#next = this.#next;
    copy.recount();
    return copy;
  }

  /** Holds from now on what the other holds, in place: unions over this sheet see it at once. Both lie on the same layers. */
  become(other: Sheet): void {
    const { nodes } = other.clone();
    this.nodes.clear();
    for (const [ino, node] of nodes) {
      node.known = true;
      this.nodes.set(ino, node);
    }
    this.#next = Math.max(this.#next, other.#next);
    this.tracker.forget();
    this.recount();
  }

  /** Over everything that it holds, times included. */
  digest(): Digest {
    return sheetDigest(this);
  }

  /** Over what it makes of the layers below, times excepted: equal for two people who made the same of the same image. */
  stateDigest(): Digest {
    return stateDigest(this);
  }

  /** Puts an inode that a patch speaks of. */
  put(ino: Ino, node: SheetInode): void {
    this.nodes.set(ino, node);
    this.#next = Math.max(this.#next, ino + 1);
    if (ino === 1) this.#setRoot(node);
  }

  /** After inodes were put or dropped by hand. */
  recount(): void {
    this.#used = 0;
    for (const node of this.nodes.values()) this.#used += node.bytes?.size ?? 0;
  }

  #setRoot(node: SheetInode, known = true): void {
    node.links = 1;
    node.parent = 1;
    node.known = known;
    this.nodes.set(1, node);
  }

  #add(ino: Ino, node: SheetInode): Ino {
    this.nodes.set(ino, node);
    this.tracker.node(ino);
    if (node.bytes) this.tracker.data(ino);
    return ino;
  }

  /** An inode without a name ends with the last open file. Replicas, which open nothing, forget it at once. */
  #collect(ino: Ino): void {
    const node = this.nodes.get(ino);
    if (!node || node.links > 0) return;
    this.tracker.gone(ino, node);
    if (this.#held?.has(ino)) return;
    this.#used -= node.bytes?.size ?? 0;
    this.nodes.delete(ino);
  }
}
