/**
 * From a recipe to an image: layers from the bottom up, the lines of its history, and the settings a container starts with.
 */
import type { ContentStore } from '../content';
import { type Image, type ImageHistory, type ImageSettings, makeImage } from '../image';
import { madeAt, type RecipeLayer } from './rootfs';

/** A line of the history: one that made a layer, or one that only set something. */
export type Step = RecipeLayer | string;

export interface Recipe {
  readonly steps: readonly Step[];
  readonly settings: ImageSettings;
}

/** An image of the catalogue, under one of its names. */
export interface CatalogueEntry {
  /** As people type it: `nginx:alpine`. */
  readonly reference: string;
  /** One plain sentence. */
  readonly description: string;
  /** Puts its layers, configuration and manifest into a content store. The same in every place and at every time. */
  build(content: ContentStore): Image;
}

/** What every image of the catalogue says of itself. */
export const replicaLabels = {
  'dockerland.replica': 'true',
  'org.opencontainers.image.vendor': 'Dockerland (a replica for teaching)',
};

export function buildImage(content: ContentStore, recipe: Recipe): Image {
  const layers = recipe.steps.filter((step): step is RecipeLayer => typeof step !== 'string');
  for (const layer of layers) content.put(layer.tar());
  return makeImage(content, {
    diffIds: layers.map((layer) => layer.diffId()),
    config: { ...recipe.settings, Labels: { ...replicaLabels, ...recipe.settings.Labels } },
    history: recipe.steps.map(historyLine),
    created: madeAt,
  });
}

function historyLine(step: Step): ImageHistory {
  if (typeof step !== 'string')
    return { created: madeAt, created_by: step.createdBy, comment: 'buildkit.dockerfile.v0' };
  return { created: madeAt, created_by: step, comment: 'buildkit.dockerfile.v0', empty_layer: true };
}

export const usualPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
