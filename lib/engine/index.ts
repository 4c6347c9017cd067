export type { Message } from './announce';
export type { Attachment, AttachOptions } from './attach';
export type { AttachClient, Stream } from './attachments';
export type { Builder } from './builder';
export { type CommitOptions, version as engineVersion } from './commit';
export { type PathStat, tarOfPath, unpack } from './cp';
export { type Created, type CreateOptions, completeConfig, type EndpointRequest } from './create';
export { Daemon, type EngineOptions, type HostFacts, type WaitCondition } from './daemon';
export type { UsageRow } from './df';
export { createEngine, Engine } from './engine';
export type { ContainerEvent, EngineEvent, ImageEvent, NetworkEvent, StorageEvent } from './events';
export { evolveEngine } from './evolve';
export type { ExecOptions, RunningExec } from './exec';
export type { HistoryRow } from './history';
export { type HistoryEntry, type ImageJson, type ImageSettings, imageConfig } from './image-config';
export { canonicalName, canonicalRepository, defaultTag, familiarName, nameParts } from './image-names';
export type { ImageSummary } from './images';
export type { EngineInfo, VersionInfo } from './info';
export { configJson, sortedKeys } from './inspect';
export type { ContainerSummary, Filters } from './list';
export { fromLatin1, latin1 } from './log-writer';
export type { LogOptions } from './logs';
export { mergeConfig } from './merge-config';
export { clean, type MountRequest, splitBind } from './mounts';
export { generateName } from './names';
export type { PullProgress, PullResult } from './pull';
export type { PushProgress, PushResult } from './push';
export type { Registry, RegistryImage } from './registry';
export type { RemovedImage } from './rmi';
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
export { parseEngine, type StoredEngine, serialiseEngine } from './serialise';
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
export type { ContainerStats } from './stats';
export { humanDuration } from './status';
export { formatTime, never, parseTime } from './time';
