import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import { start } from './start';
import { type StopOptions, stop } from './stop';

/** `docker restart`: stop and start, on the same files. */
export async function restart(daemon: Daemon, reference: string, options: StopOptions = {}): Promise<void> {
  const record = findContainer(daemon, reference);
  await stop(daemon, record.id, options);
  await start(daemon, record.id);
  daemon.announcements.tell('container', 'restart', record.id, containerAttributes(record));
}
