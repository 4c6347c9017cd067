/**
 * Images: configuration, manifest, names, archives.
 *
 * - `ImageId`, `ImageConfig`, `ImageSettings`, `ImageHistory`, `configJson`, `goJson`; `Descriptor`, `Manifest`, `Index`, `mediaTypes`.
 * - `makeImage(content, fields)`, `imageOf(content, configBytes)`, `findImage(content, id)` → `Image` (ids, manifest, config).
 * - `parseReference` (as written), `parseNormalised` (docker.io/library/…), `parseImageName` (with `:latest`), `withDefaultTag`,
 *   `formatReference`, `nameOf`, `familiar`, `familiarName`, `matchReference`, `isTag`.
 * - `loadArchive(content, bytes)` → `Loaded[]`; `saveArchive(content, saved, form)` → bytes (forms `docker`, `legacy`, `oci`).
 */
export { type Loaded, loadArchive } from './archive-load';
export { type ArchiveForm, type Saved, saveArchive } from './archive-write';
export {
  configJson,
  goJson,
  type ImageConfig,
  type ImageHealthcheck,
  type ImageHistory,
  type ImageId,
  type ImageSettings,
} from './config';
export { findImage, type Image, type ImageFields, imageIdOf, imageOf, makeImage } from './image';
export { type Descriptor, type Index, type Manifest, parseConfig, validateDocument } from './manifest';
export { dockerMediaTypes, layerForm, mediaTypes } from './media-types';
export {
  defaultDomain,
  familiar,
  familiarName,
  formatReference,
  isDomain,
  isTag,
  matchReference,
  nameOf,
  parseAnyReference,
  parseImageName,
  parseNormalised,
  parseReference,
  type Reference,
  splitName,
  withDefaultTag,
} from './reference';
