import { below, hex } from '../clock';
import type { ContainerConfig, ContainerId, ContainerRecord, HostConfig, SnapshotKey } from '../container';
import { Failure } from '../errors';
import { FsError, mountFileSystem } from '../fs';
import type { Daemon } from './daemon';
import { makeHostConfig } from './host-config';
import { imageConfig } from './image-config';
import { initLayer } from './init-layer';
import { containerNamed, findImage } from './lookup';
import { mergeConfig } from './merge-config';
import { planMounts, populateVolumes } from './mounts';
import { generateName } from './names';
import { findRequestedNetworks } from './networking';
import { badName, nameTaken, noCommand, relativeWorkdir, workdirNotDirectory } from './sentences';
import type { ImageRecord } from './state';
import { validateContainer } from './validate';

export interface CreateOptions {
  readonly name?: string;
  /** With `Image` as the person wrote it; what is left out comes from the image. */
  readonly config: Partial<ContainerConfig> & { readonly Image: string };
  readonly hostConfig?: Partial<HostConfig>;
  /** Network name → what was asked for there, the first being the main one. */
  readonly endpoints?: Readonly<Record<string, EndpointRequest>>;
}

export interface EndpointRequest {
  readonly aliases?: readonly string[];
  readonly address?: string;
  readonly mac?: string;
  readonly links?: readonly string[];
}

export interface Created {
  readonly id: ContainerId;
  readonly warnings: readonly string[];
}

/** `docker create`: a record, and an empty sheet over the image's layers. Nothing runs yet. */
export function create(daemon: Daemon, options: CreateOptions): Created {
  const image = findImage(daemon, options.config.Image);
  const config = mergeConfig(completeConfig(options.config), imageConfig(daemon, image).config ?? {});
  const hostConfig = makeHostConfig(options.hostConfig ?? {});
  const [path, ...args] = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  if (path === undefined) throw noCommand();
  if (config.WorkingDir && !config.WorkingDir.startsWith('/')) throw relativeWorkdir(config.WorkingDir);
  validateContainer(daemon, config, hostConfig);
  const id = newId(daemon);
  const name = chooseName(daemon, options.name);
  const networks = findRequestedNetworks(daemon, hostConfig, options.endpoints ?? {});
  const { mounts, make } = planMounts(daemon, config, hostConfig);
  const record: ContainerRecord = {
    id,
    name,
    created: daemon.now(),
    image: options.config.Image,
    imageId: image.id,
    snapshot: id as string as SnapshotKey,
    path,
    args,
    config: { ...config, Hostname: config.Hostname || defaultHostname(hostConfig, id, daemon) },
    hostConfig,
    state: { state: 'created' },
    restartCount: 0,
    networks,
    mounts,
  };
  make();
  prepareSheet(daemon, record, image);
  populateVolumes(daemon, record);
  daemon.change({ type: 'container:created', record });
  daemon.announcements.tell('container', 'create', id, containerAttributes(record));
  return { id, warnings: warningsFor(hostConfig) };
}

/** Labels, image and name: what every announcement about a container carries. */
export function containerAttributes(record: ContainerRecord): Record<string, string> {
  return { ...record.config.Labels, image: record.image, name: record.name };
}

function newId(daemon: Daemon): ContainerId {
  return hex(daemon.options.chance, 32) as ContainerId;
}

function chooseName(daemon: Daemon, asked: string | undefined): string {
  if (asked === undefined || asked === '') {
    return generateName(daemon.options.chance, (name) => containerNamed(daemon, name) !== undefined);
  }
  const name = asked.replace(/^\//, '');
  if (!validName(name)) throw badName(asked);
  const holder = containerNamed(daemon, name);
  if (holder) throw nameTaken(name, holder.id);
  return name;
}

export function validName(name: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name);
}

function defaultHostname(hostConfig: HostConfig, id: ContainerId, daemon: Daemon): string {
  return hostConfig.NetworkMode === 'host' ? (daemon.options.host?.hostname ?? 'host') : id.slice(0, 12);
}

function prepareSheet(daemon: Daemon, record: ContainerRecord, image: ImageRecord): void {
  const diffIds = [...image.diffIds, ...initLayer(daemon, image)];
  daemon.change({ type: 'sheet:made', key: record.snapshot, diffIds });
  try {
    makeWorkdir(daemon, record);
  } catch (error) {
    daemon.change({ type: 'sheet:removed', key: record.snapshot });
    throw error;
  }
}

/** The working directory is there before the container first starts: `docker diff` shows it as added. */
function makeWorkdir(daemon: Daemon, record: ContainerRecord): void {
  const path = record.config.WorkingDir;
  if (!path || path === '/' || record.mounts.some((mount) => mount.Destination === path)) return;
  const fs = mountFileSystem(daemon.union(record.snapshot));
  let made = '';
  for (const part of path.split('/').filter(Boolean)) {
    made += `/${part}`;
    try {
      fs.mkdir(made, 0o755);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      if (error.errno === 'ENOTDIR' || (error.errno === 'EEXIST' && !isDirectory())) throw workdirNotDirectory(path);
      if (error.errno !== 'EEXIST') throw new Failure('invalid', error.message);
    }
  }
  function isDirectory(): boolean {
    try {
      return fs.stat(made).kind === 'directory';
    } catch {
      return false;
    }
  }
}

export function completeConfig(asked: CreateOptions['config']): ContainerConfig {
  return {
    Hostname: '',
    Domainname: '',
    User: '',
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    Tty: false,
    OpenStdin: false,
    StdinOnce: false,
    Env: null,
    Cmd: null,
    Volumes: null,
    WorkingDir: '',
    Entrypoint: null,
    OnBuild: null,
    Labels: {},
    ...asked,
  };
}

function warningsFor(hostConfig: HostConfig): string[] {
  const published = Object.keys(hostConfig.PortBindings).length > 0;
  return hostConfig.NetworkMode === 'host' && published
    ? ['Published ports are discarded when using host network mode']
    : [];
}

/** A random MAC address that no vendor owns. */
export function newMac(daemon: Daemon): string {
  const bytes = Array.from({ length: 6 }, () => below(daemon.options.chance, 256));
  bytes[0] = (bytes[0]! & 0xfc) | 0x02;
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
