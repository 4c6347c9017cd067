import type { ContainerRecord } from '../container';
import type { Daemon, WaitCondition } from './daemon';
import { findContainer } from './lookup';

/** The container's exit code, once the condition holds. `removed` and `next-exit` count from the call. */
export async function wait(
  daemon: Daemon,
  reference: string,
  condition: WaitCondition = 'not-running',
): Promise<number> {
  const record = findContainer(daemon, reference);
  if (condition === 'not-running' && !isActive(record)) return lastExitCode(record);
  const exited = daemon.nextEvent(record.id, 'exit', () => lastExitCode(daemon.record(record.id)));
  if (condition === 'removed') await daemon.nextEvent(record.id, 'removed', () => undefined);
  return exited;
}

export function isActive(record: ContainerRecord): boolean {
  return ['running', 'paused', 'restarting'].includes(record.state.state);
}

export function lastExitCode(record: ContainerRecord): number {
  return 'exitCode' in record.state ? (record.state.exitCode ?? 0) : 0;
}
