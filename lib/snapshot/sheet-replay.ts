import { Failure } from '../errors';
import { FileBytes, type Ino } from '../fs';
import { fromBase64 } from './base64';
import type { Sheet } from './sheet';
import { SheetInode } from './sheet-inode';
import type { SheetNode, SheetPatch } from './sheet-patch';
import { describe } from './sheet-tracker';
import { decodeBytes, encodeBytes, encodePart, type WrittenBytes } from './written-bytes';

/** Makes on a replica the changes that were drained from the live sheet. */
export function applyPatch(sheet: Sheet, patch: SheetPatch): void {
  try {
    replay(sheet, patch);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('corrupt', "a sheet's patch holds what is no number, no time or no base64");
  }
}

function replay(sheet: Sheet, patch: SheetPatch): void {
  for (const [ino, node] of patch.nodes) if (node) setNode(sheet, ino, node);
  for (const [directory, name, ino] of patch.entries) {
    const folder = require(sheet, directory);
    if (folder.kind !== 'directory') throw misfit(directory);
    if (ino) require(sheet, ino);
    sheet.point(folder, directory, name, ino ?? undefined);
  }
  for (const [ino, node] of patch.nodes) if (!node) sheet.nodes.delete(ino);
  for (const [ino, size, offset, ...written] of patch.data) setBytes(sheet, ino, size, offset, written);
  sheet.recount();
}

function misfit(ino: Ino): Failure {
  return new Failure('corrupt', `a sheet's patch speaks of inode ${ino}, which does not fit the sheet`);
}

function require(sheet: Sheet, ino: Ino): SheetInode {
  const node = sheet.nodes.get(ino);
  if (!node) throw misfit(ino);
  return node;
}

function setNode(sheet: Sheet, ino: Ino, said: SheetNode): void {
  const present = sheet.nodes.get(ino);
  const below = said.below === undefined ? undefined : sheet.lower?.find(said.below);
  if (said.below !== undefined && below?.kind !== said.kind) throw misfit(ino);
  const mtime = BigInt(said.mtime);
  const node = present?.kind === said.kind && present.below === below ? present : new SheetInode(said, mtime, below);
  node.mode = said.mode;
  node.uid = said.uid;
  node.gid = said.gid;
  node.mtime = mtime;
  node.ctime = said.ctime === undefined ? mtime : BigInt(said.ctime);
  node.atime = said.atime === undefined ? mtime : BigInt(said.atime);
  node.xattrs = said.xattrs && new Map(Object.entries(said.xattrs).map(([name, value]) => [name, fromBase64(value)]));
  node.opaque = said.opaque ?? false;
  node.known = true;
  if (node.kind === 'file' && !said.metadataOnly)
    node.bytes ??= new FileBytes(below && sheet.lower!.content(below.ino));
  if (node !== present) sheet.put(ino, node);
}

function setBytes(sheet: Sheet, ino: Ino, size: number, offset: number, written: WrittenBytes): void {
  const node = require(sheet, ino);
  if (!node.bytes) throw misfit(ino);
  node.bytes.truncate(size);
  node.bytes.write(offset, decodeBytes(written, size - offset));
  node.bytes.forgetChanges();
  node.digest = undefined;
}

/** The whole sheet as one patch, to be applied to an empty one over the same layers. */
export function wholePatch(sheet: Sheet): SheetPatch {
  const numbered = [...sheet.nodes].filter(([, node]) => node.links > 0).sort(([a], [b]) => a - b);
  return {
    nodes: numbered.map(([ino, node]) => [ino, describe(node)]),
    data: numbered.flatMap(([ino, node]) => (node.bytes ? bytesOver(sheet, ino, node) : [])),
    entries: numbered.flatMap(([directory, { names }]) =>
      [...(names ?? [])].map(([name, ino]) => [directory, name, ino] as const),
    ),
  };
}

/** What differs from the bytes that a fresh inode would have: those of the file below, or none. */
function bytesOver(sheet: Sheet, ino: Ino, node: SheetInode): SheetPatch['data'] {
  if (!node.below) return rowsOf(ino, node);
  const now = node.bytes!.view();
  const base = sheet.lower!.content(node.below.ino);
  let start = 0;
  while (start < now.length && now[start] === base[start]) start++;
  let end = now.length;
  if (now.length === base.length) while (end > start && now[end - 1] === base[end - 1]) end--;
  if (start === end && now.length === base.length) return [];
  return [[ino, now.length, start, ...encodeBytes(now.subarray(start, end))]];
}

/** A file that is the sheet's own, as one that grows. */
function rowsOf(ino: Ino, node: SheetInode): SheetPatch['data'] {
  let offset = 0;
  return node.bytes!.parts().map((part) => {
    const from = offset;
    offset += part.length;
    return [ino, offset, from, ...encodePart(part)];
  });
}

/** Packs what `wholePatch` will ask for, a part at a time, so that whoever shares the thread can go on in between. */
export function* packParts(sheet: Sheet): Generator<void> {
  for (const { below, bytes } of sheet.nodes.values())
    if (bytes && !below && bytes.size > worthWaiting)
      for (const part of bytes.parts()) {
        encodePart(part);
        yield;
      }
}

const worthWaiting = 2 ** 20;
