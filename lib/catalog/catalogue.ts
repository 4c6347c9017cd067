import { busybox } from './busybox';
import { buildImage, type CatalogueEntry, type Recipe } from './recipe';

function named(recipe: Recipe, description: string, ...references: readonly string[]): CatalogueEntry[] {
  return references.map((reference) => ({ reference, description, build: (content) => buildImage(content, recipe) }));
}

export const catalogue: readonly CatalogueEntry[] = [
  ...named(busybox, 'One small file that is a whole set of Unix tools.', 'busybox:latest', 'busybox:1.37', 'busybox:1'),
];
