import { parseNormalised } from '../image';
import { parseDuration } from './duration';
import { parseSize } from './size';
import type { Flag } from './table/declare';
import { flagError } from './usage-error';

/** Refuses a value that the flag's type, or the flag itself, does not take: as pflag words it. */
export function checkValue(flag: Flag, value: string): void {
  const complaint = complaintAbout(flag, value);
  if (complaint !== undefined)
    throw flagError(
      `invalid argument ${JSON.stringify(value)} for ${JSON.stringify(flagName(flag))} flag: ${complaint}`,
    );
}

export const flagName = (flag: Flag) => (flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`);

function complaintAbout(flag: Flag, value: string): string | undefined {
  switch (flag.value) {
    case undefined:
      return /^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(value)
        ? undefined
        : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
    case 'int':
    case 'uint':
    case 'uint16':
    case 'uint64':
      return integerComplaint(flag.value, value);
    case 'bytes':
      return value === '-1' && flag.name === 'memory-swap' ? undefined : complaint(() => parseSize(value));
    case 'duration':
      return complaint(() => parseDuration(value));
    case 'decimal':
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$|^[+-]?\d+\/\d+$/.test(value)
        ? nanoComplaint(value)
        : `failed to parse ${value} as a rational number`;
    case 'filter':
      return value === '' || value.includes('=') ? undefined : 'bad format of filter (expected name=value)';
    case 'ulimit':
      return ulimitComplaint(value);
    case 'mount':
      return mountComplaint(value);
    default:
      return namedComplaint(flag, value);
  }
}

function complaint(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function nanoComplaint(value: string): string | undefined {
  return Number(value) * 1e9 === Math.round(Number(value) * 1e9) ? undefined : 'value is too precise';
}

function integerComplaint(type: string, value: string): string | undefined {
  const signed = type === 'int';
  const name = signed ? 'strconv.ParseInt' : 'strconv.ParseUint';
  if (!(signed ? /^[+-]?\d+$/ : /^\d+$/).test(value))
    return `${name}: parsing ${JSON.stringify(value)}: invalid syntax`;
  const limit = type === 'uint16' ? 65_535n : signed ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  return BigInt(value) > limit ? `${name}: parsing ${JSON.stringify(value)}: value out of range` : undefined;
}

const limitNames = [
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];

function ulimitComplaint(value: string): string | undefined {
  const [name = '', limits] = value.split('=');
  if (limits === undefined || !limits) return `invalid ulimit argument: ${value}`;
  if (!limitNames.includes(name)) return `invalid ulimit type: ${name}`;
  const parts = limits.split(':');
  if (parts.length > 2) return `too many limit value arguments - ${limits}, can only have up to two, \`soft[:hard]\``;
  for (const part of parts)
    if (!/^-?\d+$/.test(part)) return `strconv.ParseInt: parsing ${JSON.stringify(part)}: invalid syntax`;
  const [soft, hard = soft] = parts.map(Number);
  return hard !== -1 && soft! > hard!
    ? `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`
    : undefined;
}

function mountComplaint(value: string): string | undefined {
  let target = false;
  for (const field of value.split(',')) {
    const [key = '', content] = field.split('=');
    if (content === undefined && !['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'].includes(key)) {
      return `invalid field '${field}' must be a key=value pair`;
    }
    if (['target', 'dst', 'destination'].includes(key.toLowerCase())) target = true;
    else if (!mountKeys.includes(key.toLowerCase())) return `unexpected key '${key}' in '${field}'`;
  }
  return target ? undefined : 'target is required';
}

const mountKeys = [
  'type',
  'source',
  'src',
  'readonly',
  'ro',
  'consistency',
  'bind-propagation',
  'bind-nonrecursive',
  'bind-recursive',
  'volume-subpath',
  'volume-nocopy',
  'volume-label',
  'volume-driver',
  'volume-opt',
  'image-subpath',
  'tmpfs-size',
  'tmpfs-mode',
];

/** Flags whose text has a form of its own. */
function namedComplaint(flag: Flag, value: string): string | undefined {
  switch (flag.name) {
    case 'attach':
      return ['stdin', 'stdout', 'stderr'].includes(value.toLowerCase())
        ? undefined
        : 'valid streams are STDIN, STDOUT and STDERR';
    case 'env':
    case 'build-arg':
      return value.startsWith('=') || value === '' ? `invalid environment variable: ${value}` : undefined;
    case 'add-host':
      return hostComplaint(value);
    case 'dns':
      return isAddress(value) ? undefined : `IP address is not correctly formatted: ${value}`;
    case 'dns-search':
      return value === '.' || /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(value)
        ? undefined
        : `${value} is not a valid domain`;
    case 'device-cgroup-rule':
      return /^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(value)
        ? undefined
        : `invalid device cgroup format '${value}'`;
    case 'label':
      return value.startsWith('=') ? `invalid label '${value}': empty name` : undefined;
    case 'tag':
      return flag.value === 'list' ? referenceComplaint(value) : undefined;
    case 'blkio-weight-device':
      return /^[^:]+:\d+$/.test(value) ? undefined : `bad format: ${value}`;
    case 'device-read-bps':
    case 'device-write-bps':
      return rateComplaint(value, 'Number must be a positive integer. Unit is optional and can be kb, mb, or gb');
    case 'device-read-iops':
    case 'device-write-iops':
      return rateComplaint(value, 'Number must be a positive integer');
    case 'gpus':
      return gpuComplaint(value);
    case 'sysctl':
      return /^(kernel\.(msg|sem|shm)|kernel\.shmmax|fs\.mqueue\.|net\.)[^=]*=/.test(value)
        ? undefined
        : `sysctl '${value}' is not allowed`;
    case 'link':
      return value === '' ? 'empty string specified for links' : undefined;
    default:
      return undefined;
  }
}

function referenceComplaint(value: string): string | undefined {
  return complaint(() => parseNormalised(value));
}

function rateComplaint(value: string, rule: string): string | undefined {
  const [path = '', rate = ''] = value.split(':');
  if (value.split(':').length !== 2) return `bad format: ${value}`;
  if (!path.startsWith('/dev/')) return `bad format for device path: ${value}`;
  if (/^[1-9]\d*(b|[kmg]b?)?$/i.test(rate)) return undefined;
  const unit = rule.includes('Unit') ? '[<unit>]' : '';
  return `invalid rate for device: ${value}. The correct format is <device-path>:<number>${unit}. ${rule}`;
}

function gpuComplaint(value: string): string | undefined {
  for (const field of value.split(',')) {
    const [key = '', content] = field.split('=');
    if (
      content === undefined
        ? key !== 'all' && !/^-?\d+$/.test(key)
        : !['driver', 'count', 'device', 'capabilities', 'options'].includes(key)
    ) {
      return content === undefined
        ? `invalid count (${key}): value must be either "all" or an integer: invalid syntax`
        : `unexpected key '${key}' in '${field}'`;
    }
  }
  return undefined;
}

function hostComplaint(value: string): string | undefined {
  const at = /[=:]/.exec(value)?.index ?? -1;
  if (at < 1 || at === value.length - 1) return `bad format for add-host: ${JSON.stringify(value)}`;
  const address = value.slice(at + 1).replace(/^\[(.*)\]$/, '$1');
  return address === 'host-gateway' || isAddress(address)
    ? undefined
    : `invalid IP address in add-host: ${JSON.stringify(address)}`;
}

export function isAddress(text: string): boolean {
  return isFour(text) || isSix(text);
}

function isFour(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isSix(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half ? half.split(':') : []));
  if (!groups.every((group, at) => /^[0-9a-fA-F]{1,4}$/.test(group) || (at === groups.length - 1 && isFour(group))))
    return false;
  const count = groups.length + (groups.at(-1)?.includes('.') ? 1 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
