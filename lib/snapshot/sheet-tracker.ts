import type { Ino } from '../fs';
import { toBase64 } from './base64';
import type { Sheet } from './sheet';
import type { SheetInode } from './sheet-inode';
import type { SheetNode, SheetPatch } from './sheet-patch';
import { encodeBytes, type WrittenBytes } from './written-bytes';

type Data = [Ino, number, number, ...WrittenBytes];

/** Remembers what changed on a sheet since it was last drained. Costs nothing while nothing changes. */
export class Tracker {
  #nodes: Set<Ino> | undefined;
  #data: Set<Ino> | undefined;
  /** What each touched name pointed to at the last drain. */
  #entries: Map<Ino, Map<string, Ino | undefined>> | undefined;

  node(ino: Ino): void {
    (this.#nodes ??= new Set()).add(ino);
  }

  data(ino: Ino): void {
    (this.#data ??= new Set()).add(ino);
  }

  entry(directory: Ino, name: string, before: Ino | undefined): void {
    this.#entries ??= new Map();
    let names = this.#entries.get(directory);
    if (!names) this.#entries.set(directory, (names = new Map()));
    if (!names.has(name)) names.set(name, before);
  }

  /** It lost its last name: replicas that know it are to forget it, others never hear of it. */
  gone(ino: Ino, node: SheetInode): void {
    if (node.known) this.node(ino);
    else this.#nodes?.delete(ino);
    this.#data?.delete(ino);
    this.#entries?.delete(ino);
  }

  /** Nothing that was done since the last drain is to be told: the sheet was replaced whole. */
  forget(): void {
    this.#nodes = this.#data = this.#entries = undefined;
  }

  drain(sheet: Sheet): SheetPatch | undefined {
    const patch = { nodes: this.#drainNodes(sheet), data: this.#drainData(sheet), entries: this.#drainEntries(sheet) };
    this.#nodes = this.#data = this.#entries = undefined;
    return patch.nodes.length + patch.data.length + patch.entries.length > 0 ? patch : undefined;
  }

  #drainNodes(sheet: Sheet): [Ino, SheetNode | null][] {
    return ordered(this.#nodes).flatMap((ino) => {
      const node = sheet.nodes.get(ino);
      const alive = node !== undefined && node.links > 0;
      // Without a name but still open: replicas forgot it when the name went.
      if (node && !alive && !node.known) return [];
      if (node) node.known = alive;
      return [[ino, alive ? describe(node) : null]];
    });
  }

  #drainData(sheet: Sheet): Data[] {
    return ordered(this.#data).flatMap((ino) => dataOf(ino, sheet.nodes.get(ino)));
  }

  #drainEntries(sheet: Sheet): [Ino, string, Ino | null][] {
    return ordered(this.#entries?.keys()).flatMap((directory) => {
      const names = sheet.nodes.get(directory)?.names;
      const touched = [...this.#entries!.get(directory)!].filter(([name, before]) => names?.get(name) !== before);
      return touched.map(([name]): [Ino, string, Ino | null] => [directory, name, names?.get(name) ?? null]);
    });
  }
}

function ordered(numbers: Iterable<Ino> | undefined): Ino[] {
  return [...(numbers ?? [])].sort((a, b) => a - b);
}

function dataOf(ino: Ino, node: SheetInode | undefined): Data[] {
  const changes = node?.bytes?.takeChanges();
  if (!changes || node?.links === 0) return [];
  const { cut, size, written } = changes;
  const rows: Data[] = cut === undefined ? [] : [[ino, cut, 0, '']];
  for (const [offset, bytes] of written) rows.push([ino, size, offset, ...encodeBytes(bytes)]);
  return written.length > 0 ? rows : [...rows, [ino, size, 0, '']];
}

/** An inode as it travels. */
export function describe(node: SheetInode): SheetNode {
  const { kind, mode, uid, gid, rdev, mtime, ctime, atime, target, below, opaque, metadataOnly, xattrs } = node;
  return {
    kind,
    mode,
    uid,
    gid,
    ...(rdev !== 0 && { rdev }),
    mtime: String(mtime),
    ...(ctime !== mtime && { ctime: String(ctime) }),
    ...(atime !== mtime && { atime: String(atime) }),
    ...(target !== undefined && { target }),
    ...(below && { below: below.ino }),
    ...(opaque && { opaque }),
    ...(metadataOnly && { metadataOnly }),
    ...(xattrs && { xattrs: Object.fromEntries([...xattrs].map(([name, value]) => [name, toBase64(value)])) }),
  };
}
