import type { ContentStore, Digest } from '../content';
import { Failure } from '../errors';
import { type TarHeader, TarWriter } from '../layer';
import { goJson } from './config';
import type { Image } from './image';
import { mediaTypes } from './media-types';
import { familiar, familiarName, formatReference, type Reference } from './reference';

/** An image to be saved, with the names (tagged references) that it is to be saved under. */
export interface Saved {
  readonly image: Pick<Image, 'configDigest' | 'manifestDigest' | 'manifestSize' | 'manifest'>;
  readonly references: readonly Reference[];
}

/**
 * `docker`: what `docker save` writes today, an OCI layout with Docker's manifest.json beside it; every tool reads it.
 * `legacy`: what it wrote before version 25. `oci`: an OCI layout and nothing else.
 */
export type ArchiveForm = 'docker' | 'legacy' | 'oci';

/** A file of an archive: its path, and its bytes or the digest that has them in the content store. */
export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array | Digest;
}

/** The files of an archive, in the order in which they are written. The same images give the same bytes. */
export function archiveFiles(saved: readonly Saved[], form: ArchiveForm = 'docker'): ArchiveFile[] {
  if (form === 'legacy') return legacyFiles(saved);
  const files = [...blobFiles(saved), { path: 'index.json', bytes: json(indexOf(saved)) }];
  if (form === 'docker') files.push({ path: 'manifest.json', bytes: json(dockerManifest(saved, blobPath)) });
  files.push({ path: 'oci-layout', bytes: json({ imageLayoutVersion: '1.0.0' }) });
  const repositories = repositoriesOf(saved);
  if (form === 'docker' && repositories) files.push({ path: 'repositories', bytes: json(repositories) });
  return files;
}

const encoder = new TextEncoder();
const json = (value: unknown) => encoder.encode(goJson(value));
const hex = (digest: string) => digest.slice(digest.indexOf(':') + 1);
const blobPath = (digest: string) => `blobs/sha256/${hex(digest)}`;

function blobFiles(saved: readonly Saved[]): ArchiveFile[] {
  const digests = saved.flatMap(({ image }) => [image.configDigest, image.manifestDigest, ...layersOf(image)]);
  return [...new Set(digests)].sort().map((digest) => ({ path: blobPath(digest), bytes: digest }));
}

function layersOf({ manifest }: Saved['image']): readonly Digest[] {
  return manifest.layers.map(({ digest }) => digest as Digest);
}

function indexOf(saved: readonly Saved[]): unknown {
  const manifests = saved.flatMap(({ image, references }) => {
    const descriptor = { mediaType: mediaTypes.manifest, digest: image.manifestDigest, size: image.manifestSize };
    return references.length === 0
      ? [descriptor]
      : references.map((name) => ({ ...descriptor, annotations: names(name) }));
  });
  return { schemaVersion: 2, mediaType: mediaTypes.index, manifests };
}

function names(reference: Reference): Record<string, string> {
  const { tag = 'latest' } = reference;
  return { 'io.containerd.image.name': formatReference(reference), 'org.opencontainers.image.ref.name': tag };
}

function dockerManifest(saved: readonly Saved[], layerPath: (digest: Digest) => string): unknown {
  return saved.map(({ image, references }) => ({
    Config: layerPath === blobPath ? blobPath(image.configDigest) : `${hex(image.configDigest)}.json`,
    RepoTags: references.length === 0 ? null : references.map(familiar),
    Layers: layersOf(image).map(layerPath),
    ...(layerPath === blobPath && { LayerSources: sourcesOf(image) }),
  }));
}

function sourcesOf({ manifest }: Saved['image']): unknown {
  const sorted = [...manifest.layers].sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return Object.fromEntries(sorted.map(({ mediaType, size, digest }) => [digest, { mediaType, size, digest }]));
}

/** Name → tag → top layer; what very old engines read. */
function repositoriesOf(saved: readonly Saved[]): Record<string, Record<string, string>> | undefined {
  const repositories: Record<string, Record<string, string>> = {};
  for (const { image, references } of saved) {
    const top = layersOf(image).at(-1);
    for (const reference of top === undefined ? [] : references) {
      const name = familiarName(reference);
      repositories[name] = { ...repositories[name], [reference.tag ?? 'latest']: hex(top!) };
    }
  }
  return Object.keys(repositories).length > 0 ? repositories : undefined;
}

function legacyFiles(saved: readonly Saved[]): ArchiveFile[] {
  const layerPath = (digest: Digest) => `${hex(digest)}/layer.tar`;
  const files = new Map<string, ArchiveFile>();
  const add = (path: string, bytes: Uint8Array | Digest) => files.set(path, { path, bytes });
  for (const { image } of saved) {
    for (const layer of layersOf(image)) {
      add(`${hex(layer)}/VERSION`, encoder.encode('1.0'));
      add(layerPath(layer), layer);
    }
    add(`${hex(image.configDigest)}.json`, image.configDigest);
  }
  add('manifest.json', json(dockerManifest(saved, layerPath)));
  const repositories = repositoriesOf(saved);
  if (repositories) add('repositories', json(repositories));
  return [...files.values()];
}

export function fileHeader(name: string, size: number): TarHeader {
  const kind = name.endsWith('/') ? 'directory' : 'file';
  return { name, kind, mode: kind === 'file' ? 0o644 : 0o755, uid: 0, gid: 0, mtime: 0n, size };
}

/** Folders that the files need, each before what is in it. */
export function foldersOf(files: readonly ArchiveFile[]): string[] {
  const folders = new Set<string>();
  for (const { path } of files) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
      folders.add(path.slice(0, slash + 1));
  }
  return [...folders];
}

/** The archive as one tar, in memory. A Failure `not-found` names a blob that the store lacks. */
export function saveArchive(content: ContentStore, saved: readonly Saved[], form: ArchiveForm = 'docker'): Uint8Array {
  const files = archiveFiles(saved, form);
  const writer = new TarWriter();
  for (const folder of foldersOf(files)) writer.add(fileHeader(folder, 0));
  for (const { path, bytes } of files) {
    const data = typeof bytes === 'string' ? content.get(bytes) : bytes;
    if (!data) throw new Failure('not-found', `blob ${bytes} is not in the content store`);
    writer.add(fileHeader(path, data.length), data);
  }
  return writer.finish();
}
