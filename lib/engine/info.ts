import { version } from './commit';
import type { Daemon } from './daemon';
import { isActive } from './wait';

/** What `docker version` shows of a daemon. The simulator speaks as the engine that its behaviour was recorded from. */
export interface VersionInfo {
  readonly version: string;
  readonly apiVersion: string;
  readonly minApiVersion: string;
  readonly goVersion: string;
  readonly gitCommit: string;
  readonly os: 'linux';
  readonly arch: 'amd64';
  readonly kernel: string;
  readonly buildTime: string;
}

export function versionInfo(daemon: Daemon): VersionInfo {
  return {
    version,
    apiVersion: '1.51',
    minApiVersion: '1.24',
    goVersion: 'go1.24.9',
    gitCommit: 'dockerland',
    os: 'linux',
    arch: 'amd64',
    kernel: daemon.options.host?.kernel ?? '6.12.0',
    buildTime: '2025-11-05T14:43:33.000000000+00:00',
  };
}

export interface EngineInfo {
  readonly containers: number;
  readonly running: number;
  readonly paused: number;
  readonly stopped: number;
  readonly images: number;
  readonly hostname: string;
  readonly cpus: number;
  readonly memory: number;
  readonly kernel: string;
  readonly id: string;
}

/** `docker info`. */
export function info(daemon: Daemon): EngineInfo {
  const records = [...daemon.state.containers.values()];
  const paused = records.filter((record) => record.state.state === 'paused').length;
  const active = records.filter(isActive).length;
  const host = daemon.options.host;
  const bridge =
    [...daemon.state.networks.values()].find((network) => network.name === 'bridge')?.id ?? ''.padEnd(64, '0');
  return {
    containers: records.length,
    running: active - paused,
    paused,
    stopped: records.length - active,
    images: daemon.state.images.byId.size,
    hostname: host?.hostname ?? 'host',
    cpus: host?.cpus ?? 2,
    memory: host?.memory ?? 4 * 2 ** 30,
    kernel: host?.kernel ?? '6.12.0',
    id: bridge.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
  };
}
