import { hex } from '../clock';
import type { ContainerConfig, ContainerRecord, HostConfig, MountPoint, SnapshotKey } from '../container';
import { Failure } from '../errors';
import { type Mount, PlainTree, type Tree } from '../fs';
import { copyTree } from './copy-tree';
import type { Daemon } from './daemon';
import { findContainer } from './lookup';
import type { VolumeRecord } from './state';

/** Where Docker keeps a volume's files on the host; shown, not used. */
export const volumePath = (name: string) => `/var/lib/docker/volumes/${name}/_data`;

export interface MountPlan {
  readonly mounts: readonly MountPoint[];
  /** Makes the volumes that are named and not there yet. */
  make(): void;
}

/** `--mount` as the API has it. */
export interface MountRequest {
  readonly Type: 'bind' | 'volume' | 'tmpfs';
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: Record<string, string>;
    readonly Subpath?: string;
  };
  readonly BindOptions?: { readonly Propagation?: string; readonly CreateMountpoint?: boolean };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
}

/** Every mount of a container: `-v`, `--mount`, `--volumes-from`, and the image's VOLUMEs. A later one at the same path wins. */
export function planMounts(daemon: Daemon, config: ContainerConfig, hostConfig: HostConfig): MountPlan {
  const points = new Map<string, MountPoint>();
  const wanted: { name: string; anonymous: boolean; labels: Record<string, string> | null; bound: boolean }[] = [];
  const volume = (
    name: string | undefined,
    target: string,
    mode: string,
    labels: Record<string, string> | null = null,
    bound = true,
  ) => {
    const chosen = name || hex(daemon.options.chance, 32);
    wanted.push({
      name: chosen,
      anonymous: !name,
      labels: name ? labels : { 'com.docker.volume.anonymous': '', ...labels },
      bound,
    });
    const options = mode.split(',').filter(Boolean);
    points.set(target, volumePoint(chosen, target, mode || (name ? 'z' : ''), !options.includes('ro')));
  };
  for (const from of (hostConfig.VolumesFrom as string[] | undefined) ?? []) addVolumesFrom(daemon, from, points);
  for (const bind of hostConfig.Binds ?? []) {
    const { source, target, mode } = splitBind(bind);
    if (source?.startsWith('/')) points.set(target, bindPoint(source, target, mode));
    else volume(source, target, mode);
  }
  for (const mount of (hostConfig.Mounts as MountRequest[] | undefined) ?? []) {
    addRequest(daemon, mount, points, (name, labels) =>
      volume(name, mount.Target, mount.ReadOnly ? 'ro' : 'z', labels, false),
    );
  }
  for (const target of Object.keys(config.Volumes ?? {}))
    if (!points.has(clean(target))) volume(undefined, clean(target), '');
  const make = () => {
    for (const one of wanted) makeVolume(daemon, one);
  };
  return { mounts: [...points.values()], make };
}

function addVolumesFrom(daemon: Daemon, from: string, points: Map<string, MountPoint>): void {
  const [name = '', mode] = from.split(':');
  for (const point of findContainer(daemon, name).mounts) {
    points.set(point.Destination, mode ? { ...point, Mode: mode, RW: mode !== 'ro' } : point);
  }
}

function addRequest(
  daemon: Daemon,
  mount: MountRequest,
  points: Map<string, MountPoint>,
  volume: (name: string | undefined, labels: Record<string, string> | null) => void,
): void {
  const target = clean(mount.Target);
  if (mount.Type === 'volume') {
    volume(mount.Source, mount.VolumeOptions?.Labels ?? null);
    return;
  }
  if (mount.Type === 'tmpfs') {
    points.set(target, {
      Type: 'tmpfs',
      Source: '',
      Destination: target,
      Mode: '',
      RW: !mount.ReadOnly,
      Propagation: '',
    });
    return;
  }
  const source = mount.Source ?? '';
  if (!daemon.options.runtime.hostPath(source, mount.BindOptions?.CreateMountpoint ?? false)) {
    throw new Failure('invalid', `invalid mount config for type "bind": bind source path does not exist: ${source}`);
  }
  points.set(target, { ...bindPoint(source, target, ''), RW: !mount.ReadOnly });
}

function bindPoint(source: string, target: string, mode: string): MountPoint {
  const options = mode.split(',');
  return {
    Type: 'bind',
    Source: clean(source),
    Destination: target,
    Mode: mode,
    RW: !options.includes('ro'),
    Propagation: 'rprivate',
  };
}

function volumePoint(name: string, target: string, mode: string, writable: boolean): MountPoint {
  return {
    Type: 'volume',
    Name: name,
    Source: volumePath(name),
    Destination: target,
    Driver: 'local',
    Mode: mode,
    RW: writable,
    Propagation: '',
  };
}

/** `source:target:mode`, `source:target` or `target`. */
export function splitBind(bind: string): { source?: string; target: string; mode: string } {
  const [first = '', second, mode = ''] = bind.split(':');
  return second === undefined ? { target: clean(first), mode: '' } : { source: first, target: clean(second), mode };
}

export function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Makes a volume unless it is there: its files lie on a sheet with nothing below. */
export function makeVolume(
  daemon: Daemon,
  options: {
    name: string;
    anonymous: boolean;
    labels: Record<string, string> | null;
    options?: Record<string, string> | null;
    /** Named by `-v`, where Docker takes a single letter. */
    bound?: boolean;
  },
): VolumeRecord {
  const there = daemon.state.volumes.get(options.name);
  if (there) return there;
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(options.name)) throw badVolumeName(options.name);
  if (options.name.length < 2 && !options.bound) throw badVolumeName(options.name);
  const record: VolumeRecord = {
    name: options.name,
    created: daemon.now(),
    driver: 'local',
    labels: options.labels,
    options: options.options ?? null,
    anonymous: options.anonymous,
    snapshot: `volume:${options.name}` as SnapshotKey,
  };
  daemon.change({ type: 'sheet:made', key: record.snapshot, diffIds: [] });
  daemon.change({ type: 'volume:created', record });
  daemon.announcements.tell('volume', 'create', record.name, { driver: 'local' });
  return record;
}

function badVolumeName(name: string): Failure {
  const rule = `"${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`;
  const short = 'volume name is too short, names should be at least two alphanumeric characters';
  return new Failure('invalid', `create ${name}: ${name.length < 2 ? short : rule}`);
}

/** A new volume starts with what the image has at its mount point. */
export function populateVolumes(daemon: Daemon, record: ContainerRecord): void {
  for (const mount of record.mounts) {
    const volume = mount.Type === 'volume' && mount.Name ? daemon.state.volumes.get(mount.Name) : undefined;
    if (!volume || noCopy(record, mount)) continue;
    const into = daemon.union(volume.snapshot);
    if ([...into.entries(into.root)].length > 0) continue;
    const from = daemon.union(record.snapshot);
    const ino = lookupPath(from, mount.Destination);
    if (ino !== undefined && from.attributes(ino).kind === 'directory') copyTree(from, ino, into, into.root);
  }
}

function noCopy(record: ContainerRecord, mount: MountPoint): boolean {
  if (mount.Mode.split(',').includes('nocopy')) return true;
  const asked = record.hostConfig.Mounts as MountRequest[] | undefined;
  return asked?.some((one) => clean(one.Target) === mount.Destination && one.VolumeOptions?.NoCopy) ?? false;
}

/** The inode at an absolute path, symlinks not followed; undefined when there is none. */
export function lookupPath(tree: Tree, path: string): number | undefined {
  let ino: number | undefined = tree.root;
  for (const part of path.split('/').filter(Boolean)) {
    if (ino === undefined || tree.attributes(ino).kind !== 'directory') return undefined;
    ino = tree.lookup(ino, part);
  }
  return ino;
}

/** What a container's processes see: the union at `/`, the rest over it from the shallowest to the deepest. */
export function mountsOf(daemon: Daemon, record: ContainerRecord): Mount[] {
  const readOnly = record.hostConfig.ReadonlyRootfs;
  const list: Mount[] = [
    { path: '/', tree: daemon.union(record.snapshot), readOnly, source: 'overlay', type: 'overlay' },
  ];
  for (const point of record.mounts) list.push(mountOf(daemon, point));
  for (const [path, options] of Object.entries((record.hostConfig.Tmpfs as Record<string, string>) ?? {})) {
    list.push({ path: clean(path), ...tmpfs(daemon, options) });
  }
  return list.sort((a, b) => depth(a.path) - depth(b.path));
}

function mountOf(daemon: Daemon, point: MountPoint): Mount {
  if (point.Type === 'tmpfs') return { path: point.Destination, ...tmpfs(daemon, ''), readOnly: !point.RW };
  if (point.Type === 'volume') {
    const volume = daemon.state.volumes.get(point.Name ?? '');
    if (!volume) throw new Failure('not-found', `get ${point.Name}: no such volume`);
    return {
      path: point.Destination,
      tree: daemon.union(volume.snapshot),
      readOnly: !point.RW,
      source: '/dev/vda1',
      type: 'ext4',
    };
  }
  const host = daemon.options.runtime.hostPath(point.Source, true);
  if (!host)
    throw new Failure(
      'invalid',
      `invalid mount config for type "bind": bind source path does not exist: ${point.Source}`,
    );
  return {
    path: point.Destination,
    tree: host.tree,
    root: host.ino,
    readOnly: !point.RW,
    source: host.device,
    type: 'ext4',
  };
}

function tmpfs(daemon: Daemon, options: string): Omit<Mount, 'path'> {
  const readOnly = options.split(',').includes('ro');
  return { tree: newPlainTree(daemon), readOnly, source: 'tmpfs', type: 'tmpfs' };
}

export function newPlainTree(daemon: Daemon): Tree {
  return new PlainTree({ now: () => daemon.options.clock.now() });
}

const depth = (path: string) => (path === '/' ? 0 : path.split('/').length);
