import type { ContainerRecord, ImageId } from '../container';
import { chainIds } from '../layer';
import type { Daemon } from './daemon';
import { imageConfig } from './image-config';
import { canonicalName, familiarName } from './image-names';
import { findImage } from './lookup';
import { imageInUse, imageInUseByTag } from './sentences';
import type { ImageRecord } from './state';
import { isActive } from './wait';

export interface RemoveImageOptions {
  readonly force?: boolean;
  readonly noPrune?: boolean;
}

export type RemovedImage = { readonly untagged: string } | { readonly deleted: string };

/**
 * `docker rmi`. A name: that name goes, and the image with its last one. An id: all of its names, when it has only one (or
 * with force). Untagged parents that nothing else needs go too, and each layer that nobody has any more is named.
 */
export function removeImage(daemon: Daemon, reference: string, options: RemoveImageOptions = {}): RemovedImage[] {
  const image = findImage(daemon, reference);
  const names = namesOf(daemon, image.id);
  const removed: RemovedImage[] = [];
  const named = isId(reference, image.id) ? undefined : canonicalName(reference);
  if (named) {
    if (!otherTags(names, named)) refuseInUse(daemon, image, familiarName(named), options);
    untag(daemon, image.id, named, removed);
    for (const digest of names.filter((name) => name.includes('@')))
      if (!otherTags(names, named)) untag(daemon, image.id, digest, removed);
    if (namesOf(daemon, image.id).length) return removed;
  } else {
    removeById(daemon, image, names, options, removed);
  }
  deleteImage(daemon, image, removed, options, true);
  return removed;
}

const otherTags = (names: readonly string[], named: string) =>
  names.some((name) => name !== named && !name.includes('@'));

function isId(reference: string, id: ImageId): boolean {
  const hex = reference.replace(/^sha256:/, '');
  return /^[0-9a-f]+$/.test(hex) && id.startsWith(`sha256:${hex}`);
}

function removeById(
  daemon: Daemon,
  image: ImageRecord,
  names: readonly string[],
  options: RemoveImageOptions,
  removed: RemovedImage[],
): void {
  const short = image.id.slice(7, 19);
  const repositories = new Set(names.map((name) => name.replace(/[:@].*$/, '')));
  if (!options.force && repositories.size > 1)
    throw imageInUse(short, 'must be forced', 'image is referenced in multiple repositories');
  refuseUsers(daemon, image, options);
  for (const name of names) untag(daemon, image.id, name, removed);
}

function refuseInUse(daemon: Daemon, image: ImageRecord, name: string, options: RemoveImageOptions): void {
  if (options.force) return;
  const user = usersOf(daemon, image.id)[0];
  if (user) throw imageInUseByTag(name, user.id.slice(0, 12), image.id.slice(7, 19));
}

function refuseUsers(daemon: Daemon, image: ImageRecord, options: RemoveImageOptions): void {
  const short = image.id.slice(7, 19);
  const running = usersOf(daemon, image.id).find(isActive);
  if (running)
    throw imageInUse(short, 'cannot be forced', `image is being used by running container ${running.id.slice(0, 12)}`);
  const stopped = usersOf(daemon, image.id)[0];
  if (stopped && !options.force)
    throw imageInUse(short, 'must be forced', `image is being used by stopped container ${stopped.id.slice(0, 12)}`);
}

function deleteImage(
  daemon: Daemon,
  image: ImageRecord,
  removed: RemovedImage[],
  options: RemoveImageOptions,
  first: boolean,
): void {
  const children = [...daemon.state.images.byId.values()].some((other) => other.parent === image.id);
  const active = usersOf(daemon, image.id);
  if (children) {
    if (first && namesOf(daemon, image.id).length === 0 && removed.length === 0) {
      throw imageInUse(image.id.slice(7, 19), 'cannot be forced', 'image has dependent child images');
    }
    return;
  }
  if (active.length && (!first || active.some(isActive) || !options.force)) return;
  daemon.change({ type: 'image:removed', id: image.id });
  daemon.announcements.tell('image', 'delete', image.id, { name: image.id });
  removed.push({ deleted: image.id });
  for (const chainId of orphanedChains(daemon, image)) removed.push({ deleted: chainId });
  const parent = image.parent && daemon.state.images.byId.get(image.parent);
  if (parent && !options.noPrune && namesOf(daemon, parent.id).length === 0)
    deleteImage(daemon, parent, removed, options, false);
}

function untag(daemon: Daemon, id: ImageId, reference: string, removed: RemovedImage[]): void {
  daemon.change({ type: 'image:untagged', reference });
  const record = daemon.state.images.byId.get(id);
  const labels = (record && imageConfig(daemon, record).config?.Labels) ?? {};
  daemon.announcements.tell('image', 'untag', id, { ...labels, name: id });
  removed.push({ untagged: familiarName(reference) });
}

/** Stacks of the removed image that no image and no container stands on now, from the top down. */
function orphanedChains(daemon: Daemon, image: ImageRecord): string[] {
  const kept = new Set<string>();
  for (const other of daemon.state.images.byId.values())
    for (const id of chainIds(other.diffIds as never)) kept.add(id);
  for (const { diffIds } of daemon.state.sheets.values()) for (const id of chainIds(diffIds as never)) kept.add(id);
  return [...chainIds(image.diffIds as never)].reverse().filter((id) => !kept.has(id));
}

/** Every name of an image, canonical: tags first. */
export function namesOf(daemon: Daemon, id: ImageId): string[] {
  const { tags, digests } = daemon.state.images;
  return [...tags, ...digests].filter(([, image]) => image === id).map(([name]) => name);
}

export function usersOf(daemon: Daemon, id: ImageId): ContainerRecord[] {
  return [...daemon.state.containers.values()].filter((record) => record.imageId === id);
}
