import type { ContainerId, ContainerRecord } from '../container';
import { unreachable } from '../errors';
import type { Layers } from '../snapshot';
import type { ContainerEvent, EngineEvent, ImageEvent, NetworkEvent, StorageEvent } from './events';
import { makeSheet, patchedSheet } from './sheets';
import { type ContainerLog, type EngineState, type Images, type LogEntry, logLimit } from './state';

/**
 * The state after an event. Pure: the state given stays as it was. An event about something unknown changes nothing. Sheets
 * lie on layers, so whoever evolves needs them: a Failure `not-found` names a layer whose bytes are not there.
 */
export function evolveEngine(state: EngineState, event: EngineEvent, layers: Layers): EngineState {
  if (isContainerEvent(event)) return evolveContainer(state, event);
  if (isImageEvent(event)) return { ...state, images: evolveImages(state.images, event) };
  if (isNetworkEvent(event)) return { ...state, networks: evolveNetworks(state.networks, event) };
  return evolveStorage(state, event, layers);
}

const isContainerEvent = (event: EngineEvent): event is ContainerEvent => event.type.startsWith('container:');
const isImageEvent = (event: EngineEvent): event is ImageEvent => event.type.startsWith('image:');
const isNetworkEvent = (event: EngineEvent): event is NetworkEvent => event.type.startsWith('network:');

function evolveContainer(state: EngineState, event: ContainerEvent): EngineState {
  // Assigned and not spread: V8 gives a spread of so many members a shape of its own, half as large as the members.
  const update = (change: (record: ContainerRecord) => Partial<ContainerRecord>): EngineState => {
    const id = 'id' in event ? event.id : event.record.id;
    const record = state.containers.get(id);
    if (!record) return state;
    return { ...state, containers: withKey(state.containers, id, Object.assign({}, record, change(record))) };
  };
  switch (event.type) {
    case 'container:created':
      return { ...state, containers: withKey(state.containers, event.record.id, event.record) };
    case 'container:started':
      return update(() => ({ state: { state: 'running', pid: event.pid, startedAt: event.at } }));
    case 'container:ended':
      return update(() => ({ state: event.state, restartCount: event.restartCount }));
    case 'container:paused':
      return update((record) => swapState(record, 'running', 'paused'));
    case 'container:unpaused':
      return update((record) => swapState(record, 'paused', 'running'));
    case 'container:checked':
      return update((record) =>
        record.state.state === 'running' || record.state.state === 'paused'
          ? { state: { ...record.state, health: event.health } }
          : {},
      );
    case 'container:renamed':
      return update(() => ({ name: event.name }));
    case 'container:updated':
      return update((record) => ({
        hostConfig: { ...record.hostConfig, ...event.hostConfig } as ContainerRecord['hostConfig'],
      }));
    case 'container:networked':
      return update(() => ({ networks: event.networks, ports: event.ports }));
    case 'container:logged':
      return { ...state, logs: withKey(state.logs, event.id, logged(state.logs.get(event.id), event.entries)) };
    case 'container:removed':
      return withoutContainer(state, event.id);
    default:
      return unreachable(event);
  }
}

function swapState(
  record: ContainerRecord,
  from: 'running' | 'paused',
  to: 'running' | 'paused',
): Partial<ContainerRecord> {
  return record.state.state === from ? { state: { ...record.state, state: to } } : {};
}

function withoutContainer(state: EngineState, id: ContainerId): EngineState {
  const record = state.containers.get(id);
  return {
    ...state,
    containers: withoutKey(state.containers, id),
    logs: withoutKey(state.logs, id),
    sheets: record ? withoutKey(state.sheets, record.snapshot) : state.sheets,
  };
}

/** The log with more lines, its oldest ones dropped beyond the limit. */
export function logged(log: ContainerLog | undefined, entries: readonly LogEntry[]): ContainerLog {
  let bytes = entries.reduce((sum, entry) => sum + entry.line.length, log?.bytes ?? 0);
  const all = [...(log?.entries ?? []), ...entries];
  let dropped = 0;
  while (bytes > logLimit && dropped < all.length - 1) bytes -= all[dropped++]!.line.length;
  return { entries: dropped ? all.slice(dropped) : all, bytes };
}

function evolveImages(images: Images, event: ImageEvent): Images {
  switch (event.type) {
    case 'image:added':
      return { ...images, byId: withKey(images.byId, event.record.id, event.record) };
    case 'image:tagged':
      return evolveTag(images, event);
    case 'image:untagged':
      return {
        ...images,
        tags: withoutKey(images.tags, event.reference),
        digests: withoutKey(images.digests, event.reference),
      };
    case 'image:removed':
      return {
        byId: withoutKey(images.byId, event.id),
        tags: withoutValue(images.tags, event.id),
        digests: withoutValue(images.digests, event.id),
      };
    default:
      return unreachable(event);
  }
}

function evolveTag(images: Images, event: Extract<ImageEvent, { type: 'image:tagged' }>): Images {
  if (event.reference.includes('@')) return { ...images, digests: withKey(images.digests, event.reference, event.id) };
  const record = images.byId.get(event.id);
  const byId =
    record && event.at
      ? withKey(images.byId, event.id, Object.assign({}, record, { lastTagged: event.at }))
      : images.byId;
  return { ...images, byId, tags: withKey(images.tags, event.reference, event.id) };
}

function evolveNetworks(networks: EngineState['networks'], event: NetworkEvent): EngineState['networks'] {
  switch (event.type) {
    case 'network:created':
      return withKey(networks, event.record.id, event.record);
    case 'network:removed':
      return withoutKey(networks, event.id);
    default:
      return unreachable(event);
  }
}

function evolveStorage(state: EngineState, event: StorageEvent, layers: Layers): EngineState {
  switch (event.type) {
    case 'sheet:made':
      return {
        ...state,
        sheets: withKey(state.sheets, event.key, { diffIds: event.diffIds, sheet: makeSheet(layers, event.diffIds) }),
      };
    case 'sheet:written': {
      const stored = state.sheets.get(event.key);
      if (!stored) return state;
      return {
        ...state,
        sheets: withKey(state.sheets, event.key, { ...stored, sheet: patchedSheet(stored.sheet, event.patch) }),
      };
    }
    case 'sheet:reset': {
      const stored = state.sheets.get(event.key);
      if (!stored) return state;
      const sheet = makeSheet(layers, stored.diffIds);
      sheet.apply(event.patch);
      return { ...state, sheets: withKey(state.sheets, event.key, { ...stored, sheet }) };
    }
    case 'sheet:removed':
      return { ...state, sheets: withoutKey(state.sheets, event.key) };
    case 'volume:created':
      return { ...state, volumes: withKey(state.volumes, event.record.name, event.record) };
    case 'volume:removed':
      return { ...state, volumes: withoutKey(state.volumes, event.name) };
    case 'cache:kept':
      return { ...state, buildCache: withKey(state.buildCache, event.record.id, event.record) };
    case 'cache:removed':
      return { ...state, buildCache: withoutKey(state.buildCache, event.id) };
    default:
      return unreachable(event);
  }
}

function withKey<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}

function withoutKey<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

function withoutValue<K, V>(map: ReadonlyMap<K, V>, value: V): ReadonlyMap<K, V> {
  return new Map([...map].filter(([, other]) => other !== value));
}
