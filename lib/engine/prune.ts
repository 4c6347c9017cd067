import { Failure } from '../errors';
import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { imageConfig } from './image-config';
import { layerSize, sheetSize } from './layer-size';
import { type Filters, hasLabel, invalidFilter } from './list';
import { isUserMade } from './networking';
import { removeNetwork } from './networks';
import { namesOf, type RemovedImage, removeImage, usersOf } from './rmi';
import { parseTime } from './time';
import { removeVolume, volumeUsers } from './volumes';
import { isActive } from './wait';

export interface Pruned<T = string> {
  readonly removed: readonly T[];
  /** Bytes. */
  readonly reclaimed: number;
}

function check(filters: Filters, known: readonly string[]): void {
  for (const name of Object.keys(filters)) if (!known.includes(name)) throw invalidFilter(name);
}

/** `until=…` (a time as text) and labels, as every prune knows them. */
function accepts(filters: Filters, labels: Readonly<Record<string, string>> | null, created: string): boolean {
  if (filters.label && !filters.label.every((label) => hasLabel(labels, label))) return false;
  if (filters['label!']?.some((label) => hasLabel(labels, label))) return false;
  const until = filters.until?.[0] === undefined ? undefined : parseTime(filters.until[0]);
  if (filters.until && until === undefined)
    throw new Failure('invalid', `failed to parse value as time or duration: ${JSON.stringify(filters.until[0])}`);
  return until === undefined || (parseTime(created) ?? 0n) < until;
}

/** `docker container prune`: every container that does not run. */
export async function pruneContainers(daemon: Daemon, filters: Filters = {}): Promise<Pruned> {
  check(filters, ['label', 'label!', 'until']);
  const removed: string[] = [];
  let reclaimed = 0;
  for (const record of [...daemon.state.containers.values()]) {
    if (isActive(record) || !accepts(filters, record.config.Labels, record.created)) continue;
    reclaimed += sheetSize(daemon.union(record.snapshot).sheet);
    daemon.change({ type: 'container:removed', id: record.id });
    daemon.announcements.tell('container', 'destroy', record.id, containerAttributes(record));
    removed.push(record.id);
  }
  daemon.announcements.tell('container', 'prune', '', { reclaimed: String(reclaimed) });
  return { removed, reclaimed };
}

/** `docker image prune`: dangling images, or with `all` every one that no container uses. */
export function pruneImages(daemon: Daemon, filters: Filters = {}, all = false): Pruned<RemovedImage> {
  check(filters, ['dangling', 'label', 'label!', 'until']);
  const removed: RemovedImage[] = [];
  const before = totalSize(daemon);
  for (const image of [...daemon.state.images.byId.values()]) {
    if (!daemon.state.images.byId.has(image.id) || usersOf(daemon, image.id).length) continue;
    const names = namesOf(daemon, image.id);
    const child = [...daemon.state.images.byId.values()].some((other) => other.parent === image.id);
    if ((names.length && !all) || (child && !names.length)) continue;
    if (!accepts(filters, imageConfig(daemon, image).config?.Labels ?? null, image.created)) continue;
    if (names.length) for (const name of names) removed.push(...removeImage(daemon, name, {}));
    else removed.push(...removeImage(daemon, image.id, {}));
  }
  const reclaimed = before - totalSize(daemon);
  daemon.announcements.tell('image', 'prune', '', { reclaimed: String(reclaimed) });
  return { removed, reclaimed };
}

/** Bytes of all images' layers, shared ones once. */
export function totalSize(daemon: Daemon): number {
  const layers = new Set([...daemon.state.images.byId.values()].flatMap((image) => image.diffIds));
  return [...layers].reduce((sum, layer) => sum + layerSize(daemon, layer), 0);
}

/** `docker volume prune`: anonymous volumes that no container has, or with `all` named ones too. */
export function pruneVolumes(daemon: Daemon, filters: Filters = {}): Pruned {
  check(filters, ['all', 'label', 'label!']);
  const all = filters.all?.some((value) => value === 'true' || value === '1') ?? false;
  const removed: string[] = [];
  let reclaimed = 0;
  for (const volume of [...daemon.state.volumes.values()]) {
    if ((!volume.anonymous && !all) || volumeUsers(daemon, volume.name).length) continue;
    if (!accepts(filters, volume.labels, volume.created)) continue;
    reclaimed += sheetSize(daemon.union(volume.snapshot).sheet);
    removeVolume(daemon, volume.name, {});
    removed.push(volume.name);
  }
  daemon.announcements.tell('volume', 'prune', '', { reclaimed: String(reclaimed) });
  return { removed, reclaimed };
}

/** `docker network prune`: user-made networks without containers. */
export function pruneNetworks(daemon: Daemon, filters: Filters = {}): Pruned {
  check(filters, ['label', 'label!', 'until']);
  const removed: string[] = [];
  for (const network of [...daemon.state.networks.values()]) {
    const used = [...daemon.state.containers.values()].some(
      (record) => record.networks[network.name] && isActive(record),
    );
    if (!isUserMade(network) || used || !accepts(filters, network.labels, network.created)) continue;
    removeNetwork(daemon, network.id);
    removed.push(network.name);
  }
  daemon.announcements.tell('network', 'prune', '', { reclaimed: '0' });
  return { removed, reclaimed: 0 };
}

/** `docker builder prune`: the build cache. */
export function pruneCache(daemon: Daemon): Pruned {
  const records = [...daemon.state.buildCache.values()];
  for (const record of records) daemon.change({ type: 'cache:removed', id: record.id });
  const reclaimed = records.reduce((sum, record) => sum + record.size, 0);
  daemon.announcements.tell('builder', 'prune', '', { reclaimed: String(reclaimed) });
  return { removed: records.map((record) => record.id), reclaimed };
}
