import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import { notPaused } from './sentences';

/** `docker unpause`: its processes go on from where they were. */
export function unpause(daemon: Daemon, reference: string): void {
  const record = findContainer(daemon, reference);
  if (record.state.state !== 'paused') throw notPaused(record.id);
  daemon.live.get(record.id)?.task.resume();
  daemon.change({ type: 'container:unpaused', id: record.id });
  daemon.announcements.tell('container', 'unpause', record.id, containerAttributes(record));
}
