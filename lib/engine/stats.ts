import type { ContainerRecord } from '../container';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import type { ResourceUsage } from './runtime';

export interface ContainerStats {
  readonly record: ContainerRecord;
  /** Undefined when it does not run. */
  readonly usage?: ResourceUsage;
  /** Bytes it may use: its limit, or the computer's memory. */
  readonly memoryLimit: number;
  /** Milliseconds since it started. */
  readonly lifetime: number;
}

/** `docker stats`, one look. */
export function stats(daemon: Daemon, reference: string): ContainerStats {
  const record = findContainer(daemon, reference);
  const running = daemon.live.has(record.id);
  const memoryLimit = Number(record.hostConfig.Memory ?? 0) || (daemon.options.host?.memory ?? 8 * 2 ** 30);
  const startedAt = 'startedAt' in record.state ? Date.parse(record.state.startedAt) : 0;
  const lifetime = Number(daemon.options.clock.now() / 1_000_000n) - startedAt;
  return { record, usage: running ? daemon.options.runtime.usage(record.id) : undefined, memoryLimit, lifetime };
}
