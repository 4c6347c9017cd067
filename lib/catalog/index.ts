/**
 * Base images as data: a recipe gives a root file system, and that an image. Nothing is downloaded; every image says that it
 * is a replica.
 *
 * - `catalogue`: what may be pulled, each under its name. `build` puts it into a content store.
 */
export { catalogue } from './catalogue';
export type { CatalogueEntry } from './recipe';
