import type { ContainerId, ContainerRecord } from '../container';
import { containerAttributes } from './create';
import type { Daemon, Live } from './daemon';
import { leaveNetworks } from './networking';
import { remove } from './rm';
import type { TaskEnd } from './runtime';
import { announceNetworks, announceVolumes, launch } from './start';
import { never, parseTime } from './time';

/** Records that a container's pid 1 ended, and does what its restart policy or `--rm` says. */
export async function containerEnded(daemon: Daemon, id: ContainerId, live: Live, end: TaskEnd): Promise<void> {
  const record = daemon.state.containers.get(id);
  live.stop.abort();
  live.log.flush();
  if (daemon.live.get(id) === live) daemon.live.delete(id);
  if (!record) return live.hub.end();
  const again = shouldRestart(record, live, end);
  recordEnd(daemon, record, end, again);
  live.hub.end();
  daemon.wake(id, 'exit');
  if (again) void restartLater(daemon, id, end);
  else if (record.hostConfig.AutoRemove) await remove(daemon, id, { force: true, volumes: true });
}

function recordEnd(daemon: Daemon, record: ContainerRecord, end: TaskEnd, again: boolean): void {
  const startedAt = 'startedAt' in record.state ? record.state.startedAt : never;
  const finishedAt = daemon.now();
  const { exitCode } = end;
  daemon.change({
    type: 'container:ended',
    id: record.id,
    restartCount: again ? record.restartCount + 1 : record.restartCount,
    state: again
      ? { state: 'restarting', exitCode, startedAt, finishedAt }
      : { state: 'exited', exitCode, startedAt, finishedAt, ...(end.oomKilled ? { oomKilled: true } : {}) },
  });
  const execDuration = String(Number(((parseTime(finishedAt) ?? 0n) - (parseTime(startedAt) ?? 0n)) / 1_000_000_000n));
  const attributes = containerAttributes(record);
  if (end.oomKilled) daemon.announcements.tell('container', 'oom', record.id, attributes);
  announceNetworks(daemon, record, 'disconnect');
  announceVolumes(daemon, record, 'unmount');
  daemon.announcements.tell('container', 'die', record.id, { ...attributes, execDuration, exitCode: String(exitCode) });
  daemon.change({ type: 'container:networked', id: record.id, networks: leaveNetworks(record), ports: {} });
}

function shouldRestart(record: ContainerRecord, live: Live, end: TaskEnd): boolean {
  const { Name, MaximumRetryCount } = record.hostConfig.RestartPolicy;
  if (live.stopRequested) return false;
  if (Name === 'always' || Name === 'unless-stopped') return true;
  return (
    Name === 'on-failure' && end.exitCode !== 0 && (MaximumRetryCount === 0 || record.restartCount < MaximumRetryCount)
  );
}

/** 100 ms, doubled with each restart up to a minute. (moby, restartmanager) */
async function restartLater(daemon: Daemon, id: ContainerId, end: TaskEnd): Promise<void> {
  const cancel = new AbortController();
  daemon.restarting.set(id, cancel);
  const count = daemon.record(id).restartCount;
  await daemon.options.clock.sleep(Math.min(100 * 2 ** (count - 1), 60_000), cancel.signal);
  daemon.restarting.delete(id);
  const record = daemon.state.containers.get(id);
  if (cancel.signal.aborted || record?.state.state !== 'restarting') return;
  try {
    await launch(daemon, record, { restartCount: record.restartCount });
  } catch {
    // The failed start is recorded as the container's state; nobody waits for this one's answer.
    void end;
  }
}
