import type { Daemon } from './daemon';
import { imageConfig } from './image-config';
import { familiarName } from './image-names';
import { ancestry } from './images';
import { layerSize } from './layer-size';
import { findImage } from './lookup';
import { namesOf } from './rmi';

/** One step of how an image came to be. `id` is known only of images that this engine made or has. */
export interface HistoryRow {
  readonly id: string;
  readonly created: string;
  readonly createdBy: string;
  readonly size: number;
  readonly comment: string;
  readonly tags: readonly string[];
}

/** `docker history`: the steps from the top down. */
export function history(daemon: Daemon, reference: string): HistoryRow[] {
  const image = findImage(daemon, reference);
  const steps = imageConfig(daemon, image).history ?? [];
  let layer = 0;
  const rows = steps.map((step) => {
    const size = step.empty_layer ? 0 : layerSize(daemon, image.diffIds[layer++]);
    return {
      id: '<missing>',
      created: step.created ?? '',
      createdBy: step.created_by ?? '',
      size,
      comment: step.comment ?? '',
      tags: [] as string[],
    };
  });
  rows.reverse();
  let lineage = ancestry(daemon, image);
  for (const [at, row] of rows.entries()) {
    const owner = lineage.find((one) => (imageConfig(daemon, one).history?.length ?? 0) === rows.length - at);
    if (!owner) continue;
    row.id = owner.id;
    row.tags = namesOf(daemon, owner.id)
      .filter((name) => !name.includes('@'))
      .map(familiarName);
    lineage = lineage.slice(lineage.indexOf(owner) + 1);
  }
  return rows;
}
