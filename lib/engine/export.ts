import { exportTar } from '../snapshot';
import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';

/** `docker export`: all of a container's files as one tar, layers and sheet made one; volumes are not in it. */
export function exportContainer(daemon: Daemon, reference: string): Uint8Array {
  const record = findContainer(daemon, reference);
  const tar = exportTar(daemon.union(record.snapshot));
  daemon.announcements.tell('container', 'export', record.id, containerAttributes(record));
  return tar;
}
