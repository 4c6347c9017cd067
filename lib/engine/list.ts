import type { ContainerRecord, ImageId, MountPoint } from '../container';
import { Failure } from '../errors';
import { compileRegex, RegexFault } from '../pattern';
import type { Daemon } from './daemon';
import { canonicalName } from './image-names';
import { sheetSize } from './layer-size';
import { findContainer, findNetwork, lookupImage } from './lookup';
import { statusText } from './status';
import { lastExitCode } from './wait';

export interface ListOptions {
  readonly all?: boolean;
  /** The last so many, running or not. */
  readonly last?: number;
  readonly size?: boolean;
  readonly filters?: Filters;
}

/** Filter name → the values given for it: any of them, except labels, which must all hold. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** One row of `docker ps`, unformatted. */
export interface ContainerSummary {
  readonly record: ContainerRecord;
  /** The name of its image as the list shows it: the short id when the name now means another image, or none. */
  readonly image: string;
  readonly status: string;
  /** Bytes on its own sheet, and with the image below; only when asked. */
  readonly size?: { readonly own: number; readonly whole: number };
}

const known = [
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
];

/** `docker ps`: newest first. */
export function list(daemon: Daemon, options: ListOptions = {}): ContainerSummary[] {
  const filters = options.filters ?? {};
  for (const name of Object.keys(filters)) if (!known.includes(name)) throw invalidFilter(name);
  const accepts = containerFilter(daemon, filters);
  const everything = options.all || options.last !== undefined || Boolean(filters.status || filters.exited);
  const records = [...daemon.state.containers.values()]
    .reverse()
    .filter((record) => (everything || shown(record)) && accepts(record));
  const chosen = options.last !== undefined && options.last > 0 ? records.slice(0, options.last) : records;
  // A class's containers mostly stand on one image: its name is looked up once.
  const names = new Map<string, ImageId | undefined>();
  return chosen.map((record) => summary(daemon, record, options, names));
}

const shown = (record: ContainerRecord) => ['running', 'paused', 'restarting'].includes(record.state.state);

function summary(
  daemon: Daemon,
  record: ContainerRecord,
  options: ListOptions,
  names: Map<string, ImageId | undefined>,
): ContainerSummary {
  const image = imageShown(daemon, record, names);
  const status = statusText(record, daemon.options.clock.now());
  return { record, image, status, size: options.size ? sizeOf(daemon, record) : undefined };
}

export function sizeOf(daemon: Daemon, record: ContainerRecord): { own: number; whole: number } {
  const own = sheetSize(daemon.union(record.snapshot).sheet);
  return { own, whole: own + (daemon.state.images.byId.get(record.imageId)?.size ?? 0) };
}

function imageShown(daemon: Daemon, record: ContainerRecord, names: Map<string, ImageId | undefined>): string {
  if (!names.has(record.image)) names.set(record.image, lookupImage(daemon, record.image)?.id);
  return names.get(record.image) === record.imageId ? record.image : record.imageId.slice(7, 19);
}

export const invalidFilter = (name: string) => new Failure('invalid', `invalid filter '${name}'`);

function containerFilter(daemon: Daemon, filters: Filters): (record: ContainerRecord) => boolean {
  const tests = Object.entries(filters).map(([name, values]) => filterTest(daemon, name, values));
  return (record) => tests.every((test) => test(record));
}

const statuses = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];
const healths = ['none', 'starting', 'healthy', 'unhealthy'];

function filterTest(daemon: Daemon, name: string, values: readonly string[]): (record: ContainerRecord) => boolean {
  switch (name) {
    case 'status':
      checkWords('status', values, statuses);
      return (record) => values.includes(record.state.state);
    case 'health':
      checkWords('health', values, healths);
      return (record) =>
        values.includes('health' in record.state && record.state.health ? record.state.health.status : 'none');
    case 'id':
      return (record) => values.some((value) => record.id.startsWith(value));
    case 'name': {
      const tests = values.map(nameTest);
      return (record) => tests.some((test) => test(record.name));
    }
    case 'label':
      return (record) => values.every((value) => hasLabel(record.config.Labels, value));
    case 'exited': {
      const codes = values.map((value) => exitCodeOf(value));
      return (record) =>
        record.state.state !== 'running' && 'exitCode' in record.state && codes.includes(lastExitCode(record));
    }
    case 'ancestor': {
      const ancestors = values.map((value) =>
        (lookupImage(daemon, value) ?? lookupImage(daemon, canonicalName(value) ?? ''))?.diffIds.join(),
      );
      return (record) => ancestors.some((diffIds) => diffIds !== undefined && descends(daemon, record, diffIds));
    }
    case 'before':
    case 'since': {
      const order = [...daemon.state.containers.keys()];
      const pivots = values.map((value) => order.indexOf(findContainer(daemon, value).id));
      return (record) =>
        pivots.some((pivot) =>
          name === 'before' ? order.indexOf(record.id) < pivot : order.indexOf(record.id) > pivot,
        );
    }
    case 'volume':
      return (record) => values.some((value) => record.mounts.some((mount) => mountMatches(mount, value)));
    case 'network':
      return (record) => values.some((value) => inNetwork(daemon, record, value));
    case 'publish':
      return (record) => values.some((value) => portIn(value, publishedHostPorts(record)));
    case 'expose':
      return (record) => values.some((value) => portIn(value, Object.keys(record.config.ExposedPorts ?? {})));
    default:
      return () => !values.includes('true');
  }
}

function checkWords(filter: string, values: readonly string[], words: readonly string[]): void {
  for (const value of values) {
    if (words.includes(value)) continue;
    const what = filter === 'status' ? 'state' : filter;
    throw new Failure(
      'invalid',
      `invalid filter '${filter}=${value}': invalid value for ${what} (${value}): must be one of ${words.join(', ')}`,
    );
  }
}

/** A filter's name is a regular expression, matched with and without the leading slash. */
function nameTest(pattern: string): (name: string) => boolean {
  try {
    const form = compileRegex(pattern, { syntax: 'perl' });
    return (name) => form.test(name) || form.test(`/${name}`);
  } catch (error) {
    if (!(error instanceof RegexFault)) throw error;
    return (name) => name === pattern;
  }
}

export function hasLabel(labels: Readonly<Record<string, string>> | null, filter: string): boolean {
  const at = filter.indexOf('=');
  const key = at < 0 ? filter : filter.slice(0, at);
  return labels?.[key] !== undefined && (at < 0 || labels[key] === filter.slice(at + 1));
}

function exitCodeOf(value: string): number {
  if (/^-?\d+$/.test(value)) return Number(value);
  throw new Failure('invalid', `strconv.Atoi: parsing ${JSON.stringify(value)}: invalid syntax`);
}

function descends(daemon: Daemon, record: ContainerRecord, diffIds: string): boolean {
  const own = daemon.state.images.byId.get(record.imageId)?.diffIds.join() ?? '';
  return own === diffIds || own.startsWith(`${diffIds},`);
}

const mountMatches = (mount: MountPoint, value: string) =>
  mount.Name === value || mount.Destination === value || mount.Source === value;

function inNetwork(daemon: Daemon, record: ContainerRecord, value: string): boolean {
  try {
    return record.networks[findNetwork(daemon, value).name] !== undefined;
  } catch {
    return false;
  }
}

function publishedHostPorts(record: ContainerRecord): string[] {
  return Object.entries(record.ports ?? {}).flatMap(([port, bindings]) =>
    (bindings ?? []).map((one) => `${one.HostPort}/${port.split('/')[1]}`),
  );
}

function portIn(value: string, ports: readonly string[]): boolean {
  const [range = '', protocol = 'tcp'] = value.split('/');
  const [low, high = low] = range.split('-').map(Number);
  return ports.some((port) => {
    const [number, other] = port.split('/');
    return other === protocol && Number(number) >= low! && Number(number) <= high!;
  });
}
