import type { Digest } from '../content';
import { readTar } from '../layer';
import type { Daemon } from './daemon';

const sizes = new Map<Digest, number>();

/** Bytes of the files in a layer: what Docker adds up for an image's size. */
export function layerSize(daemon: Daemon, diffId: Digest | undefined): number {
  if (!diffId) return 0;
  let size = sizes.get(diffId);
  if (size === undefined) {
    const tar = daemon.options.content.get(diffId);
    if (!tar) return 0;
    size = 0;
    for (const entry of readTar(tar)) if (entry.kind === 'file') size += entry.size;
    sizes.set(diffId, size);
  }
  return size;
}
