import type { HostConfig } from '../container';
import { Failure } from '../errors';
import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';

/** `docker update`: limits and restart policy of an existing container. */
export function update(daemon: Daemon, reference: string, changes: Partial<HostConfig>): void {
  const record = findContainer(daemon, reference);
  if (record.hostConfig.AutoRemove && changes.RestartPolicy && changes.RestartPolicy.Name !== 'no') {
    throw new Failure(
      'invalid',
      `Cannot update container ${record.id}: Restart policy cannot be updated because AutoRemove is enabled for the container`,
    );
  }
  checkMemory(record.hostConfig, changes, record.id);
  daemon.change({ type: 'container:updated', id: record.id, hostConfig: changes });
  daemon.announcements.tell('container', 'update', record.id, containerAttributes(record));
}

function checkMemory(before: HostConfig, changes: Partial<HostConfig>, id: string): void {
  const memory = Number(changes.Memory ?? 0);
  const swap = Number(changes.MemorySwap ?? before.MemorySwap ?? 0);
  if (memory > 0 && memory < 6 * 1024 * 1024) {
    throw new Failure('invalid', `Cannot update container ${id}: Minimum memory limit allowed is 6MB`);
  }
  if (memory > 0 && swap > 0 && memory > swap) {
    throw new Failure(
      'invalid',
      `Cannot update container ${id}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time`,
    );
  }
}
