import { Failure } from '../errors';
import type { Kind } from '../fs';
import type { TarEntry } from './tar-entry';
import { readTar } from './tar-read';
import { readName } from './whiteout';

/**
 * What one layer says, as a tree of its own: what it adds or replaces, which names of the layers below it hides, and which
 * folders it makes opaque. It is what overlay2 keeps in a layer's `diff` folder. Nothing below it is needed to read it.
 */
export interface LayerNode {
  readonly kind: Kind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev: number;
  readonly mtime: bigint;
  readonly size: number;
  /** Where in the layer's tar a file's bytes begin. */
  readonly offset: number;
  readonly target: string | undefined;
  readonly xattrs: ReadonlyMap<string, Uint8Array> | undefined;
}

export interface LayerFolder {
  /** Undefined: the tar has no entry for it, only for what is in it. */
  node: LayerNode | undefined;
  readonly names: Map<string, LayerNode | LayerFolder>;
  hidden: Set<string> | undefined;
  opaque: boolean;
}

export function isFolder(item: LayerNode | LayerFolder): item is LayerFolder {
  return 'names' in item;
}

/**
 * Reads a layer. Throws a Failure that names the entry for archives that are broken, reach out of the root, or link to what
 * is not there. Whiteouts concern the layers below only, wherever in the archive they stand.
 */
export function readLayer(tar: Uint8Array): LayerFolder {
  const root = newFolder(undefined);
  for (const entry of readTar(tar)) place(root, entry);
  return root;
}

function newFolder(node: LayerNode | undefined): LayerFolder {
  return { node, names: new Map(), hidden: undefined, opaque: false };
}

function place(root: LayerFolder, entry: TarEntry): void {
  const path = entryPath(entry.name);
  const name = path.pop();
  if (name === undefined) {
    if (entry.kind === 'directory') root.node = nodeOf(entry, 'directory');
    return;
  }
  const meaning = readName(name);
  if (meaning.type === 'ignored' || path.some((part) => readName(part).type !== 'plain')) return;
  const folder = folderAt(root, path, entry.name);
  if (meaning.type === 'opaque') folder.opaque = true;
  else if (meaning.type === 'whiteout') (folder.hidden ??= new Set()).add(meaning.hides);
  else put(root, folder, name, entry);
}

/** Names from the root; refuses `..` that would leave it. An absolute path is taken from the root. */
export function entryPath(name: string): string[] {
  const path: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') path.push(part);
    else if (path.pop() === undefined) throw new Failure('corrupt', `entry "${name}" leads out of the root`);
  }
  return path;
}

function folderAt(root: LayerFolder, path: readonly string[], entry: string): LayerFolder {
  let at = root;
  for (const name of path) {
    let next = at.names.get(name);
    if (next === undefined) at.names.set(name, (next = newFolder(undefined)));
    if (!isFolder(next)) throw new Failure('corrupt', `entry "${entry}" lies in "${name}", which is not a folder`);
    at = next;
  }
  return at;
}

function put(root: LayerFolder, folder: LayerFolder, name: string, entry: TarEntry): void {
  const present = folder.names.get(name);
  if (entry.kind === 'directory') {
    const node = nodeOf(entry, 'directory');
    if (present && isFolder(present)) present.node = node;
    else folder.names.set(name, newFolder(node));
  } else {
    const node = entry.kind === 'hardlink' ? linked(root, entry) : nodeOf(entry, entry.kind);
    if (present) folder.names.delete(name);
    folder.names.set(name, node);
  }
}

function linked(root: LayerFolder, entry: TarEntry): LayerNode {
  let at: LayerFolder | LayerNode | undefined = root;
  for (const part of entryPath(entry.target ?? '')) at = at && isFolder(at) ? at.names.get(part) : undefined;
  if (at && !isFolder(at)) return at;
  throw new Failure(
    'corrupt',
    `entry "${entry.name}" is a hard link to "${entry.target}", which is no file of this layer`,
  );
}

function nodeOf(entry: TarEntry, kind: Kind): LayerNode {
  const { mode, uid, gid, mtime, size, offset, target, xattrs } = entry;
  if (kind === 'symlink' && !target)
    throw new Failure('corrupt', `entry "${entry.name}" is a symbolic link to nothing`);
  return { kind, mode, uid, gid, rdev: entry.rdev ?? 0, mtime, size, offset, target, xattrs };
}
