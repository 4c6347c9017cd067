import { Failure } from '../errors';
import type { ProcessRow } from '../process';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import { notRunning } from './sentences';

/** `docker top`: the processes of a running container, as the host sees them. */
export function top(daemon: Daemon, reference: string): readonly ProcessRow[] {
  const record = findContainer(daemon, reference);
  if (!daemon.live.has(record.id)) throw notRunning(record.id);
  if (record.state.state === 'restarting')
    throw new Failure('conflict', `Container ${record.id} is restarting, wait until the container is running`);
  return daemon.options.runtime.top(record.id);
}
