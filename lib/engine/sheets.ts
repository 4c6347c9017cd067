/** The few things that the engine asks of sheets and of unions over them. */
import type { Digest } from '../content';
import { asDiffId } from '../layer';
import { type Layers, Sheet, type SheetPatch, Union } from '../snapshot';
import type { StoredSheet } from './state';

export function makeSheet(layers: Layers, diffIds: readonly Digest[]): Sheet {
  return new Sheet(layers.lower(diffIds.map(asDiffId)));
}

/** A copy of the sheet with the patch applied. */
export function patchedSheet(sheet: Sheet, patch: SheetPatch): Sheet {
  const copy = sheet.clone();
  copy.apply(patch);
  return copy;
}

/** What fits on a container's sheet: ENOSPC beyond. */
const diskQuota = { bytes: 64 * 2 ** 20, inodes: 2 ** 16 };

let device = 100;

/** What a container sees of a sheet. Each has a device number of its own, so that links and renames between them are refused. */
export function openUnion(stored: StoredSheet, now: () => bigint): Union {
  device += 1;
  return new Union({ lower: stored.sheet.lower, sheet: stored.sheet, now, device, quota: diskQuota });
}
