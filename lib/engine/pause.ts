import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import { alreadyPaused, notRunning } from './sentences';

/** `docker pause`: every process of the container is frozen where it is. */
export function pause(daemon: Daemon, reference: string): void {
  const record = findContainer(daemon, reference);
  if (record.state.state === 'paused') throw alreadyPaused(record.id);
  const live = daemon.live.get(record.id);
  if (record.state.state !== 'running' || !live) throw notRunning(record.id);
  live.task.pause();
  daemon.change({ type: 'container:paused', id: record.id });
  daemon.announcements.tell('container', 'pause', record.id, containerAttributes(record));
}
