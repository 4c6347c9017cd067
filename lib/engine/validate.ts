import type { ContainerConfig, HostConfig } from '../container';
import { Failure } from '../errors';
import { parseSignal } from '../process';
import type { Daemon } from './daemon';
import type { MountRequest } from './mounts';
import { splitBind } from './mounts';
import { invalidSignal } from './sentences';

const invalid = (sentence: string) => new Failure('invalid', sentence);

/** Refuses what the daemon refuses before it makes a container. (moby, daemon/container.go and daemon_unix.go) */
export function validateContainer(daemon: Daemon, config: ContainerConfig, hostConfig: HostConfig): void {
  if (config.StopSignal && !parseSignal(config.StopSignal)) throw invalidSignal(config.StopSignal);
  validateMounts(hostConfig);
  validateRestart(hostConfig);
  validateWords(hostConfig);
  validateResources(daemon, hostConfig);
}

function validateMounts(hostConfig: HostConfig): void {
  for (const bind of hostConfig.Binds ?? []) {
    const { source, target, mode } = splitBind(bind);
    const written = bind.split(':')[1] ?? '';
    const options = mode.split(',').filter(Boolean);
    if (options.some((option) => !bindModes.has(option))) throw invalid(`invalid mode: ${mode}`);
    if (source?.startsWith('/') && !written.startsWith('/'))
      throw badMount('bind', written, `invalid volume specification: '${bind}': `);
    if (target === '/')
      throw invalid(
        `invalid volume specification: '${bind}': invalid mount config for type "${source?.startsWith('/') ? 'bind' : 'volume'}": invalid specification: destination can't be '/'`,
      );
  }
  for (const path of Object.keys((hostConfig.Tmpfs as Record<string, string> | undefined) ?? {})) {
    if (!path.startsWith('/')) throw invalid(`invalid mount path: '${path}' mount path must be absolute`);
  }
  for (const mount of (hostConfig.Mounts as MountRequest[] | undefined) ?? []) {
    if (!['bind', 'volume', 'tmpfs'].includes(mount.Type))
      throw invalid(`invalid mount config for type ${JSON.stringify(mount.Type)}: mount type unknown`);
    if (!mount.Target.startsWith('/')) throw badMount(mount.Type, mount.Target, '');
    if (mount.Type === 'bind' && !mount.Source)
      throw invalid('invalid mount config for type "bind": field Source must not be empty');
  }
}

const bindModes = new Set([
  'ro',
  'rw',
  'z',
  'Z',
  'nocopy',
  'private',
  'rprivate',
  'shared',
  'rshared',
  'slave',
  'rslave',
  'delegated',
  'cached',
  'consistent',
]);

const badMount = (type: string, path: string, before: string) =>
  invalid(
    `${before}invalid mount config for type ${JSON.stringify(type)}: invalid mount path: '${path}' mount path must be absolute`,
  );

function validateRestart({ RestartPolicy, AutoRemove }: HostConfig): void {
  const { Name, MaximumRetryCount } = RestartPolicy;
  if (!['', 'no', 'always', 'on-failure', 'unless-stopped'].includes(Name)) {
    throw invalid(
      `invalid restart policy: unknown policy '${Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    );
  }
  if (MaximumRetryCount !== 0 && Name !== 'on-failure') {
    throw invalid("invalid restart policy: maximum retry count can only be used with 'on-failure'");
  }
  if (AutoRemove && Name && Name !== 'no') throw invalid("can't create 'AutoRemove' container with restart policy");
}

const ipcModes = /^(none|private|shareable|host|container:.+)$/;

function validateWords(hostConfig: HostConfig): void {
  const text = (name: string) => (hostConfig[name] as string | undefined) ?? '';
  if (text('IpcMode') && !ipcModes.test(text('IpcMode'))) throw invalid(`invalid IPC mode: ${text('IpcMode')}`);
  if (!['', 'default'].includes(text('Isolation')))
    throw invalid(`invalid isolation (${text('Isolation')}): linux only supports 'default'`);
  if (!['', 'runc', 'io.containerd.runc.v2'].includes(text('Runtime')))
    throw invalid(`unknown or invalid runtime name: ${text('Runtime')}`);
  const { Type = 'json-file' } = (hostConfig.LogConfig as { Type?: string } | undefined) ?? {};
  if (Type !== 'json-file' && Type !== 'local' && Type !== 'none') {
    throw new Failure('not-found', `error looking up logging plugin ${Type}: plugin ${JSON.stringify(Type)} not found`);
  }
  for (const [field, names] of [
    ['CapAdd', hostConfig.CapAdd],
    ['CapDrop', hostConfig.CapDrop],
  ] as const) {
    for (const name of (names as string[] | undefined) ?? []) validateCapability(field, name);
  }
  if (hostConfig.DeviceRequests) throw invalid('could not select device driver "" with capabilities: [[gpu]]');
}

const capabilities = new Set(
  `AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID
  IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW
  PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO
  SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM ALL`.split(/\s+/),
);

function validateCapability(field: string, name: string): void {
  const bare = name.toUpperCase().replace(/^CAP_/, '');
  if (!capabilities.has(bare)) throw invalid(`invalid ${field}: unknown capability: "CAP_${bare}"`);
}

function validateResources(daemon: Daemon, hostConfig: HostConfig): void {
  const number = (name: string) => Number(hostConfig[name] ?? 0);
  const cpus = daemon.options.host?.cpus ?? 2;
  if (number('Memory') > 0 && number('Memory') < 6 * 2 ** 20) throw invalid('Minimum memory limit allowed is 6MB');
  if (number('Memory') > 0 && number('MemorySwap') > 0 && number('MemorySwap') < number('Memory')) {
    throw invalid('Minimum memoryswap limit should be larger than memory limit, see usage');
  }
  if (number('MemorySwap') > 0 && number('Memory') === 0)
    throw invalid('You should always set the Memory limit when using Memoryswap limit, see usage');
  if (number('NanoCpus') < 0 || number('NanoCpus') > cpus * 1e9) {
    throw invalid(`range of CPUs is from 0.01 to ${cpus}.00, as there are only ${cpus} CPUs available`);
  }
  const wanted = String(hostConfig.CpusetCpus ?? '');
  if (wanted?.split(/[,-]/).some((cpu) => Number(cpu) >= cpus)) {
    throw invalid(`Requested CPUs are not available - requested ${wanted}, available: 0-${cpus - 1}`);
  }
  if (Math.abs(number('OomScoreAdj')) > 1000) {
    throw invalid(`Invalid value ${number('OomScoreAdj')}, range for oom score adj is [-1000, 1000]`);
  }
}
