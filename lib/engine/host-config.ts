import type { HostConfig } from '../container';

/** Docker's HostConfig with nothing asked for, in the order in which `inspect` prints it (Engine API 1.51). */
const defaults = {
  Binds: null,
  ContainerIDFile: '',
  LogConfig: { Type: 'json-file', Config: {} },
  NetworkMode: 'bridge',
  PortBindings: {},
  RestartPolicy: { Name: 'no', MaximumRetryCount: 0 },
  AutoRemove: false,
  VolumeDriver: '',
  VolumesFrom: null,
  ConsoleSize: [0, 0],
  CapAdd: null,
  CapDrop: null,
  CgroupnsMode: 'host',
  Dns: [],
  DnsOptions: [],
  DnsSearch: [],
  ExtraHosts: null,
  GroupAdd: null,
  IpcMode: 'private',
  Cgroup: '',
  Links: null,
  OomScoreAdj: 0,
  PidMode: '',
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  SecurityOpt: null,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: 67108864,
  Runtime: 'runc',
  Isolation: '',
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteIOps: [],
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: false,
  PidsLimit: null,
  Ulimits: [],
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
} as const;

const masked = [
  '/proc/asound',
  '/proc/acpi',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/sys/firmware',
  '/sys/devices/virtual/powercap',
];

const readOnly = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/**
 * The stored form: only what differs from the defaults, so that a record stays small in a stream. `fullHostConfig` puts the
 * defaults back.
 */
export function makeHostConfig(asked: Readonly<Record<string, unknown>>): HostConfig {
  const kept = Object.entries(withoutLabels(asked)).filter(([key, value]) => {
    if (value === undefined) return false;
    return requiredFields.has(key) || JSON.stringify(value) !== JSON.stringify(defaults[key as keyof typeof defaults]);
  });
  const { Binds, NetworkMode, PortBindings, RestartPolicy, AutoRemove, ReadonlyRootfs } = defaults;
  return {
    Binds,
    NetworkMode,
    PortBindings,
    RestartPolicy,
    AutoRemove,
    ReadonlyRootfs,
    ...Object.fromEntries(kept),
  } as HostConfig;
}

/** A container that shares the host's names has no security label of its own. */
function withoutLabels(asked: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const shares = asked.Privileged || asked.IpcMode === 'host' || asked.PidMode === 'host';
  if (!shares) return asked;
  return { ...asked, SecurityOpt: [...((asked.SecurityOpt as string[] | undefined) ?? []), 'label=disable'] };
}

const requiredFields = new Set([
  'Binds',
  'NetworkMode',
  'PortBindings',
  'RestartPolicy',
  'AutoRemove',
  'ReadonlyRootfs',
]);

/** As `inspect` prints it: Docker's order, defaults included; Mounts and the like only when they were asked for. */
export function fullHostConfig(config: HostConfig): Record<string, unknown> {
  const paths = config.Privileged
    ? { MaskedPaths: null, ReadonlyPaths: null }
    : { MaskedPaths: masked, ReadonlyPaths: readOnly };
  const full: Record<string, unknown> = {};
  for (const key of Object.keys(defaults)) full[key] = config[key] ?? defaults[key as keyof typeof defaults];
  for (const key of ['Mounts', 'Tmpfs', 'StorageOpt', 'Sysctls', 'Annotations', 'Init']) {
    if (config[key] !== undefined) full[key] = config[key];
  }
  return { ...full, ...paths };
}
