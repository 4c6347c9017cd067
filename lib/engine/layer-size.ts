import type { Digest } from '../content';
import { readTar } from '../layer';
import type { Sheet } from '../snapshot';
import type { Daemon } from './daemon';

const sizes = new Map<Digest, number>();

/** Bytes of the files and of the links' targets in a layer: what Docker adds up for an image's size. */
export function layerSize(daemon: Daemon, diffId: Digest | undefined): number {
  if (!diffId) return 0;
  let size = sizes.get(diffId);
  if (size === undefined) {
    const tar = daemon.options.content.get(diffId);
    if (!tar) return 0;
    size = 0;
    for (const entry of readTar(tar)) size += entry.kind === 'symlink' ? (entry.target ?? '').length : entry.size;
    sizes.set(diffId, size);
  }
  return size;
}

/** The same of a writable sheet: what `docker ps --size` shows. */
export function sheetSize(sheet: Sheet): number {
  let links = 0;
  for (const node of sheet.nodes.values()) if (node.kind === 'symlink') links += node.target?.length ?? 0;
  return sheet.size + links;
}
