/** What a process may use, as getrlimit(2) tells it. Children inherit it; a soft limit holds, a hard one bounds the soft one. */
import { FsError } from '../fs';
import type { SystemLimits } from './process';

export interface Limit {
  /** `Infinity`: unlimited. */
  readonly soft: number;
  readonly hard: number;
}

const unlimited: Limit = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };
const both = (value: number): Limit => ({ soft: value, hard: value });

/** In bytes, seconds (`cpuTime`), microseconds (`realtimeTime`) or pieces. Open files, processes (not of root), file size and CPU time are enforced. */
function firstLimits(system: SystemLimits) {
  return {
    coreSize: { soft: 0, hard: Number.POSITIVE_INFINITY },
    dataSize: unlimited,
    nice: both(0),
    fileSize: unlimited,
    pendingSignals: both(system.processes),
    lockedMemory: both(8192 * 1024),
    memory: unlimited,
    openFiles: both(system.openFiles),
    messageQueues: both(819_200),
    realtimePriority: both(0),
    realtimeTime: unlimited,
    stack: { soft: 8192 * 1024, hard: Number.POSITIVE_INFINITY },
    cpuTime: unlimited,
    processes: both(system.processes),
    addressSpace: unlimited,
    fileLocks: unlimited,
  };
}

export type Resource = keyof ReturnType<typeof firstLimits>;
export type Limits = Readonly<Record<Resource, Limit>>;

/** By system: most processes of a server have these, and never others. */
const first = new WeakMap<SystemLimits, Limits>();

function sharedLimits(system: SystemLimits): Limits {
  const known = first.get(system) ?? firstLimits(system);
  first.set(system, known);
  return known;
}

/** The names that ulimits have in `docker run --ulimit`. */
const named: Readonly<Record<string, Resource>> = {
  core: 'coreSize',
  cpu: 'cpuTime',
  data: 'dataSize',
  fsize: 'fileSize',
  locks: 'fileLocks',
  memlock: 'lockedMemory',
  msgqueue: 'messageQueues',
  nice: 'nice',
  nofile: 'openFiles',
  nproc: 'processes',
  rss: 'memory',
  rtprio: 'realtimePriority',
  rttime: 'realtimeTime',
  sigpending: 'pendingSignals',
  stack: 'stack',
};

/** A container's own limits, over those of its system. -1 is unlimited. There is never more than the system has. */
export function startingLimits(
  system: SystemLimits,
  ulimits: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[],
): Limits {
  if (ulimits.length === 0) return sharedLimits(system);
  const limits: Record<Resource, Limit> = firstLimits(system);
  for (const { Name, Soft, Hard } of ulimits) {
    const resource = named[Name];
    if (!resource) continue;
    const most = resource === 'openFiles' ? system.openFiles : Number.POSITIVE_INFINITY;
    const bounded = (value: number) => Math.min(value < 0 ? Number.POSITIVE_INFINITY : value, most);
    limits[resource] = { soft: bounded(Soft), hard: bounded(Hard) };
  }
  return limits;
}

/** The limits with one changed. EINVAL when the soft one is above the hard one, EPERM when the hard one would grow. */
export function withLimit(limits: Limits, resource: Resource, limit: Limit): Limits {
  if (limit.hard > limits[resource].hard) throw new FsError('EPERM');
  if (limit.soft > limit.hard) throw new FsError('EINVAL');
  return { ...limits, [resource]: limit };
}
