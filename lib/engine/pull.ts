import type { Digest } from '../content';
import { Failure } from '../errors';
import { addImage } from './add-image';
import type { Daemon } from './daemon';
import { canonicalName, familiarName, nameParts } from './image-names';
import type { RegistryImage } from './registry';
import type { ImageRecord } from './state';

export interface PullResult {
  /** Familiar name of the repository. */
  readonly name: string;
  /** What was asked for: a tag or a digest. */
  readonly tag: string;
  readonly digest: Digest;
  /** The reference's image was the same before. */
  readonly upToDate: boolean;
  readonly image: ImageRecord;
}

export type LayerProgress = (
  layer: string,
  step: 'exists' | 'pulling' | 'downloaded' | 'complete',
) => void | Promise<void>;

/** Where a pull is about to begin, then each layer's progress. */
export interface PullProgress {
  readonly start?: (tag: string, name: string) => void | Promise<void>;
  readonly layer?: LayerProgress;
}

/** `docker pull`: an image from the registry, of which only the missing layers move. */
export async function pull(daemon: Daemon, reference: string, progress: PullProgress = {}): Promise<PullResult> {
  const canonical = canonicalName(reference);
  if (!canonical) throw new Failure('invalid', 'invalid reference format');
  const { repository, tag, digest } = nameParts(canonical);
  const found = await daemon.options.registry?.find(canonical);
  if (!found) throw notInRegistry(daemon, repository, tag ?? digest!);
  await progress.start?.(tag ?? digest!, repository.replace(/^docker\.io\//, ''));
  const before = daemon.state.images.tags.get(canonical);
  const present = [...daemon.state.images.byId.values()].some((image) => (image.id as string) === found.config);
  if (!present) await bringLayers(daemon, found, progress);
  const config = daemon.options.content.get(found.config);
  if (!config) throw new Failure('internal', `the registry names ${found.config}, which is not in the content store`);
  const image = addImage(daemon, config);
  if (tag) daemon.change({ type: 'image:tagged', reference: canonical, id: image.id, at: daemon.now() });
  daemon.change({ type: 'image:tagged', reference: `${repository}@${found.manifest}`, id: image.id });
  const name = familiarName(canonical);
  daemon.announcements.tell('image', 'pull', name, { name: familiarName(repository) });
  return {
    name: familiarName(repository),
    tag: tag ?? digest!,
    digest: found.manifest,
    upToDate: present && (before === image.id || !tag),
    image,
  };
}

function notInRegistry(daemon: Daemon, repository: string, wanted: string): Failure {
  const known = daemon.options.registry !== undefined;
  const name = familiarName(repository);
  if (!known)
    return new Failure('unavailable', `Get "https://registry-1.docker.io/v2/": no registry is reachable from here`);
  void wanted;
  return new Failure(
    'not-found',
    `pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
  );
}

async function bringLayers(daemon: Daemon, found: RegistryImage, progress: PullProgress): Promise<void> {
  const here = new Set([...daemon.state.images.byId.values()].flatMap((image) => image.diffIds));
  for (const diffId of found.diffIds) {
    const short = diffId.slice(7, 19);
    if (here.has(diffId)) await progress.layer?.(short, 'exists');
    else await progress.layer?.(short, 'pulling');
  }
  for (const diffId of found.diffIds) {
    if (here.has(diffId)) continue;
    if (!daemon.options.content.has(diffId)) throw new Failure('unavailable', `layer ${diffId} could not be brought`);
    await progress.layer?.(diffId.slice(7, 19), 'downloaded');
    await progress.layer?.(diffId.slice(7, 19), 'complete');
  }
}
