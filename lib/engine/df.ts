import type { Daemon } from './daemon';
import { listImages } from './images';
import { list } from './list';
import { totalSize } from './prune';
import { usersOf } from './rmi';
import { volumeSize, volumeUsers } from './volumes';
import { isActive } from './wait';

export interface UsageRow {
  readonly type: 'Images' | 'Containers' | 'Local Volumes' | 'Build Cache';
  readonly total: number;
  readonly active: number;
  /** Bytes. */
  readonly size: number;
  readonly reclaimable: number;
}

/** `docker system df`: what images, containers, volumes and the build cache hold. */
export function diskUsage(daemon: Daemon): UsageRow[] {
  const images = listImages(daemon, { all: true });
  const used = images.filter(({ record }) => usersOf(daemon, record.id).length);
  const size = totalSize(daemon);
  const usedSize = used.length
    ? Math.min(
        size,
        used.reduce((most, { record }) => Math.max(most, record.size), 0),
      )
    : 0;
  const containers = list(daemon, { all: true, size: true });
  const idle = containers.filter(({ record }) => !isActive(record));
  const sum = (rows: typeof containers) => rows.reduce((total, row) => total + (row.size?.own ?? 0), 0);
  const volumes = [...daemon.state.volumes.values()].map((volume) => ({
    size: volumeSize(daemon, volume),
    used: volumeUsers(daemon, volume.name).length > 0,
  }));
  const cache = [...daemon.state.buildCache.values()];
  const bytes = (rows: readonly { size: number }[]) => rows.reduce((total, row) => total + row.size, 0);
  return [
    { type: 'Images', total: images.length, active: used.length, size, reclaimable: size - usedSize },
    {
      type: 'Containers',
      total: containers.length,
      active: containers.length - idle.length,
      size: sum(containers),
      reclaimable: sum(idle),
    },
    {
      type: 'Local Volumes',
      total: volumes.length,
      active: volumes.filter((volume) => volume.used).length,
      size: bytes(volumes),
      reclaimable: bytes(volumes.filter((volume) => !volume.used)),
    },
    { type: 'Build Cache', total: cache.length, active: 0, size: bytes(cache), reclaimable: bytes(cache) },
  ];
}
