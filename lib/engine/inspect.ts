import type { ContainerConfig, ContainerRecord, ContainerState, Endpoint } from '../container';
import type { Daemon } from './daemon';
import { fullHostConfig } from './host-config';
import { imageConfig } from './image-config';
import { familiarName } from './image-names';
import { sizeOf } from './list';
import { findContainer, findImage, findNetwork, findVolume } from './lookup';
import { volumePath } from './mounts';
import { networkMembers } from './networks';
import { namesOf } from './rmi';
import type { ImageRecord, NetworkRecord } from './state';
import { parseSubnet } from './subnet';
import { never } from './time';

type Json = Record<string, unknown>;

const root = '/var/lib/docker';

/** `docker container inspect`: the record in the Engine API's form and order. */
export function inspectContainer(daemon: Daemon, reference: string, options: { readonly size?: boolean } = {}): Json {
  const record = findContainer(daemon, reference);
  const folder = `${root}/containers/${record.id}`;
  const size = options.size ? sizeOf(daemon, record) : undefined;
  return {
    Id: record.id,
    Created: record.created,
    Path: record.path,
    Args: record.args,
    State: stateJson(record.state),
    Image: record.imageId,
    ResolvConfPath: ranOnce(record) ? `${folder}/resolv.conf` : '',
    HostnamePath: ranOnce(record) ? `${folder}/hostname` : '',
    HostsPath: ranOnce(record) ? `${folder}/hosts` : '',
    LogPath: ranOnce(record) ? `${folder}/${record.id}-json.log` : '',
    Name: `/${record.name}`,
    RestartCount: record.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: execIds(daemon, record),
    HostConfig: fullHostConfig(record.hostConfig),
    GraphDriver: { Data: overlayPaths(record), Name: 'overlay2' },
    ...(size ? { SizeRw: size.own, SizeRootFs: size.whole } : {}),
    Mounts: record.mounts,
    Config: configJson(record.config),
    NetworkSettings: networkSettings(record),
  };
}

const ranOnce = (record: ContainerRecord) => record.state.state !== 'created' || record.state.exitCode !== undefined;

function execIds(daemon: Daemon, record: ContainerRecord): string[] | null {
  const ids = [...daemon.execs.values()]
    .filter((one) => one.container === record.id && one.running)
    .map((one) => one.id);
  return ids.length ? ids : null;
}

export function stateJson(state: ContainerState): Json {
  const running = state.state === 'running' || state.state === 'paused' || state.state === 'restarting';
  return {
    Status: state.state,
    Running: running,
    Paused: state.state === 'paused',
    Restarting: state.state === 'restarting',
    OOMKilled: state.state === 'exited' && state.oomKilled === true,
    Dead: state.state === 'dead',
    Pid: 'pid' in state ? state.pid : 0,
    ExitCode: 'exitCode' in state ? (state.exitCode ?? 0) : 0,
    Error: 'error' in state ? (state.error ?? '') : '',
    StartedAt: 'startedAt' in state ? state.startedAt : never,
    FinishedAt: 'finishedAt' in state ? state.finishedAt : never,
    ...('health' in state && state.health ? { Health: healthJson(state.health) } : {}),
  };
}

function healthJson(health: NonNullable<Extract<ContainerState, { state: 'running' }>['health']>): Json {
  const Log = health.log.map((row) => ({ Start: row.start, End: row.end, ExitCode: row.exitCode, Output: row.output }));
  return { Status: health.status, FailingStreak: health.failingStreak, Log };
}

function overlayPaths(record: ContainerRecord): Json {
  const folder = `${root}/overlay2/${record.id}`;
  return {
    ID: record.id,
    LowerDir: `${folder}-init/diff:${root}/overlay2/${record.imageId.slice(7)}/diff`,
    MergedDir: `${folder}/merged`,
    UpperDir: `${folder}/diff`,
    WorkDir: `${folder}/work`,
  };
}

/** A configuration in Docker's order, without what is not set. */
export function configJson(config: ContainerConfig): Json {
  const entries: [string, unknown][] = [
    ['Hostname', config.Hostname],
    ['Domainname', config.Domainname],
    ['User', config.User],
    ['AttachStdin', config.AttachStdin],
    ['AttachStdout', config.AttachStdout],
    ['AttachStderr', config.AttachStderr],
    ['ExposedPorts', config.ExposedPorts],
    ['Tty', config.Tty],
    ['OpenStdin', config.OpenStdin],
    ['StdinOnce', config.StdinOnce],
    ['Env', config.Env],
    ['Cmd', config.Cmd],
    ['Healthcheck', config.Healthcheck],
    ['Image', config.Image],
    ['Volumes', config.Volumes],
    ['WorkingDir', config.WorkingDir],
    ['Entrypoint', config.Entrypoint],
    ['OnBuild', config.OnBuild],
    ['Labels', config.Labels && sortedKeys(config.Labels)],
    ['StopSignal', config.StopSignal],
    ['StopTimeout', config.StopTimeout],
    ['Shell', config.Shell],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Go prints maps by key. */
export function sortedKeys<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function networkSettings(record: ContainerRecord): Json {
  const running = record.state.state === 'running' || record.state.state === 'paused';
  const bridge = record.networks.bridge;
  return {
    Bridge: '',
    SandboxID: running ? record.id.split('').reverse().join('') : '',
    SandboxKey: running ? `/var/run/docker/netns/${record.id.slice(-12).split('').reverse().join('')}` : '',
    Ports: sortedKeys(record.ports ?? {}),
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.EndpointID ?? '',
    Gateway: bridge?.Gateway ?? '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: bridge?.IPAddress ?? '',
    IPPrefixLen: bridge?.IPPrefixLen ?? 0,
    IPv6Gateway: '',
    MacAddress: bridge?.MacAddress ?? '',
    Networks: Object.fromEntries(
      Object.entries(sortedKeys(record.networks)).map(([name, endpoint]) => [name, endpointJson(endpoint)]),
    ),
  };
}

function endpointJson(endpoint: Endpoint): Json {
  return {
    IPAMConfig: endpoint.IPAMConfig ?? (endpoint.DNSNames ? {} : null),
    Links: null,
    Aliases: endpoint.Aliases ?? null,
    MacAddress: endpoint.MacAddress,
    DriverOpts: null,
    GwPriority: 0,
    NetworkID: endpoint.NetworkID,
    EndpointID: endpoint.EndpointID,
    Gateway: endpoint.Gateway,
    IPAddress: endpoint.IPAddress,
    IPPrefixLen: endpoint.IPPrefixLen,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: endpoint.DNSNames ?? null,
  };
}

/** `docker image inspect`. */
export function inspectImage(daemon: Daemon, reference: string): Json {
  const image = findImage(daemon, reference);
  const config = imageConfig(daemon, image);
  const names = namesOf(daemon, image.id).map(familiarName);
  return {
    Id: image.id,
    RepoTags: names.filter((name) => !name.includes('@')).sort(),
    RepoDigests: names.filter((name) => name.includes('@')),
    Parent: image.parent ?? '',
    Comment: config.comment ?? config.history?.at(-1)?.comment ?? '',
    ...(config.created ? { Created: config.created } : {}),
    DockerVersion: config.docker_version ?? '',
    Author: config.author ?? '',
    Architecture: config.architecture,
    ...(config.variant ? { Variant: config.variant } : {}),
    Os: config.os,
    Size: image.size,
    GraphDriver: { Data: imageOverlayPaths(image), Name: 'overlay2' },
    RootFS: { Type: 'layers', ...(image.diffIds.length ? { Layers: image.diffIds } : {}) },
    Metadata: { LastTagTime: image.lastTagged ?? never },
    Config: settingsJson(config.config ?? {}),
  };
}

function imageOverlayPaths(image: ImageRecord): Json {
  const folder = (at: number) => `${root}/overlay2/${(image.diffIds[at] ?? '').slice(7)}`;
  const top = image.diffIds.length - 1;
  const below = Array.from({ length: Math.max(top, 0) }, (_, at) => `${folder(top - 1 - at)}/diff`).join(':');
  return {
    ...(below ? { LowerDir: below } : {}),
    MergedDir: `${folder(top)}/merged`,
    UpperDir: `${folder(top)}/diff`,
    WorkDir: `${folder(top)}/work`,
  };
}

function settingsJson(settings: NonNullable<ReturnType<typeof imageConfig>['config']>): Json {
  const known = {
    ArgsEscaped: settings.ArgsEscaped,
    Cmd: settings.Cmd ?? null,
    Entrypoint: settings.Entrypoint ?? null,
    Env: settings.Env ?? null,
    ExposedPorts: settings.ExposedPorts ?? undefined,
    Healthcheck: settings.Healthcheck,
    Labels: settings.Labels ? sortedKeys(settings.Labels) : null,
    OnBuild: settings.OnBuild ?? null,
    Shell: settings.Shell ?? undefined,
    StopSignal: settings.StopSignal,
    User: settings.User ?? '',
    Volumes: settings.Volumes ?? null,
    WorkingDir: settings.WorkingDir ?? '',
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

/** `docker volume inspect`. */
export function inspectVolume(daemon: Daemon, name: string): Json {
  const volume = findVolume(daemon, name);
  return {
    CreatedAt: `${volume.created.slice(0, 19)}Z`,
    Driver: volume.driver,
    Labels: volume.labels,
    Mountpoint: volumePath(volume.name),
    Name: volume.name,
    Options: volume.options,
    Scope: 'local',
  };
}

/** `docker network inspect`. */
export function inspectNetwork(daemon: Daemon, reference: string): Json {
  const network = findNetwork(daemon, reference);
  return {
    Name: network.name,
    Id: network.id,
    Created: network.created,
    Scope: 'local',
    Driver: network.driver,
    EnableIPv4: true,
    EnableIPv6: network.ipv6,
    IPAM: {
      Driver: 'default',
      Options: ['bridge', 'host', 'none'].includes(network.name) ? null : {},
      Config: ipamConfig(network),
    },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: members(daemon, network),
    Options: sortedKeys(network.options),
    Labels: sortedKeys(network.labels),
  };
}

function ipamConfig(network: NetworkRecord): Json[] | null {
  if (!network.subnet) return null;
  return [
    { Subnet: network.subnet, ...(network.ipRange ? { IPRange: network.ipRange } : {}), Gateway: network.gateway },
  ];
}

function members(daemon: Daemon, network: NetworkRecord): Json {
  const found = networkMembers(daemon, network).map((record) => {
    const endpoint = record.networks[network.name]!;
    const prefix = network.subnet ? `/${parseSubnet(network.subnet)!.prefix}` : '';
    const IPv4Address = endpoint.IPAddress ? `${endpoint.IPAddress}${prefix}` : '';
    return [
      record.id,
      {
        Name: record.name,
        EndpointID: endpoint.EndpointID,
        MacAddress: endpoint.MacAddress,
        IPv4Address,
        IPv6Address: '',
      },
    ];
  });
  return sortedKeys(Object.fromEntries(found));
}
