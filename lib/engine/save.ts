import { type ContentStore, parseDigest } from '../content';
import { Failure } from '../errors';
import { type Manifest, parseNormalised, saveArchive } from '../image';
import type { Daemon } from './daemon';
import { canonicalName } from './image-names';
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
  const { content } = daemon.options;
  const archive = saveArchive(
    content,
    saved.map(({ image, tags }) => ({ image: described(content, image), references: tags.map(parseNormalised) })),
  );
  for (const { image } of saved) daemon.announcements.tell('image', 'save', image.id, { name: image.id });
  return archive;
}

function described(content: ContentStore, { id, manifest: manifestDigest }: ImageRecord) {
  const bytes = content.get(manifestDigest);
  if (!bytes) throw new Failure('internal', `${manifestDigest} is not in the content store`);
  const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
  return { configDigest: parseDigest(id), manifestDigest, manifestSize: bytes.length, manifest };
}

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
