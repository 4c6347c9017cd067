import { components, FsError, type Ino } from '../fs';
import { isFolder, type LayerFolder, type LayerNode, readLayer } from '../layer';
import { InodeTable } from './inode-table';
import { LowerNode } from './lower-node';

/**
 * A stack of layers seen as one tree that nothing can change. Built once a stack and shared by every container over it.
 *
 * Building on a parent costs the size of the top layer: nodes, unchanged folders and chunks of the inode table are the
 * parent's own. Files' bytes are views into the layers' tars. Inode numbers follow from the tars alone, so every replica
 * gives the same ones; a folder that several layers speak of keeps the number of the lowest.
 */
export class LowerTree {
  readonly root: Ino = 1;
  /** The stack without its top layer. */
  readonly parent: LowerTree | undefined;
  readonly #tars: readonly Uint8Array[];
  readonly #table: InodeTable;

  constructor(parent: LowerTree | undefined, tar: Uint8Array) {
    this.parent = parent;
    this.#tars = parent ? [...parent.#tars, tar] : [tar];
    this.#table = new Merge(parent ? parent.#table : undefined, this.#tars.length - 1).run(readLayer(tar));
  }

  /** How many layers. */
  get depth(): number {
    return this.#tars.length;
  }

  /** Every inode number of it is below. */
  get limit(): Ino {
    return this.#table.limit;
  }

  find(ino: Ino): LowerNode | undefined {
    return this.#table.get(ino);
  }

  node(ino: Ino): LowerNode {
    const node = this.#table.get(ino);
    if (!node) throw new FsError('ENOENT');
    return node;
  }

  lookup(directory: Ino, name: string): Ino | undefined {
    const { names } = this.node(directory);
    if (!names) throw new FsError('ENOTDIR');
    return names.get(name);
  }

  content(ino: Ino): Uint8Array {
    const { kind, layer, offset, size } = this.node(ino);
    if (kind !== 'file') throw new FsError(kind === 'directory' ? 'EISDIR' : 'EINVAL');
    return this.#tars[layer]!.subarray(offset, offset + size);
  }

  /** By path, links not followed. */
  at(path: string): LowerNode | undefined {
    let node: LowerNode | undefined = this.node(this.root);
    for (const name of components(path)) {
      const ino: Ino | undefined = node?.names?.get(name);
      node = ino === undefined ? undefined : this.find(ino);
    }
    return node;
  }
}

const implied: LayerNode = {
  kind: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  rdev: 0,
  mtime: 0n,
  size: 0,
  offset: 0,
  target: undefined,
  xattrs: undefined,
};

/** Lays one layer over a table of inodes. */
class Merge {
  readonly #table: InodeTable;
  readonly #layer: number;
  /** Hard links of the layer: one node, one number. */
  readonly #made = new Map<LayerNode, LowerNode>();

  constructor(below: InodeTable | undefined, layer: number) {
    this.#table = new InodeTable(below);
    this.#layer = layer;
  }

  run(layer: LayerFolder): InodeTable {
    const root = this.#table.get(1);
    if (root) this.#over(root, layer);
    else this.#fresh(layer, this.#table.take(), '');
    return this.#table.close();
  }

  /** A folder that is in the layer and below it. */
  #over(below: LowerNode, folder: LayerFolder): void {
    const names = new Map(folder.opaque ? [] : below.names);
    for (const name of folder.hidden ?? []) names.delete(name);
    this.#fill(names, folder, below.ino);
    const says = folder.node ? this.#layer : below.layer;
    const from = folder.node ?? { ...below, offset: 0, target: undefined };
    this.#setFolder(new LowerNode(below.ino, below.parent, below.name, says, from, names), true);
  }

  #fill(names: Map<string, Ino>, folder: LayerFolder, parent: Ino): void {
    for (const [name, item] of folder.names) {
      const ino = names.get(name);
      const present = ino === undefined ? undefined : this.#table.get(ino);
      if (isFolder(item) && present?.kind === 'directory' && !item.opaque) this.#over(present, item);
      else names.set(name, this.#add(item, parent, name));
    }
  }

  #add(item: LayerNode | LayerFolder, parent: Ino, name: string): Ino {
    if (isFolder(item)) return this.#fresh(item, parent, name);
    const linked = this.#made.get(item);
    if (linked) {
      linked.nlink++;
      return linked.ino;
    }
    const node = new LowerNode(this.#table.take(), parent, name, this.#layer, item);
    this.#made.set(item, node);
    this.#table.set(node);
    return node.ino;
  }

  /** A folder that nothing below it shows through. The root is its own parent. */
  #fresh(folder: LayerFolder, parent: Ino, name: string): Ino {
    const ino = name === '' ? parent : this.#table.take();
    const names = new Map<string, Ino>();
    for (const [child, item] of folder.names) names.set(child, this.#add(item, ino, child));
    this.#setFolder(new LowerNode(ino, parent, name, this.#layer, folder.node ?? implied, names), false);
    return ino;
  }

  /** overlayfs shows one link for a folder of several layers, and the true count for a folder of one. */
  #setFolder(node: LowerNode, merged: boolean): void {
    let folders = 0;
    if (!merged) for (const ino of node.names!.values()) if (this.#table.get(ino)?.kind === 'directory') folders++;
    node.nlink = merged ? 1 : 2 + folders;
    this.#table.set(node);
  }
}
