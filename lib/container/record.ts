import type { ImageId } from '../image';

/**
 * One container: what it was made from, how it was configured, and where it is in its life.
 *
 * A record holds a snapshot *key*, never a filesystem: the writable sheet with that key belongs to the snapshots, and goes
 * when the record goes. Configuration keeps Docker's own field names (Engine API 1.51, `Config` and `HostConfig`), so
 * `docker inspect` prints what is stored. Times are RFC 3339 text with nanoseconds, in UTC.
 *
 * Life: created → running ⇄ paused → exited → (running again | removed). One union, never overlapping booleans.
 */
export type ContainerId = string & { readonly __brand: 'ContainerId' };
export type { ImageId };
export type SnapshotKey = string & { readonly __brand: 'SnapshotKey' };
/** RFC 3339 with nanoseconds: `2026-01-05T09:00:00.123456789Z`. */
export type Time = string;

export interface ContainerRecord {
  readonly id: ContainerId;
  /** Without the leading slash. */
  readonly name: string;
  readonly created: Time;
  /** As the person wrote it: `motd:1.0`. */
  readonly image: string;
  readonly imageId: ImageId;
  readonly snapshot: SnapshotKey;
  /** The program and its arguments: entrypoint and command joined. */
  readonly path: string;
  readonly args: readonly string[];
  readonly config: ContainerConfig;
  readonly hostConfig: HostConfig;
  readonly state: ContainerState;
  readonly restartCount: number;
  /** Network name → what the container has there. */
  readonly networks: Readonly<Record<string, Endpoint>>;
  readonly mounts: readonly MountPoint[];
  /** While it runs: container port (`80/tcp`) → where the host answers for it; null for an exposed one that is not published. */
  readonly ports?: Readonly<Record<string, readonly PortBinding[] | null>>;
}

export interface PortBinding {
  readonly HostIp: string;
  readonly HostPort: string;
}

export type ContainerState =
  /** Made and never run, or its first start failed: then how and why. */
  | { readonly state: 'created'; readonly exitCode?: number; readonly error?: string }
  | { readonly state: 'running'; readonly pid: number; readonly startedAt: Time; readonly health?: Health }
  | { readonly state: 'paused'; readonly pid: number; readonly startedAt: Time; readonly health?: Health }
  | { readonly state: 'restarting'; readonly exitCode: number; readonly startedAt: Time; readonly finishedAt: Time }
  | {
      readonly state: 'exited';
      readonly exitCode: number;
      readonly startedAt: Time;
      readonly finishedAt: Time;
      readonly oomKilled?: boolean;
      readonly error?: string;
    }
  | { readonly state: 'dead'; readonly exitCode: number; readonly startedAt: Time; readonly finishedAt: Time };

export interface Health {
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  readonly failingStreak: number;
  readonly log: readonly {
    readonly start: Time;
    readonly end: Time;
    readonly exitCode: number;
    readonly output: string;
  }[];
}

export interface ContainerConfig {
  readonly Hostname: string;
  readonly Domainname: string;
  readonly User: string;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>;
  readonly Tty: boolean;
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  readonly Env: readonly string[] | null;
  readonly Cmd: readonly string[] | null;
  readonly Healthcheck?: Healthcheck;
  readonly Image: string;
  readonly Volumes: Readonly<Record<string, Record<string, never>>> | null;
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[] | null;
  readonly OnBuild: readonly string[] | null;
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
  readonly Shell?: readonly string[];
}

/** Durations in nanoseconds. */
export interface Healthcheck {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** The part of Docker's HostConfig that the engine acts on; the rest of it `inspect` prints as Docker's defaults. */
export interface HostConfig {
  readonly Binds: readonly string[] | null;
  readonly NetworkMode: string;
  readonly PortBindings: Readonly<Record<string, readonly PortBinding[]>>;
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
  readonly AutoRemove: boolean;
  readonly ReadonlyRootfs: boolean;
  readonly [field: string]: unknown;
}

export interface Endpoint {
  readonly NetworkID: string;
  readonly EndpointID: string;
  readonly Gateway: string;
  readonly IPAddress: string;
  readonly IPPrefixLen: number;
  readonly MacAddress: string;
  readonly Aliases: readonly string[] | null;
  /** Names by which others of a user-made network reach it; null elsewhere. */
  readonly DNSNames?: readonly string[] | null;
  /** An address that was asked for. */
  readonly IPAMConfig?: { readonly IPv4Address?: string };
}

export interface MountPoint {
  readonly Type: 'volume' | 'bind' | 'tmpfs';
  readonly Name?: string;
  readonly Source: string;
  readonly Destination: string;
  readonly Driver?: string;
  readonly Mode: string;
  readonly RW: boolean;
  readonly Propagation: string;
}
