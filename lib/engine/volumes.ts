import { hex } from '../clock';
import type { ContainerRecord } from '../container';
import { Failure } from '../errors';
import type { Daemon } from './daemon';
import { sheetSize } from './layer-size';
import { findVolume } from './lookup';
import { makeVolume } from './mounts';
import { volumeInUse } from './sentences';
import type { VolumeRecord } from './state';

export interface CreateVolumeOptions {
  readonly name?: string;
  readonly driver?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, string>>;
}

/** `docker volume create`: the volume, new or the one of that name. */
export function createVolume(daemon: Daemon, asked: CreateVolumeOptions): VolumeRecord {
  if (asked.driver && asked.driver !== 'local') {
    throw new Failure(
      'not-found',
      `error looking up volume plugin ${asked.driver}: plugin "${asked.driver}" not found`,
    );
  }
  const name = asked.name || hex(daemon.options.chance, 32);
  const labels = asked.labels && Object.keys(asked.labels).length ? { ...asked.labels } : null;
  const options = asked.options && Object.keys(asked.options).length ? { ...asked.options } : null;
  const anonymous = !asked.name;
  return makeVolume(daemon, {
    name,
    anonymous,
    labels: anonymous ? { 'com.docker.volume.anonymous': '', ...labels } : labels,
    options,
  });
}

/** `docker volume rm`. */
export function removeVolume(daemon: Daemon, name: string, options: { readonly force?: boolean }): void {
  if (options.force && !daemon.state.volumes.has(name)) return;
  const volume = findVolume(daemon, name);
  const users = volumeUsers(daemon, name);
  if (users.length)
    throw volumeInUse(
      name,
      users.map((record) => record.id),
    );
  daemon.change({ type: 'volume:removed', name });
  daemon.change({ type: 'sheet:removed', key: volume.snapshot });
  daemon.announcements.tell('volume', 'destroy', name, { driver: 'local' });
}

export function volumeUsers(daemon: Daemon, name: string): ContainerRecord[] {
  return [...daemon.state.containers.values()].filter((record) => record.mounts.some((mount) => mount.Name === name));
}

/** Bytes of the volume's files. */
export function volumeSize(daemon: Daemon, volume: VolumeRecord): number {
  return sheetSize(daemon.union(volume.snapshot).sheet);
}
