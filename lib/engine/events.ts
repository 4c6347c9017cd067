/**
 * What happened in an engine, in the past tense and as plain JSON: the engine's part of a machine's stream.
 *
 * They say how the state changed, not what the daemon announced: `docker events` has its own words (announce.ts).
 */
import type {
  ContainerId,
  ContainerRecord,
  ContainerState,
  Endpoint,
  Health,
  HostConfig,
  ImageId,
  SnapshotKey,
  Time,
} from '../container';
import type { Digest } from '../content';
import type { SheetPatch } from '../snapshot';
import type { BuildCacheRecord, ImageRecord, LogEntry, NetworkRecord, VolumeRecord } from './state';

export type ContainerEvent =
  | { readonly type: 'container:created'; readonly record: ContainerRecord }
  | { readonly type: 'container:started'; readonly id: ContainerId; readonly pid: number; readonly at: Time }
  /** It ended, or a start failed: how it stands now (`exited`, `restarting`, or `created` again after a failed first start). */
  | {
      readonly type: 'container:ended';
      readonly id: ContainerId;
      readonly state: ContainerState;
      readonly restartCount: number;
    }
  | { readonly type: 'container:paused'; readonly id: ContainerId }
  | { readonly type: 'container:unpaused'; readonly id: ContainerId }
  | { readonly type: 'container:checked'; readonly id: ContainerId; readonly health: Health }
  | { readonly type: 'container:renamed'; readonly id: ContainerId; readonly name: string }
  | { readonly type: 'container:updated'; readonly id: ContainerId; readonly hostConfig: Partial<HostConfig> }
  | {
      readonly type: 'container:networked';
      readonly id: ContainerId;
      readonly networks: Readonly<Record<string, Endpoint>>;
      readonly ports: NonNullable<ContainerRecord['ports']>;
    }
  | { readonly type: 'container:logged'; readonly id: ContainerId; readonly entries: readonly LogEntry[] }
  /** Its record, log and sheet are gone. */
  | { readonly type: 'container:removed'; readonly id: ContainerId };

export type ImageEvent =
  | { readonly type: 'image:added'; readonly record: ImageRecord }
  | { readonly type: 'image:tagged'; readonly reference: string; readonly id: ImageId; readonly at?: Time }
  | { readonly type: 'image:untagged'; readonly reference: string }
  | { readonly type: 'image:removed'; readonly id: ImageId };

export type StorageEvent =
  | { readonly type: 'sheet:made'; readonly key: SnapshotKey; readonly diffIds: readonly Digest[] }
  | { readonly type: 'sheet:written'; readonly key: SnapshotKey; readonly patch: SheetPatch }
  /** It holds just this from now on: somebody went back to an earlier state. */
  | { readonly type: 'sheet:reset'; readonly key: SnapshotKey; readonly patch: SheetPatch }
  | { readonly type: 'sheet:removed'; readonly key: SnapshotKey }
  | { readonly type: 'volume:created'; readonly record: VolumeRecord }
  | { readonly type: 'volume:removed'; readonly name: string }
  | { readonly type: 'cache:kept'; readonly record: BuildCacheRecord }
  | { readonly type: 'cache:removed'; readonly id: string };

export type NetworkEvent =
  | { readonly type: 'network:created'; readonly record: NetworkRecord }
  | { readonly type: 'network:removed'; readonly id: string };

export type EngineEvent = ContainerEvent | ImageEvent | StorageEvent | NetworkEvent;
