import { type Digest, digestOf } from '../content';
import { compareNames, type Ino } from '../fs';
import type { LowerNode } from './lower-node';
import type { Sheet } from './sheet';
import type { SheetInode } from './sheet-inode';
import { describe } from './sheet-tracker';

const encoder = new TextEncoder();

function digestOfJson(value: unknown): Digest {
  return digestOf(encoder.encode(JSON.stringify(value)));
}

/** By path, so that it does not depend on the numbers of inodes; hard links by the order in which they are met. */
export function sheetDigest(sheet: Sheet): Digest {
  return digestOfJson(sheet.nodes.has(1) ? whole(sheet, 1, new Map()) : null);
}

function whole(sheet: Sheet, ino: Ino, met: Map<Ino, number>): unknown {
  const before = met.get(ino);
  if (before !== undefined) return before;
  met.set(ino, met.size);
  const node = sheet.node(ino);
  const { xattrs, ...said } = describe(node);
  const names = sortedNames(node).map(([name, child]) => [name, child === 0 ? 0 : whole(sheet, child, met)]);
  return [said, sortedXattrs(xattrs), node.bytes ? contentDigest(sheet, node) : null, names];
}

/** Copied up, but in the end as it was: nothing. Times, and who shares an inode with whom, do not count. */
export function stateDigest(sheet: Sheet): Digest {
  return digestOfJson(sheet.nodes.has(1) ? (state(sheet, sheet.node(1)) ?? null) : null);
}

function state(sheet: Sheet, node: SheetInode): unknown {
  const names = sortedNames(node).flatMap(([name, child]) => {
    const inner = child === 0 ? 0 : state(sheet, sheet.node(child));
    return inner === undefined ? [] : [[name, inner]];
  });
  const { below } = node;
  if (below && names.length === 0 && sameAttributes(node, below) && sameBytes(sheet, node, below)) return undefined;
  const { kind, mode, uid, gid, rdev, target, xattrs } = describe(node);
  const opaque = kind === 'directory' && !below;
  const bytes = kind === 'file' ? contentDigest(sheet, node) : null;
  return [kind, mode, uid, gid, rdev ?? 0, target ?? null, sortedXattrs(xattrs), opaque, bytes, names];
}

function sameAttributes(node: SheetInode, below: LowerNode): boolean {
  if (node.mode !== below.mode || node.uid !== below.uid || node.gid !== below.gid) return false;
  const [mine, theirs] = [node.xattrs ?? new Map(), below.xattrs ?? new Map()];
  return mine.size === theirs.size && [...mine].every(([name, value]) => equalBytes(value, theirs.get(name)));
}

function sameBytes(sheet: Sheet, node: SheetInode, below: LowerNode): boolean {
  return !node.bytes || equalBytes(node.bytes.view(), sheet.lower!.content(below.ino));
}

function equalBytes(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function contentDigest(sheet: Sheet, node: SheetInode): Digest {
  return (node.digest ??= digestOf(sheet.content(node)));
}

function sortedNames(node: SheetInode): [string, Ino][] {
  return [...(node.names ?? [])].sort(([a], [b]) => compareNames(a, b));
}

function sortedXattrs(xattrs: Readonly<Record<string, string>> | undefined): [string, string][] {
  return Object.entries(xattrs ?? {}).sort(([a], [b]) => compareNames(a, b));
}
