import type { ContainerRecord } from '../container';
import type { Engine, EngineState } from '../engine';

/**
 * Back to the sheets as they were then. Containers that were removed since come back, stopped, with their sheets; one that was
 * made since stays. Programs are not wound back: they see other files. False when everything is as it was then.
 */
export function goBack({ daemon }: Engine, past: EngineState | undefined): boolean {
  if (!past) return false;
  let changed = false;
  for (const [id, record] of past.containers) {
    const stored = past.sheets.get(record.snapshot);
    if (daemon.state.containers.has(id) || !stored) continue;
    daemon.change({ type: 'sheet:made', key: record.snapshot, diffIds: stored.diffIds });
    daemon.change({ type: 'container:created', record: stopped(record, daemon.now()) });
    changed = true;
  }
  for (const [key, { sheet }] of past.sheets) {
    const live = daemon.state.sheets.get(key)?.sheet;
    if (!live || live.digest() === sheet.digest()) continue;
    live.become(sheet);
    daemon.options.emit({ type: 'sheet:reset', key, patch: live.serialise() });
    changed = true;
  }
  return changed;
}

/** As it would be found after its program was ended. */
function stopped(record: ContainerRecord, now: string): ContainerRecord {
  const { state } = record;
  if (state.state === 'created' || state.state === 'exited' || state.state === 'dead') return record;
  return { ...record, state: { state: 'exited', exitCode: 137, startedAt: state.startedAt, finishedAt: now } };
}
