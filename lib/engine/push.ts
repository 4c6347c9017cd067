import type { Digest } from '../content';
import { Failure } from '../errors';
import type { Daemon } from './daemon';
import { canonicalName, familiarName, nameParts } from './image-names';

export interface PushResult {
  readonly tag: string;
  readonly digest: Digest;
  /** Bytes of the manifest. */
  readonly size: number;
}

export interface PushProgress {
  readonly start?: (name: string) => void | Promise<void>;
  readonly layer?: (layer: string, step: 'preparing' | 'exists' | 'pushed') => void | Promise<void>;
}

/** `docker push`: leaves an image in the registry; layers that it has already stay where they are. */
export async function push(daemon: Daemon, reference: string, progress: PushProgress = {}): Promise<PushResult> {
  const canonical = canonicalName(reference);
  if (!canonical) throw new Failure('invalid', 'invalid reference format');
  const { repository, tag } = nameParts(canonical);
  if (!tag) throw new Failure('invalid', 'cannot push a digest reference');
  await progress.start?.(repository);
  const id = daemon.state.images.tags.get(canonical);
  const image = id && daemon.state.images.byId.get(id);
  if (!image)
    throw new Failure('not-found', `An image does not exist locally with the tag: ${familiarName(repository)}`);
  const registry = daemon.options.registry;
  if (!registry)
    throw new Failure('unavailable', 'Get "https://registry-1.docker.io/v2/": no registry is reachable from here');
  const layers = [...image.diffIds].reverse();
  for (const diffId of layers) await progress.layer?.(diffId.slice(7, 19), 'preparing');
  const known = new Set(layers.filter((diffId) => registry.has(diffId)));
  await registry.keep(canonical, {
    manifest: image.manifest,
    config: image.id as unknown as Digest,
    diffIds: image.diffIds,
  });
  for (const diffId of layers) await progress.layer?.(diffId.slice(7, 19), known.has(diffId) ? 'exists' : 'pushed');
  daemon.change({ type: 'image:tagged', reference: `${repository}@${image.manifest}`, id: image.id });
  daemon.announcements.tell('image', 'push', familiarName(canonical), { name: familiarName(repository) });
  return { tag, digest: image.manifest, size: daemon.options.content.get(image.manifest)?.length ?? 0 };
}
