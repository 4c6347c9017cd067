import type { Change } from '../layer';
import { changes } from '../snapshot';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';

/** `docker diff`: what the container's own sheet changes in what lies below it. */
export function diff(daemon: Daemon, reference: string): readonly Change[] {
  const record = findContainer(daemon, reference);
  const { lower, sheet } = daemon.union(record.snapshot);
  return changes(lower, sheet);
}
