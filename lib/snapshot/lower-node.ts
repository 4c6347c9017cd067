import { type Attributes, directorySize, type Ino, type Kind } from '../fs';
import type { LayerNode } from '../layer';

const encoder = new TextEncoder();

/** One inode of a stack of layers. Never changed once its tree is built: stacks that stand on another share its nodes. */
export class LowerNode implements Attributes {
  readonly ino: Ino;
  /** The folder that holds it: of several hard links, the first. */
  readonly parent: Ino;
  readonly name: string;
  /** Index, from the bottom, of the layer that says what it is. */
  readonly layer: number;
  readonly kind: Kind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly mtime: bigint;
  readonly size: number;
  nlink = 1;
  /** Where in its layer's tar a file's bytes begin. */
  readonly offset: number;
  readonly target: string | undefined;
  readonly xattrs: ReadonlyMap<string, Uint8Array> | undefined;
  /** Of a folder. */
  readonly names: ReadonlyMap<string, Ino> | undefined;

  constructor(ino: Ino, parent: Ino, name: string, layer: number, from: LayerNode, names?: ReadonlyMap<string, Ino>) {
    this.ino = ino;
    this.parent = parent;
    this.name = name;
    this.layer = layer;
    this.kind = from.kind;
    this.mode = from.mode;
    this.uid = from.uid;
    this.gid = from.gid;
    this.rdev = from.rdev;
    this.mtime = from.mtime;
    this.size = names ? directorySize : from.target === undefined ? from.size : encoder.encode(from.target).length;
    this.offset = from.offset;
    this.target = from.target;
    this.xattrs = from.xattrs;
    this.names = names;
  }

  get ctime(): bigint {
    return this.mtime;
  }

  get atime(): bigint {
    return this.mtime;
  }
}
