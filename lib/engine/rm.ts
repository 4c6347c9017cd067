import type { ContainerRecord } from '../container';
import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import { cannotRemove } from './sentences';
import { removeVolume } from './volumes';

export interface RemoveOptions {
  /** Kills it first when it runs. */
  readonly force?: boolean;
  /** Its anonymous volumes too. */
  readonly volumes?: boolean;
}

/** `docker rm`: the record, the log and the writable sheet go; the image stays. */
export async function remove(daemon: Daemon, reference: string, options: RemoveOptions = {}): Promise<void> {
  const record = findContainer(daemon, reference);
  if (!options.force) refuse(record, reference);
  daemon.restarting.get(record.id)?.abort();
  const live = daemon.live.get(record.id);
  if (live) {
    live.stopRequested = true;
    live.task.resume();
    live.task.kill('KILL');
    daemon.announcements.tell('container', 'kill', record.id, { ...containerAttributes(record), signal: '9' });
    await live.recorded;
  }
  if (!daemon.state.containers.has(record.id)) return;
  daemon.change({ type: 'container:removed', id: record.id });
  daemon.announcements.tell('container', 'destroy', record.id, containerAttributes(record));
  if (options.volumes) removeAnonymousVolumes(daemon, record);
  daemon.wake(record.id, 'removed');
}

function refuse(record: ContainerRecord, reference: string): void {
  const { state } = record.state;
  if (state === 'running')
    throw cannotRemove(reference, 'running', ': stop the container before removing or force remove');
  if (state === 'paused') throw cannotRemove(reference, 'paused', ' and must be unpaused first');
  if (state === 'restarting')
    throw cannotRemove(reference, 'restarting', ': stop the container before removing or force remove');
}

function removeAnonymousVolumes(daemon: Daemon, record: ContainerRecord): void {
  for (const mount of record.mounts) {
    const volume = mount.Type === 'volume' && mount.Name ? daemon.state.volumes.get(mount.Name) : undefined;
    const shared = [...daemon.state.containers.values()].some((other) =>
      other.mounts.some((one) => one.Name === mount.Name),
    );
    if (volume?.anonymous && !shared) removeVolume(daemon, volume.name, {});
  }
}
