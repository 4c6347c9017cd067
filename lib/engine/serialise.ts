import type { Digest } from '../content';
import type { Layers, SheetPatch } from '../snapshot';
import { makeSheet } from './sheets';
import type { EngineState, StoredSheet } from './state';

/** The whole state as plain JSON: a snapshot to begin a replay at. */
export interface StoredEngine {
  readonly containers: readonly (readonly [string, unknown])[];
  readonly images: {
    readonly byId: readonly (readonly [string, unknown])[];
    readonly tags: readonly (readonly [string, unknown])[];
    readonly digests: readonly (readonly [string, unknown])[];
  };
  readonly volumes: readonly (readonly [string, unknown])[];
  readonly networks: readonly (readonly [string, unknown])[];
  readonly buildCache: readonly (readonly [string, unknown])[];
  readonly sheets: readonly (readonly [string, { readonly diffIds: readonly Digest[]; readonly patch: SheetPatch }])[];
  readonly logs: readonly (readonly [string, unknown])[];
}

export function serialiseEngine(state: EngineState): StoredEngine {
  return {
    containers: [...state.containers],
    images: { byId: [...state.images.byId], tags: [...state.images.tags], digests: [...state.images.digests] },
    volumes: [...state.volumes],
    networks: [...state.networks],
    buildCache: [...state.buildCache],
    sheets: [...state.sheets].map(([key, { diffIds, sheet }]) => [key, { diffIds, patch: sheet.serialise() }] as const),
    logs: [...state.logs],
  };
}

export function parseEngine(stored: StoredEngine, layers: Layers): EngineState {
  const map = (rows: readonly (readonly [string, unknown])[]) => new Map(rows) as never;
  return {
    containers: map(stored.containers),
    images: { byId: map(stored.images.byId), tags: map(stored.images.tags), digests: map(stored.images.digests) },
    volumes: map(stored.volumes),
    networks: map(stored.networks),
    buildCache: map(stored.buildCache),
    sheets: map(stored.sheets.map(([key, { diffIds, patch }]) => [key, storedSheet(layers, diffIds, patch)] as const)),
    logs: map(stored.logs),
  };
}

function storedSheet(layers: Layers, diffIds: readonly Digest[], patch: SheetPatch): StoredSheet {
  const sheet = makeSheet(layers, diffIds);
  sheet.apply(patch);
  return { diffIds, sheet };
}
