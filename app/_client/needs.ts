import type { Digest } from '../../lib/content';
import type { MachineEvent } from '../../lib/machine';

/** The layers that sheets lie on: their bytes must be here before a replica can hold the sheet. */
export function layersNeeded(given: {
  readonly snapshot?: unknown;
  readonly events: readonly MachineEvent[];
}): Set<Digest> {
  const needed = new Set<Digest>();
  for (const event of given.events)
    if (event.type === 'sheet:made') for (const digest of event.diffIds) needed.add(digest);
  gather(given.snapshot, needed);
  return needed;
}

/** Every `diffIds` of stored sheets, wherever the snapshot's form keeps them. */
function gather(value: unknown, needed: Set<Digest>): void {
  if (typeof value !== 'object' || value === null) return;
  const { diffIds, sheet } = value as { diffIds?: unknown; sheet?: unknown };
  if (Array.isArray(diffIds) && sheet !== undefined) for (const digest of diffIds) needed.add(digest as Digest);
  for (const inner of Array.isArray(value) ? value : Object.values(value)) gather(inner, needed);
}
