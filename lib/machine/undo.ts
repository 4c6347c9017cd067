import type { ContainerId, ContainerRecord, SnapshotKey } from '../container';
import type { Digest } from '../content';
import type { Engine } from '../engine';
import { refused } from '../errors';
import type { Sheet } from '../snapshot';

interface Moment {
  readonly containers: ReadonlyMap<ContainerId, ContainerRecord>;
  readonly sheets: ReadonlyMap<SnapshotKey, { readonly diffIds: readonly Digest[]; readonly copy: Sheet }>;
}

/** Moments that one can go back to. */
const deepest = 20;

/**
 * Undo: back to the sheets as they were before the last command that changed any. Containers that the command removed come
 * back, stopped, with their sheets; a container that it made stays. Programs are not wound back: they see other files.
 *
 * Moments are kept in memory alone: after a restart of the server there is nothing to go back to, and undo says so.
 */
export class UndoHistory {
  #moments: Moment[] = [];
  #written = new Set<SnapshotKey>();

  /** A sheet was written to since the last moment. */
  written(key: SnapshotKey): void {
    this.#written.add(key);
  }

  /** Before a line is run: how things stand. What was not written to is shared with the moment before. */
  remember(engine: Engine): void {
    const { containers, sheets } = engine.daemon.state;
    const last = this.#moments.at(-1);
    if (last && this.#written.size === 0 && last.containers === containers) return;
    const kept = [...sheets].map(([key, { diffIds, sheet }]) => {
      const before = last?.sheets.get(key);
      return [key, before && !this.#written.has(key) ? before : { diffIds, copy: sheet.clone(before?.copy) }] as const;
    });
    this.#written.clear();
    this.#moments.push({ containers, sheets: new Map(kept) });
    if (this.#moments.length > deepest) this.#moments.shift();
  }

  /** Goes back to the last moment that differs from now. A Failure `conflict` when there is none. */
  undo(engine: Engine): void {
    for (let moment = this.#moments.pop(); moment; moment = this.#moments.pop()) if (goBack(engine, moment)) return;
    throw refused('undo.nothing');
  }
}

/** False when everything is as it was then. */
function goBack({ daemon }: Engine, { containers, sheets }: Moment): boolean {
  let changed = false;
  for (const [id, record] of containers) {
    if (daemon.state.containers.has(id)) continue;
    const { diffIds } = sheets.get(record.snapshot)!;
    daemon.change({ type: 'sheet:made', key: record.snapshot, diffIds });
    daemon.change({ type: 'container:created', record: stopped(record, daemon.now()) });
    changed = true;
  }
  for (const [key, { copy }] of sheets) {
    const live = daemon.state.sheets.get(key)?.sheet;
    if (!live || live.digest() === copy.digest()) continue;
    live.become(copy);
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
