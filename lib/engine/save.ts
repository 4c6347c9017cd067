import { Failure } from '../errors';
import { TarWriter } from '../layer';
import { goJson } from './add-image';
import type { Daemon } from './daemon';
import { canonicalName, familiarName, nameParts } from './image-names';
import { findImage, lookupImage } from './lookup';
import { namesOf } from './rmi';
import type { ImageRecord } from './state';

interface Saved {
  readonly image: ImageRecord;
  /** Canonical tags to write. */
  readonly tags: readonly string[];
}

/** `docker save`: images as one archive that is both Docker's own form and an OCI layout. */
export function save(daemon: Daemon, references: readonly string[]): Uint8Array {
  const saved = gather(daemon, references);
  const tar = new TarWriter();
  const epoch = { uid: 0, gid: 0, mtime: 0n };
  tar.add({ ...epoch, name: 'blobs/', kind: 'directory', mode: 0o755, size: 0 });
  tar.add({ ...epoch, name: 'blobs/sha256/', kind: 'directory', mode: 0o755, size: 0 });
  for (const digest of blobsOf(saved)) {
    const bytes = daemon.options.content.get(digest as never);
    if (!bytes) throw new Failure('internal', `${digest} is not in the content store`);
    tar.add({ ...epoch, name: blobPath(digest), kind: 'file', mode: 0o644, size: bytes.length }, bytes);
  }
  const files = {
    'index.json': index(daemon, saved),
    'manifest.json': manifest(daemon, saved),
    'oci-layout': { imageLayoutVersion: '1.0.0' },
    repositories: repositories(saved),
  };
  for (const [name, value] of Object.entries(files)) {
    const bytes = new TextEncoder().encode(goJson(value));
    tar.add({ ...epoch, name, kind: 'file', mode: 0o644, size: bytes.length }, bytes);
  }
  for (const { image } of saved) daemon.announcements.tell('image', 'save', image.id, { name: image.id });
  return tar.finish();
}

const blobPath = (digest: string) => `blobs/sha256/${digest.slice(7)}`;

function gather(daemon: Daemon, references: readonly string[]): Saved[] {
  const saved = new Map<string, { image: ImageRecord; tags: string[] }>();
  for (const reference of references) {
    const image = lookupImage(daemon, reference);
    if (!image) throw new Failure('not-found', `No such image: ${reference}`, { object: 'image' });
    const one = saved.get(image.id) ?? { image, tags: [] };
    saved.set(image.id, one);
    const canonical = canonicalName(reference);
    const hex = reference.replace(/^sha256:/, '');
    const byId = image.id.startsWith(`sha256:${hex}`) && /^[0-9a-f]+$/.test(hex);
    if (canonical && !canonical.includes('@') && !byId) one.tags.push(canonical);
    else if (canonical && !byId)
      one.tags.push(...namesOf(daemon, findImage(daemon, reference).id).filter((name) => !name.includes('@')));
  }
  return [...saved.values()];
}

function blobsOf(saved: readonly Saved[]): string[] {
  const blobs = new Set<string>();
  for (const { image } of saved) for (const digest of [image.id, image.manifest, ...image.diffIds]) blobs.add(digest);
  return [...blobs].sort();
}

function manifest(daemon: Daemon, saved: readonly Saved[]) {
  return saved.map(({ image, tags }) => ({
    Config: blobPath(image.id),
    RepoTags: tags.length ? tags.map(familiarName) : null,
    Layers: image.diffIds.map(blobPath),
    LayerSources: Object.fromEntries(
      [...image.diffIds].sort().map((digest) => [
        digest,
        {
          mediaType: 'application/vnd.oci.image.layer.v1.tar',
          size: daemon.options.content.get(digest)?.length ?? 0,
          digest,
        },
      ]),
    ),
  }));
}

function index(daemon: Daemon, saved: readonly Saved[]) {
  const manifests = saved.flatMap(({ image, tags }) => {
    const descriptor = {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: image.manifest,
      size: daemon.options.content.get(image.manifest)?.length ?? 0,
    };
    if (!tags.length) return [descriptor];
    return tags.map((tag) => ({
      ...descriptor,
      annotations: { 'io.containerd.image.name': tag, 'org.opencontainers.image.ref.name': nameParts(tag).tag },
    }));
  });
  return { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests };
}

function repositories(saved: readonly Saved[]) {
  const found: Record<string, Record<string, string>> = {};
  for (const { image, tags } of saved) {
    for (const name of tags) {
      const { repository, tag } = nameParts(name);
      (found[familiarName(repository)] ??= {})[tag!] = (image.diffIds.at(-1) ?? image.id).slice(7);
    }
  }
  return found;
}
