import type { ContainerConfig, Healthcheck, HostConfig } from '../container';
import type { CreateOptions, EndpointRequest, MountRequest } from '../engine';
import { parseDuration } from './duration';
import { envFrom, readText } from './env-file';
import type { Flags } from './flags';
import type { Invocation } from './invocation';
import { parseExposed, parsePorts } from './ports';
import { parseSize } from './size';
import { CommandError } from './usage-error';

const refuse = (message: string) => new CommandError(`docker: ${message}`, 125, 'more');

/** What `docker run` and `docker create` ask of the engine, from their flags and arguments. */
export function createOptions(call: Invocation): CreateOptions {
  const { flags, args } = call;
  const [image = '', ...command] = args;
  const ports = tried(() => parsePorts(flags.list('publish')));
  const exposed = Object.fromEntries(tried(() => parseExposed(flags.list('expose'))).map((port) => [port, {}]));
  checkCombinations(flags);
  const volumes = splitVolumes(call);
  const config: CreateOptions['config'] = {
    ...streams(flags),
    Hostname: flags.text('hostname'),
    Domainname: flags.text('domainname'),
    User: flags.text('user'),
    ExposedPorts: orNothing({ ...exposed, ...ports.exposed }),
    Tty: flags.on('tty'),
    Env: envFrom(call),
    Cmd: command.length ? command : null,
    Image: image,
    Volumes: orNothing(volumes.anonymous) ?? null,
    WorkingDir: flags.text('workdir'),
    Entrypoint: entrypoint(flags),
    Labels: labelsFrom(call),
    Healthcheck: healthcheck(flags),
    StopSignal: flags.maybe('stop-signal'),
    StopTimeout: flags.has('stop-timeout') ? flags.number('stop-timeout') : undefined,
  };
  return {
    name: flags.maybe('name'),
    config: defined(config) as CreateOptions['config'],
    hostConfig: hostConfig(call, ports.bindings, volumes.binds),
    endpoints: endpoints(flags),
  };
}

function tried<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

const orNothing = <T extends object>(map: T): T | undefined => (Object.keys(map).length ? map : undefined);

function defined<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Which streams the client joins: those named, or stdout and stderr, and stdin with `-i`; none when detached. */
function streams(flags: Flags): Partial<ContainerConfig> {
  const named = flags.list('attach').map((stream) => stream.toLowerCase());
  const detached = flags.on('detach');
  const interactive = flags.on('interactive');
  const OpenStdin = interactive || named.includes('stdin');
  const AttachStdin = named.length
    ? named.includes('stdin') || (interactive && !named.includes('stdin') && false)
    : interactive && !detached;
  return {
    AttachStdin,
    AttachStdout: named.length ? named.includes('stdout') : !detached,
    AttachStderr: named.length ? named.includes('stderr') : !detached,
    OpenStdin,
    StdinOnce: OpenStdin && AttachStdin,
  };
}

function entrypoint(flags: Flags): readonly string[] | null {
  const given = flags.maybe('entrypoint');
  return given === undefined ? null : [given];
}

export function labelsFrom(call: Invocation): Record<string, string> {
  const files = call.flags.list('label-file').flatMap((path) =>
    readText(call, path)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line.includes('=') && !line.startsWith('#')),
  );
  return pairs([...files, ...call.flags.list('label')]);
}

/** `key=value` and bare `key`. */
export function pairs(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    list.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function checkCombinations(flags: Flags): void {
  const restart = flags.maybe('restart');
  if (flags.on('rm') && restart && restart !== 'no')
    throw refuse('conflicting options: cannot specify both --restart and --rm');
  const health = ['cmd', 'interval', 'timeout', 'retries', 'start-period', 'start-interval'].some((name) =>
    flags.has(`health-${name}`),
  );
  if (flags.on('no-healthcheck') && health) throw refuse('--no-healthcheck conflicts with --health-* options');
  for (const name of ['interval', 'timeout', 'start-period', 'start-interval']) {
    if (flags.has(`health-${name}`) && parseDuration(flags.text(`health-${name}`)) < 0)
      throw refuse(`--health-${name} cannot be negative`);
  }
  if (flags.has('health-retries') && flags.number('health-retries') < 0)
    throw refuse('--health-retries cannot be negative');
  const swappiness = flags.number('memory-swappiness');
  if (swappiness !== -1 && (swappiness < 0 || swappiness > 100))
    throw refuse(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`);
  for (const option of flags.list('security-opt')) checkSecurity(option);
  if (flags.list('storage-opt').some((option) => !option.includes('='))) throw refuse('invalid storage option');
  for (const device of flags.list('device')) {
    const mode = device.split(':')[2];
    if (mode !== undefined && !/^[rwm]+$/.test(mode)) throw refuse(`bad mode specified: ${mode}`);
  }
  const mac = flags.maybe('mac-address');
  if (mac && !/^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/.test(mac)) throw refuse(`${mac} is not a valid mac address`);
  checkNetworks(flags);
  const pid = flags.text('pid');
  if (pid && pid !== 'host' && !/^container:.+/.test(pid)) throw refuse('--pid: invalid PID mode');
  for (const [flag, name] of [
    ['uts', 'UTS'],
    ['userns', 'USER'],
    ['cgroupns', 'CGROUP'],
  ] as const) {
    const value = flags.text(flag);
    if (value && value !== 'host' && !(flag === 'cgroupns' && value === 'private'))
      throw refuse(`--${flag}: invalid ${name} mode`);
  }
}

/** Names of Docker's own networks cannot stand beside user-made ones, and take no aliases. */
function checkNetworks(flags: Flags): void {
  const modes = flags.list('network').map(networkName);
  const own = (name: string) => ['bridge', 'default', 'host', 'none'].includes(name) || name.startsWith('container:');
  if (modes.length > 1 && modes.some(own))
    throw refuse('conflicting options: cannot attach both user-defined and non-user-defined network-modes');
  if (flags.list('network-alias').length && (modes.length === 0 || own(modes[0]!)))
    throw refuse('network-scoped aliases are only supported for user-defined networks');
}

const securityKeys = ['apparmor', 'label', 'no-new-privileges', 'seccomp', 'systempaths', 'writable-cgroups'];

function checkSecurity(option: string): void {
  const key = option.split(/[=:]/)[0]!;
  if (!securityKeys.includes(key)) throw refuse(`Invalid --security-opt: ${JSON.stringify(option)}`);
  const profile = /^seccomp[=:](.+)$/.exec(option)?.[1];
  if (profile && profile !== 'unconfined' && profile !== 'builtin') {
    throw refuse(`opening seccomp profile (${profile}) failed: open ${profile}: no such file or directory`);
  }
}

function healthcheck(flags: Flags): Healthcheck | undefined {
  if (flags.on('no-healthcheck')) return { Test: ['NONE'] };
  const time = (name: string) =>
    flags.has(`health-${name}`) ? parseDuration(flags.text(`health-${name}`)) : undefined;
  const found = defined<Healthcheck>({
    Test: flags.maybe('health-cmd') ? ['CMD-SHELL', flags.text('health-cmd')] : undefined,
    Interval: time('interval') || undefined,
    Timeout: time('timeout') || undefined,
    StartPeriod: time('start-period') || undefined,
    StartInterval: time('start-interval') || undefined,
    Retries: flags.number('health-retries') || undefined,
  });
  return orNothing(found) as Healthcheck | undefined;
}

/** `-v`: `name:/x`, `/host:/x`, `./host:/x` are binds; `/x` alone is an anonymous volume. */
function splitVolumes(call: Invocation): { binds: string[]; anonymous: Record<string, Record<string, never>> } {
  const binds: string[] = [];
  const anonymous: Record<string, Record<string, never>> = {};
  for (const spec of call.flags.list('volume')) {
    const parts = spec.split(':');
    if (parts.length > 3) throw refuse(`invalid spec: ${spec}: too many colons`);
    if (parts.some((part) => part === ''))
      throw refuse(spec === '' ? 'invalid empty volume spec' : `invalid spec: ${spec}: empty section between colons`);
    if (parts.length === 1) anonymous[spec] = {};
    else binds.push([absoluteSource(call, parts[0]!), ...parts.slice(1)].join(':'));
  }
  return { binds, anonymous };
}

function absoluteSource(call: Invocation, source: string): string {
  if (!/^\.{1,2}(\/|$)/.test(source) && !source.startsWith('~/')) return source;
  if (source.startsWith('~/')) return `${call.process.env.HOME ?? '/root'}${source.slice(1)}`;
  const parts = call.process.cwd.split('/').filter(Boolean);
  for (const part of source.split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function hostConfig(
  call: Invocation,
  bindings: HostConfig['PortBindings'],
  binds: readonly string[],
): Partial<HostConfig> {
  const { flags } = call;
  const networks = flags.list('network').map(networkName);
  const size = (name: string) =>
    flags.has(name) ? (flags.text(name) === '-1' ? -1 : parseSize(flags.text(name))) : undefined;
  const list = (name: string) => (flags.list(name).length ? flags.list(name) : undefined);
  return defined({
    Binds: binds.length ? binds : null,
    NetworkMode: !networks[0] || networks[0] === 'default' ? 'bridge' : networks[0],
    PortBindings: bindings,
    RestartPolicy: restartPolicy(flags.text('restart')),
    AutoRemove: flags.on('rm'),
    ReadonlyRootfs: flags.on('read-only'),
    PublishAllPorts: flags.on('publish-all') || undefined,
    Privileged: flags.on('privileged') || undefined,
    Init: flags.has('init') ? flags.on('init') : undefined,
    Memory: size('memory'),
    MemoryReservation: size('memory-reservation'),
    MemorySwap: size('memory-swap') ?? (flags.has('memory') ? 2 * size('memory')! : undefined),
    NanoCpus: flags.has('cpus') ? Math.round(Number(flags.text('cpus')) * 1e9) : undefined,
    CpuShares: flags.number('cpu-shares') || undefined,
    CpusetCpus: flags.maybe('cpuset-cpus'),
    PidsLimit: flags.has('pids-limit') ? flags.number('pids-limit') : undefined,
    ShmSize: size('shm-size'),
    CapAdd: list('cap-add'),
    CapDrop: list('cap-drop'),
    Dns: list('dns'),
    DnsOptions: list('dns-option'),
    DnsSearch: list('dns-search'),
    ExtraHosts: flags.list('add-host').length
      ? flags.list('add-host').map((host) => host.replace('=', ':').replace(/:\[(.*)\]$/, ':$1'))
      : undefined,
    GroupAdd: list('group-add'),
    VolumesFrom: list('volumes-from'),
    VolumeDriver: flags.maybe('volume-driver'),
    IpcMode: flags.maybe('ipc'),
    PidMode: flags.maybe('pid'),
    UTSMode: flags.maybe('uts'),
    Isolation: flags.maybe('isolation'),
    Runtime: flags.maybe('runtime'),
    ContainerIDFile: flags.maybe('cidfile'),
    OomScoreAdj: flags.number('oom-score-adj') || undefined,
    Ulimits: flags.list('ulimit').length ? flags.list('ulimit').map(ulimit) : undefined,
    SecurityOpt: list('security-opt'),
    LogConfig:
      flags.has('log-driver') || flags.has('log-opt')
        ? { Type: flags.text('log-driver') || 'json-file', Config: pairs(flags.list('log-opt')) }
        : undefined,
    Sysctls: orNothing(pairs(flags.list('sysctl'))),
    Tmpfs: orNothing(
      Object.fromEntries(flags.list('tmpfs').map((spec) => [spec.split(':')[0]!, spec.split(':').slice(1).join(':')])),
    ),
    Mounts: flags.list('mount').length ? flags.list('mount').map((spec) => mountRequest(call, spec)) : undefined,
  }) as Partial<HostConfig>;
}

function ulimit(text: string): { Name: string; Hard: number; Soft: number } {
  const [Name = '', limits = ''] = text.split('=');
  const [soft = 0, hard = soft] = limits.split(':').map(Number);
  return { Name, Hard: hard, Soft: soft };
}

export function restartPolicy(text: string): HostConfig['RestartPolicy'] {
  const [Name = 'no', count] = text.split(':');
  if (count !== undefined && !/^\d+$/.test(count))
    throw refuse('invalid restart policy format: maximum retry count must be an integer');
  return { Name: Name || 'no', MaximumRetryCount: Number(count ?? 0) };
}

function mountRequest(call: Invocation, spec: string): MountRequest {
  const fields = new Map(
    spec.split(',').map((field) => {
      const [key = '', ...rest] = field.split('=');
      return [key.toLowerCase(), rest.length ? rest.join('=') : 'true'] as const;
    }),
  );
  const first = (...keys: string[]) => keys.map((key) => fields.get(key)).find((value) => value !== undefined);
  const Type = (first('type') ?? 'volume') as MountRequest['Type'];
  const source = first('source', 'src');
  return defined({
    Type,
    Source: source !== undefined && Type === 'bind' ? absoluteSource(call, source) : source,
    Target: first('target', 'dst', 'destination') ?? '',
    ReadOnly: ['true', '1'].includes(first('readonly', 'ro') ?? '') || undefined,
    VolumeOptions: fields.has('volume-nocopy') ? { NoCopy: fields.get('volume-nocopy') === 'true' } : undefined,
    TmpfsOptions: fields.has('tmpfs-size') ? { SizeBytes: parseSize(fields.get('tmpfs-size')!) } : undefined,
  }) as MountRequest;
}

/** `--network name`, or the long form `name=x,alias=y,ip=z`. */
function networkName(text: string): string {
  if (!text.includes('=')) return text;
  return new Map(text.split(',').map((field) => field.split('=') as [string, string])).get('name') ?? '';
}

function endpoints(flags: Flags): Record<string, EndpointRequest> {
  const asked: Record<string, EndpointRequest> = {};
  flags.list('network').forEach((text, at) => {
    const long = new Map(
      text.includes('=') ? text.split(',').map((field) => field.split('=') as [string, string]) : [],
    );
    const aliases = [
      ...(at === 0 ? flags.list('network-alias') : []),
      ...(long.has('alias') ? [long.get('alias')!] : []),
    ];
    asked[networkName(text)] = defined({
      aliases,
      address: long.get('ip') ?? (at === 0 ? flags.maybe('ip') : undefined),
      mac: long.get('mac-address') ?? (at === 0 ? flags.maybe('mac-address') : undefined),
    });
  });
  if (!flags.list('network').length && (flags.has('ip') || flags.has('mac-address') || flags.has('network-alias'))) {
    asked.bridge = defined({
      address: flags.maybe('ip'),
      mac: flags.maybe('mac-address'),
      aliases: flags.list('network-alias'),
    });
  }
  return Object.fromEntries(
    Object.entries(asked).filter(
      ([name]) => name !== 'host' && name !== 'none' && !name.startsWith('container:') && name !== 'default',
    ),
  );
}
