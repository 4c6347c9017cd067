import type { ContentStore } from '../content';
import { Layers } from '../snapshot';

const known = new WeakMap<ContentStore, Layers>();

/** The stacks over a content store: one for all machines that share it, so that an image is in memory once. */
export function layersOf(content: ContentStore): Layers {
  const layers = known.get(content) ?? new Layers(content);
  known.set(content, layers);
  return layers;
}
