import type { ContainerRecord } from '../container';
import { Failure } from '../errors';
import { type FileSystem, FsError, Mounts, root, viewOf } from '../fs';
import { containerAttributes } from './create';
import type { Daemon, Live } from './daemon';
import { containerEnded } from './ended';
import { etcFiles } from './etc';
import { findExecutable } from './executable';
import { watchHealth } from './health';
import { LogWriter } from './log-writer';
import { findContainer } from './lookup';
import { mountsOf } from './mounts';
import { joinNetworks, leaveNetworks, taskNetwork } from './networking';
import { claimPorts, publishedPorts } from './ports';
import { remove } from './rm';
import type { ContainerTask, Task } from './runtime';
import { cannotStart, pausedForStart } from './sentences';
import { resolveUser } from './users';

export interface StartOptions {
  readonly size?: { readonly columns: number; readonly rows: number };
}

/** `docker start`: runs the container's program on its files as they are. Already running: nothing happens. */
export async function start(daemon: Daemon, reference: string, options: StartOptions = {}): Promise<void> {
  const record = findContainer(daemon, reference);
  if (record.state.state === 'running' || record.state.state === 'restarting') return;
  if (record.state.state === 'paused') throw pausedForStart();
  await launch(daemon, record, { ...options, restartCount: 0 });
}

export interface LaunchOptions extends StartOptions {
  readonly restartCount: number;
}

/** Starts the task of a container that does not run and records it; a failure is recorded too, and thrown. */
export async function launch(daemon: Daemon, record: ContainerRecord, options: LaunchOptions): Promise<void> {
  try {
    const networks = joinOrFail(daemon, record);
    const ports = claimPorts(daemon, record, networks);
    daemon.change({ type: 'container:networked', id: record.id, networks, ports });
    announceVolumes(daemon, record, 'mount');
    announceNetworks(daemon, record, 'connect');
    const live = await run(daemon, daemon.record(record.id), options, false);
    daemon.change({ type: 'container:started', id: record.id, pid: live.task.pid, at: daemon.now() });
    daemon.announcements.tell('container', 'start', record.id, containerAttributes(record));
    live.recorded = live.task.ended.then((end) => containerEnded(daemon, record.id, live, end));
    watchHealth(daemon, record.id, live);
  } catch (error) {
    await startFailed(daemon, record, error);
    throw error;
  }
}

function joinOrFail(daemon: Daemon, record: ContainerRecord): ReturnType<typeof joinNetworks> {
  try {
    return joinNetworks(daemon, record);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, `failed to set up container networking: ${error.message}`, error.detail);
  }
}

/** Starts again what the record says is running: after the server's restart. No event is emitted, for nothing changed. */
export async function resume(daemon: Daemon, reference: string): Promise<void> {
  const record = findContainer(daemon, reference);
  if (record.state.state !== 'running' && record.state.state !== 'paused') return;
  const live = await run(daemon, record, {}, true);
  live.recorded = live.task.ended.then((end) => containerEnded(daemon, record.id, live, end));
  if (record.state.state === 'paused') live.task.pause();
  watchHealth(daemon, record.id, live);
}

async function startFailed(daemon: Daemon, record: ContainerRecord, error: unknown): Promise<void> {
  const failure = error instanceof Failure ? error : undefined;
  const exitCode = (failure?.detail.exitCode as number | undefined) ?? 128;
  const message = error instanceof Error ? error.message : String(error);
  const state =
    record.state.state === 'exited' || record.state.state === 'restarting'
      ? { ...record.state, state: 'exited' as const, exitCode, error: message, finishedAt: daemon.now() }
      : { state: 'created' as const, exitCode, error: message };
  daemon.change({ type: 'container:ended', id: record.id, state, restartCount: record.restartCount });
  daemon.change({ type: 'container:networked', id: record.id, networks: leaveNetworks(record), ports: {} });
  announceNetworks(daemon, record, 'disconnect');
  daemon.announcements.tell('container', 'die', record.id, {
    ...containerAttributes(record),
    exitCode: String(exitCode),
  });
  daemon.hub(record.id).end();
  daemon.wake(record.id, 'exit');
  if (record.hostConfig.AutoRemove) await remove(daemon, record.id, { force: true, volumes: true });
}

export function announceNetworks(daemon: Daemon, record: ContainerRecord, action: 'connect' | 'disconnect'): void {
  for (const name of Object.keys(record.networks)) {
    const network = [...daemon.state.networks.values()].find((one) => one.name === name);
    if (!network) continue;
    daemon.announcements.tell('network', action, network.id, {
      container: record.id,
      name: network.name,
      type: network.driver,
    });
  }
}

/** Volumes are mounted before the networks are joined, and let go after they were left. */
export function announceVolumes(daemon: Daemon, record: ContainerRecord, action: 'mount' | 'unmount'): void {
  for (const mount of record.mounts) {
    if (mount.Type !== 'volume' || !mount.Name) continue;
    const more = { destination: mount.Destination, propagation: mount.Propagation, 'read/write': String(mount.RW) };
    const attributes = { container: record.id, driver: 'local', ...(action === 'mount' ? more : {}) };
    daemon.announcements.tell('volume', action, mount.Name, attributes);
  }
}

async function run(daemon: Daemon, record: ContainerRecord, options: StartOptions, resumed: boolean): Promise<Live> {
  const hub = daemon.hub(record.id);
  const log = new LogWriter(
    () => daemon.now(),
    (entries) => daemon.log(record.id, entries),
  );
  const output: ContainerTask['output'] = (stream, bytes) => {
    log.add(stream, bytes);
    return hub.output(stream, bytes);
  };
  const mounts = mountsOf(daemon, record);
  const fs = containerFiles(daemon, record, mounts);
  const task = await startTask(daemon, planTask(daemon, record, fs, { mounts, size: options.size, output, resumed }));
  const stop = new AbortController();
  const live: Live = { task, log, hub, fs, stop, recorded: Promise.resolve(), stopRequested: false };
  daemon.live.set(record.id, live);
  return live;
}

async function startTask(daemon: Daemon, task: ContainerTask): Promise<Task> {
  try {
    return await daemon.options.runtime.start(task);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (error.errno === 'EACCES') throw cannotStart(`exec: ${JSON.stringify(task.argv[0])}: permission denied`, 126);
    if (error.errno === 'ENOEXEC') throw cannotStart(`exec ${task.argv[0]}: exec format error`, 255);
    throw cannotStart(`exec ${task.argv[0]}: no such file or directory`, 255);
  }
}

type Around = Pick<ContainerTask, 'mounts' | 'output' | 'resumed' | 'size'>;

function planTask(
  daemon: Daemon,
  record: ContainerRecord,
  fs: FileSystem,
  { mounts, size, output, resumed }: Around,
): ContainerTask {
  const { config, hostConfig } = record;
  const user = resolveUser(fs, config.User, (hostConfig.GroupAdd as string[] | undefined) ?? []);
  const env = processEnv(config.Env ?? [], record, user.home);
  const cwd = config.WorkingDir || '/';
  const { uid, gid, groups } = user;
  const credentials = { uid, gid, groups };
  return {
    container: record.id,
    path: findExecutable(fs.as({ credentials, cwd }), record.path, env),
    argv: [record.path, ...record.args],
    env,
    cwd,
    credentials,
    tty: config.Tty,
    stdin: config.OpenStdin,
    hostname: config.Hostname,
    domainname: config.Domainname,
    etc: etcFiles(daemon, record),
    init: hostConfig.Init === true,
    network: taskNetwork(daemon, record),
    ports: publishedPorts(record),
    limits: {
      memory: Number(hostConfig.Memory ?? 0),
      pids: Number(hostConfig.PidsLimit ?? 0),
      cpus: Number(hostConfig.NanoCpus ?? 0) / 1e9,
      ulimits: (hostConfig.Ulimits ?? []) as { Name: string; Soft: number; Hard: number }[],
    },
    mounts,
    size,
    output,
    resumed,
  };
}

/** The container's files as its processes see them, for root at `/`. Mount points that are missing are made. */
export function containerFiles(daemon: Daemon, record: ContainerRecord, mounts = mountsOf(daemon, record)): FileSystem {
  const [base, ...over] = mounts;
  const table = new Mounts(base!.tree, { source: base!.source, type: base!.type });
  const fs = viewOf(table, { credentials: root, cwd: '/', umask: 0o022 });
  for (const mount of over) {
    makeMountPoint(fs, mount.path, mount.root !== undefined && mount.tree.attributes(mount.root).kind !== 'directory');
    table.mount(mount.path, mount.tree, {
      readOnly: mount.readOnly,
      source: mount.source,
      type: mount.type,
      root: mount.root,
    });
  }
  return fs;
}

function makeMountPoint(fs: FileSystem, path: string, file: boolean): void {
  const parts = path.split('/').filter(Boolean);
  parts.forEach((_, at) => {
    const folder = `/${parts.slice(0, at + 1).join('/')}`;
    if (fs.exists(folder)) return;
    if (file && at === parts.length - 1) fs.writeFile(folder, new Uint8Array(), 0o755);
    else fs.mkdir(folder, 0o755);
  });
}

export function processEnv(pairs: readonly string[], record: ContainerRecord, home: string): Record<string, string> {
  const env: Record<string, string> = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: record.config.Hostname,
  };
  if (record.config.Tty) env.TERM = 'xterm';
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at > 0) env[pair.slice(0, at)] = pair.slice(at + 1);
    else delete env[pair];
  }
  env.HOME ??= home;
  return env;
}
