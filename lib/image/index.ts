/**
 * Images: configuration, manifest, names, archives.
 *
 * - `ImageId`, `ImageConfig`, `ImageSettings`, `ImageHistory`, `configJson`, `goJson`; `Manifest`, `Index`, `mediaTypes`.
 * - `makeImage(content, fields)`, `imageOf(content, configBytes)`, `findImage(content, id)` → `Image` (ids, manifest, config).
 * - `parseReference` (as written), `parseNormalised` (docker.io/library/…), `parseImageName` (with `:latest`), `withDefaultTag`,
 *   `formatReference`, `nameOf`, `familiar`, `familiarName`, `matchReference`.
 * - `loadArchive(content, bytes)` → `Imported[]`; `saveArchive(content, saved, form)` → bytes (forms `docker`, `legacy`, `oci`).
 *   `loadFiles(content, find)`: from a folder; `archiveFiles(saved, form)`: for a folder.
 * - `importArchive(chunks, sink)`, `exportArchive(blobs, saved, form)`: the same in pieces, for archives that do not fit in
 *   memory. `BlobSink` keeps an import's blobs aside until it is whole; `ContentSink` is one over a content store.
 */
export { type BlobSource, exportArchive } from './archive-export';
export { type ImportLimits, importArchive, importLimits } from './archive-import';
export { type Imported, loadArchive, loadFiles } from './archive-load';
export { type ArchiveFile, type ArchiveForm, archiveFiles, type Saved, saveArchive } from './archive-write';
export { type BlobSink, type BlobWriter, ContentSink } from './blob-sink';
export {
  configJson,
  goJson,
  type ImageConfig,
  type ImageHealthcheck,
  type ImageHistory,
  type ImageId,
  type ImageSettings,
} from './config';
export {
  describeImage,
  findImage,
  type Image,
  type ImageFields,
  imageIdOf,
  imageOf,
  makeImage,
  manifestOf,
} from './image';
export { type Index, type Manifest, parseConfig, validateDocument } from './manifest';
export { dockerMediaTypes, layerForm, mediaTypes } from './media-types';
export {
  defaultDomain,
  familiar,
  familiarName,
  formatReference,
  isDomain,
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
