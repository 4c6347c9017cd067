import type { ContainerId, ContainerRecord, ImageId } from '../container';
import type { Daemon } from './daemon';
import { canonicalName, defaultTag } from './image-names';
import { ambiguousId, noSuchContainer, noSuchImage, noSuchNetwork, noSuchVolume } from './sentences';
import type { ImageRecord, NetworkRecord, VolumeRecord } from './state';

/** A container by its whole id, its name (with or without the slash), or the beginning of its id, in that order. */
export function findContainer(daemon: Daemon, reference: string): ContainerRecord {
  const { containers } = daemon.state;
  const exact = containers.get(reference as ContainerId);
  if (exact) return exact;
  const name = reference.replace(/^\//, '');
  const named = containerNamed(daemon, name);
  if (named) return named;
  const matches = reference ? [...containers.values()].filter((record) => record.id.startsWith(reference)) : [];
  if (matches.length > 1) throw ambiguousId(reference);
  if (!matches[0]) throw noSuchContainer(reference);
  return matches[0];
}

export function containerNamed(daemon: Daemon, name: string): ContainerRecord | undefined {
  for (const record of daemon.state.containers.values()) if (record.name === name) return record;
  return undefined;
}

/** An image by id (or the beginning of one, with or without `sha256:`), by `name@digest`, or by name and tag (`latest`). */
export function findImage(daemon: Daemon, reference: string): ImageRecord {
  const found = lookupImage(daemon, reference);
  if (!found) throw noSuchImage(/^(sha256:)?[0-9a-f]{64}$/.test(reference) ? reference : defaultTag(reference));
  return found;
}

export function lookupImage(daemon: Daemon, reference: string): ImageRecord | undefined {
  const { byId, tags, digests } = daemon.state.images;
  const whole = byId.get((reference.startsWith('sha256:') ? reference : `sha256:${reference}`) as ImageId);
  if (whole) return whole;
  const canonical = canonicalName(reference);
  const id = canonical && (tags.get(canonical) ?? digests.get(canonical));
  if (id) return byId.get(id);
  const prefix = /^(?:sha256:)?([0-9a-f]{1,64})$/.exec(reference)?.[1];
  if (!prefix) return undefined;
  const matches = [...byId.values()].filter((image) => image.id.startsWith(`sha256:${prefix}`));
  return matches.length === 1 ? matches[0] : undefined;
}

export function findVolume(daemon: Daemon, name: string): VolumeRecord {
  const volume = daemon.state.volumes.get(name);
  if (!volume) throw noSuchVolume(name);
  return volume;
}

/** A network by name, id, or the beginning of its id. */
export function findNetwork(daemon: Daemon, reference: string): NetworkRecord {
  const all = [...daemon.state.networks.values()];
  const found =
    all.find((network) => network.id === reference) ??
    all.find((network) => network.name === reference) ??
    only(all.filter((network) => reference && network.id.startsWith(reference)));
  if (!found) throw noSuchNetwork(reference);
  return found;
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
