import { type Attributes, compareNames, type Ino, type Tree } from '../fs';
import { opaquePath, type TarHeader, TarWriter, whiteoutPath } from '../layer';
import { type Sheet, whiteout } from './sheet';
import type { SheetInode } from './sheet-inode';

/** Headers and bytes in the order of a walk by name: what `docker export` writes. Sockets are left out, as Docker does. */
export function* treeEntries(tree: Tree, folder: Ino = tree.root): Generator<readonly [TarHeader, Uint8Array]> {
  yield* inTree(tree, '', folder, new Map());
}

function* inTree(
  tree: Tree,
  path: string,
  folder: Ino,
  linked: Map<Ino, string>,
): Generator<readonly [TarHeader, Uint8Array]> {
  for (const [name, ino] of [...tree.entries(folder)].sort(([a], [b]) => compareNames(a, b))) {
    const inner = `${path}${name}`;
    const node = tree.attributes(ino);
    const file = node.kind === 'file' ? tree.content(ino) : nothing;
    const target = node.kind === 'symlink' ? tree.target(ino) : undefined;
    yield* one({ path: inner, ino, node, file, target, xattrs: tree.xattrs(ino), linked });
    if (node.kind === 'directory') yield* inTree(tree, `${inner}/`, ino, linked);
  }
}

/** The tar that `docker export` writes of a tree. */
export function exportTar(tree: Tree): Uint8Array {
  const writer = new TarWriter();
  for (const [header, data] of treeEntries(tree)) writer.add(header, data);
  return writer.finish();
}

/**
 * The layer that `docker commit` makes: everything on the sheet, whiteouts and opaque marks in their form for archives.
 */
export function changedTar(sheet: Sheet): Uint8Array {
  const writer = new TarWriter();
  const root = sheet.nodes.get(1);
  if (root) addFolder(writer, sheet, '', root, new Map());
  return writer.finish();
}

function addFolder(writer: TarWriter, sheet: Sheet, path: string, folder: SheetInode, linked: Map<Ino, string>): void {
  for (const [name, ino] of [...(folder.names ?? [])].sort(([a], [b]) => compareNames(a, b))) {
    const inner = `${path}${name}`;
    if (ino === whiteout) writer.add(whiteoutHeader(whiteoutPath(inner), 0o600, folder));
    else addNode(writer, sheet, inner, ino, linked);
  }
}

function addNode(writer: TarWriter, sheet: Sheet, path: string, ino: Ino, linked: Map<Ino, string>): void {
  const node = sheet.node(ino);
  const file = node.kind === 'file' ? sheet.content(node) : nothing;
  const { target } = node;
  for (const [header, data] of one({ path, ino, node, file, target, xattrs: node.xattrs, linked }))
    writer.add(header, data);
  if (node.kind !== 'directory') return;
  if (node.opaque) writer.add({ ...whiteoutHeader(opaquePath(path), node.mode & 0o777, node), mtime: 0n });
  addFolder(writer, sheet, `${path}/`, node, linked);
}

function whiteoutHeader(name: string, mode: number, near: Attributes): TarHeader {
  return { name, kind: 'file', mode, uid: near.uid, gid: near.gid, mtime: wholeSeconds(near.mtime), size: 0 };
}

const nothing = new Uint8Array(0);

interface Item {
  readonly path: string;
  readonly ino: Ino;
  readonly node: Attributes;
  readonly file: Uint8Array;
  readonly target: string | undefined;
  readonly xattrs: ReadonlyMap<string, Uint8Array> | undefined;
  /** Inodes with several names → the first of them. */
  readonly linked: Map<Ino, string>;
}

/** None for a socket; a hard link for a second name. Times are in whole seconds, as Docker's archives have them. */
function* one({ path, ino, node, file, target, xattrs, linked }: Item): Generator<readonly [TarHeader, Uint8Array]> {
  const { kind, mode, uid, gid, rdev } = node;
  if (kind === 'socket') return;
  const common = { mode, uid, gid, rdev, mtime: wholeSeconds(node.mtime), ...(xattrs?.size && { xattrs }) };
  const first = linked.get(ino);
  if (first !== undefined) {
    yield [{ ...common, name: path, kind: 'hardlink', target: first, size: 0 }, nothing];
    return;
  }
  if (kind !== 'directory' && node.nlink > 1) linked.set(ino, path);
  const name = kind === 'directory' ? `${path}/` : path;
  yield [{ ...common, name, kind, size: file.length, ...(target !== undefined && { target }) }, file];
}

const second = 1_000_000_000n;

function wholeSeconds(time: bigint): bigint {
  return time - (((time % second) + second) % second);
}
