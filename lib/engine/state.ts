/**
 * Everything that a Docker engine remembers, as plain data.
 *
 * Life: `emptyEngine` → `evolveEngine(state, event)` for each event → another state that shares what did not change. Nothing
 * else makes one. Bytes are not here: layers and image configurations lie in the content store by digest. A *sheet* is a
 * container's (or a volume's) writable files; it is the one part that a live engine writes in place, and `sheet:written`
 * tells everyone else what was written.
 */
import type { ContainerId, ContainerRecord, ImageId, SnapshotKey, Time } from '../container';
import type { Digest } from '../content';
import type { Sheet } from '../snapshot';

export interface EngineState {
  readonly containers: ReadonlyMap<ContainerId, ContainerRecord>;
  readonly images: Images;
  readonly volumes: ReadonlyMap<string, VolumeRecord>;
  /** By id. */
  readonly networks: ReadonlyMap<string, NetworkRecord>;
  readonly buildCache: ReadonlyMap<string, BuildCacheRecord>;
  readonly sheets: ReadonlyMap<SnapshotKey, StoredSheet>;
  readonly logs: ReadonlyMap<ContainerId, ContainerLog>;
}

export interface Images {
  readonly byId: ReadonlyMap<ImageId, ImageRecord>;
  /** Canonical reference (`docker.io/library/motd:1.0`) → the image it names now. */
  readonly tags: ReadonlyMap<string, ImageId>;
  /** `docker.io/library/motd@sha256:…` → the image it was pulled or pushed as. */
  readonly digests: ReadonlyMap<string, ImageId>;
}

export interface ImageRecord {
  /** The digest of the configuration's JSON. */
  readonly id: ImageId;
  /** Empty when the configuration has none. */
  readonly created: Time;
  readonly diffIds: readonly Digest[];
  /** Sum of the layers' file bytes. */
  readonly size: number;
  /** Digest of the manifest that this engine would push. */
  readonly manifest: Digest;
  /** The image that it was committed or built on, when it is known. */
  readonly parent?: ImageId;
  /** When a tag was last put on it here. */
  readonly lastTagged?: Time;
}

export interface VolumeRecord {
  readonly name: string;
  readonly created: Time;
  readonly driver: string;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  readonly anonymous: boolean;
  readonly snapshot: SnapshotKey;
}

export interface NetworkRecord {
  readonly id: string;
  readonly name: string;
  readonly created: Time;
  readonly driver: string;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly ipv6: boolean;
  /** Absent for `host` and `none`. */
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface BuildCacheRecord {
  readonly id: string;
  /** What has to be equal for the step to be taken from here. */
  readonly key: string;
  readonly parents: readonly string[];
  readonly type: 'regular' | 'source.local' | 'exec.cachemount' | 'internal' | 'frontend';
  readonly description: string;
  readonly size: number;
  readonly created: Time;
  readonly lastUsed: Time;
  readonly uses: number;
  /** What the builder needs to go on from here: its own plain data. */
  readonly result: unknown;
}

export interface StoredSheet {
  /** The layers below, from the bottom up. */
  readonly diffIds: readonly Digest[];
  readonly sheet: Sheet;
}

/** What a container printed, oldest first, at most `logLimit` bytes of it. */
export interface ContainerLog {
  readonly entries: readonly LogEntry[];
  readonly bytes: number;
}

/** A line with its `\n`, or a part of one (the last before the end, or 16 KiB of a longer one), as json-file keeps them. */
export interface LogEntry {
  readonly stream: 'stdout' | 'stderr';
  readonly time: Time;
  /** Bytes as Latin-1 text: one character, one byte. */
  readonly line: string;
}

/** Bytes of log kept for a container. Docker keeps everything unless told; a bound machine cannot. */
export const logLimit = 256 * 1024;

export const emptyEngine: EngineState = {
  containers: new Map(),
  images: { byId: new Map(), tags: new Map(), digests: new Map() },
  volumes: new Map(),
  networks: new Map(),
  buildCache: new Map(),
  sheets: new Map(),
  logs: new Map(),
};
