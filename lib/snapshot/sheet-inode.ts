import type { Digest } from '../content';
import { type FileBytes, Inode, type NewNode } from '../fs';
import type { LowerNode } from './lower-node';

/** An inode of a sheet: new, or copied up from the layers below. */
export class SheetInode extends Inode {
  /** What it was copied up from. A folder without it is opaque. */
  readonly below: LowerNode | undefined;
  /** Of a folder: marked as opaque, as it stood or was moved where something is below. */
  opaque = false;
  /** Replicas have heard of it. */
  known = false;
  /** Of its bytes as they are now; undefined when not yet asked for. */
  digest: Digest | undefined;

  constructor(node: NewNode, now: bigint, below?: LowerNode) {
    super(node, now);
    this.below = below;
  }

  /** A copy of a node of the layers below, bytes excepted: those are shared until they are written to. */
  static of(below: LowerNode): SheetInode {
    const { kind, mode, uid, gid, rdev, target } = below;
    const node = { kind, mode, uid, gid, rdev, ...(target !== undefined && { target }) };
    const copy = new SheetInode(node, below.mtime, below);
    if (below.xattrs) copy.xattrs = new Map(below.xattrs);
    return copy;
  }

  override get size(): number {
    return this.kind === 'file' && !this.bytes ? (this.below?.size ?? 0) : super.size;
  }

  /** overlayfs shows one link for a merged folder. */
  override get nlink(): number {
    return this.kind === 'directory' && this.below && this.links > 0 ? 1 : super.nlink;
  }

  get metadataOnly(): boolean {
    return this.kind === 'file' && this.below !== undefined && this.bytes === undefined;
  }

  clone(): SheetInode {
    const copy = new SheetInode(this, this.mtime, this.below);
    copy.ctime = this.ctime;
    copy.atime = this.atime;
    copy.links = this.links;
    copy.folders = this.folders;
    copy.parent = this.parent;
    copy.bytes = this.bytes?.clone() satisfies FileBytes | undefined;
    copy.names = this.names && new Map(this.names);
    copy.xattrs = this.xattrs && new Map(this.xattrs);
    copy.opaque = this.opaque;
    copy.known = this.known;
    copy.digest = this.digest;
    return copy;
  }
}
