export type { ContainerEvent, EngineEvent, ImageEvent, NetworkEvent, StorageEvent } from './events';
export { evolveEngine } from './evolve';
export type {
  ContainerTask,
  ExecTask,
  ProcessTask,
  PublishedPort,
  ResourceUsage,
  Runtime,
  Task,
  TaskEnd,
  TaskEndpoint,
  TaskNetwork,
} from './runtime';
export {
  type BuildCacheRecord,
  type ContainerLog,
  type EngineState,
  emptyEngine,
  type ImageRecord,
  type Images,
  type LogEntry,
  type NetworkRecord,
  type StoredSheet,
  type VolumeRecord,
} from './state';
