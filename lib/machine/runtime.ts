/**
 * Containers as the engine wants them run: each is a system of its own, with its mounts, its wires and its processes.
 *
 * It is the engine's `Runtime` made out of lib/process. The engine has decided what to run; here it gets a kernel.
 */
import type { Chance, Clock } from '../clock';
import type { ContainerId } from '../container';
import type { ContainerTask, ExecTask, ProcessTask, Runtime, Task, TaskEnd } from '../engine';
import { type FileSystem, FsError, type Mount, Mounts, PlainTree, type Tree, viewOf } from '../fs';
import {
  createSystem,
  type Descriptor,
  type Duplex,
  duplex,
  type LiveSystem,
  type Loader,
  nullDevice,
  type Process,
  type Scheduler,
} from '../process';
import { deviceTree } from './devices';
import { initProgram } from './init';
import type { Plug, Switch } from './network';
import { ProcTree } from './proc';
import { systemLimits } from './system-limits';

export interface RuntimeOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly wires: Switch;
  /** What recognises executables in a container; with the checkpoint of its shell when it goes on after a restart. */
  readonly loader: (container: ContainerId, restore?: unknown) => Loader;
  readonly checkpointOf: (container: ContainerId) => unknown;
  readonly hostPath: Runtime['hostPath'];
  readonly fault: (error: unknown) => void;
}

interface Running {
  readonly system: LiveSystem;
  readonly plug: Plug;
  readonly init: Process;
  readonly mounts: Mounts;
}

/** A process that goes on in the background rests this long for each millisecond that it works. */
const backgroundRest = 4;
const firstEphemeral = 32768;
const emptySys = new PlainTree({ now: () => 0n, mode: 0o555 });

export class SystemRuntime implements Runtime {
  readonly #running = new Map<ContainerId, Running>();
  #nextPid = 1200;

  constructor(readonly options: RuntimeOptions) {}

  /** `makeMountPoints: false` is for builds: what would have to be made in the image for a mount is left unmounted. */
  async start(task: ContainerTask, { makeMountPoints = true } = {}): Promise<Task> {
    const mounts = this.#mount(task, makeMountPoints);
    const plug = this.#plug(task, mounts);
    try {
      const system = this.#system(task, mounts, plug, makeMountPoints);
      const wired = wire(system, task);
      const init = system.start({
        argv: task.argv,
        path: task.path,
        ...(task.init && { program: initProgram(task), argv: ['/sbin/docker-init', '--', ...task.argv] }),
        ...(task.init && { path: undefined }),
        ...shared(task),
        descriptors: wired.descriptors,
      });
      wired.closeOwn();
      this.#running.set(task.container, { system, plug, init, mounts });
      return this.#task(system, init, wired, () => this.#over(task.container));
    } catch (error) {
      this.options.wires.unplug(plug);
      throw error;
    }
  }

  async exec(container: ContainerId, task: ExecTask): Promise<Task> {
    const running = this.#running.get(container);
    if (!running) throw new FsError('ESRCH');
    const wired = wire(running.system, task);
    const process = running.system.start({
      argv: task.argv,
      path: task.path,
      ...shared(task),
      descriptors: wired.descriptors,
    });
    wired.closeOwn();
    return this.#task(running.system, process, wired, () => {});
  }

  top(container: ContainerId) {
    return this.#running.get(container)?.system.processes() ?? [];
  }

  usage(container: ContainerId) {
    const system = this.#running.get(container)?.system;
    const pids = system?.processes().length ?? 0;
    return {
      cpu: system?.totalCpu ?? 0,
      memory: pids * 450_560,
      pids,
      received: 0,
      sent: 0,
      blockRead: 0,
      blockWritten: 0,
    };
  }

  hostPath(path: string, create: boolean) {
    return this.options.hostPath(path, create);
  }

  freePort(_protocol: string, taken: (port: number) => boolean): number {
    for (let port = firstEphemeral; port < 61_000; port++)
      if (!taken(port) && !this.options.wires.publisher(port)) return port;
    throw new FsError('EADDRINUSE');
  }

  networkChanged(container: ContainerId, network: ContainerTask['network']): void {
    const running = this.#running.get(container);
    if (running) running.plug.interfaces = [running.plug.interfaces[0]!, ...interfacesOf(network)];
  }

  /** The program that is pid 1 now, for its checkpoint. */
  init(container: ContainerId): Process | undefined {
    return this.#running.get(container)?.init;
  }

  /** What runs in it and reads lines at a prompt, in the order of starting. */
  shells(container: ContainerId): readonly Process[] {
    const system = this.#running.get(container)?.system;
    const all = system?.processes().map(({ pid }) => system.process(pid)) ?? [];
    return all.filter((process) => process?.lastLine !== undefined) as Process[];
  }

  systems(): Iterable<LiveSystem> {
    return [...this.#running.values()].map(({ system }) => system);
  }

  halt(): void {
    for (const { system } of this.#running.values()) system.halt();
    this.#running.clear();
  }

  #over(container: ContainerId): void {
    const running = this.#running.get(container);
    if (!running) return;
    this.#running.delete(container);
    this.options.wires.unplug(running.plug);
  }

  #plug(task: ContainerTask, mounts: Mounts): Plug {
    const shared = task.network.container && this.#running.get(task.network.container)?.plug;
    if (shared) return shared;
    const fs = viewOf(mounts, { credentials: { uid: 0, gid: 0, groups: [0] }, cwd: '/', umask: 0o022 });
    const hosts = () => readText(fs, '/etc/hosts');
    const published = task.ports.map(({ hostIp, hostPort, containerPort }) => ({
      hostIp,
      hostPort,
      port: containerPort,
    }));
    return this.options.wires.plug(interfacesOf(task.network), hosts, published);
  }

  #system(task: ContainerTask, mounts: Mounts, plug: Plug, makeMountPoints: boolean): LiveSystem {
    const { clock, chance, scheduler, loader, checkpointOf } = this.options;
    const limits =
      task.limits.pids > 0
        ? { ...systemLimits, processes: Math.min(task.limits.pids, systemLimits.processes) }
        : systemLimits;
    const system = createSystem({
      clock,
      chance,
      scheduler,
      hostname: task.hostname,
      fs: (viewer) => viewOf(mounts, viewer),
      identify: loader(task.container, task.resumed ? checkpointOf(task.container) : undefined),
      network: plug,
      limits,
      ulimits: task.limits.ulimits,
      rest: backgroundRest,
      fault: this.options.fault,
    });
    const bootedAt = clock.now();
    const proc = new ProcTree({
      now: () => clock.now(),
      bootedAt,
      processes: () => system.processes(),
      mounts: () => mounts.list(),
      hostname: () => system.hostname,
    });
    mountAt(mounts, { path: '/proc', tree: proc, source: 'proc', type: 'proc', readOnly: false }, makeMountPoints);
    return system;
  }

  #mount(task: ContainerTask, make: boolean): Mounts {
    const now = () => this.options.clock.now();
    const [root, ...others] = task.mounts;
    if (!root) throw new FsError('EINVAL');
    const mounts = new Mounts(root.tree, root);
    mountAt(
      mounts,
      { path: '/dev', tree: deviceTree(now, task.tty), source: 'tmpfs', type: 'tmpfs', readOnly: false },
      make,
    );
    mountAt(
      mounts,
      {
        path: '/sys',
        tree: emptySys.fork(now),
        source: 'sysfs',
        type: 'sysfs',
        readOnly: true,
      },
      make,
    );
    const { hosts, hostname, resolv } = task.etc;
    for (const mount of textMounts({ hosts, hostname, 'resolv.conf': resolv }, now)) mountAt(mounts, mount, make);
    for (const mount of others) mountAt(mounts, mount);
    return mounts;
  }

  #task(system: LiveSystem, process: Process, wired: Wired, over: () => void): Task {
    const ended = system.ended(process).then(({ exitCode, signal }): TaskEnd => {
      over();
      return { exitCode, ...(signal && { signal }) };
    });
    return {
      pid: this.#nextPid++,
      ended,
      kill: (signal, to) => ignoringGone(() => system.signal(to ? -process.pid : process.pid, signal)),
      pause: () => system.pause(),
      resume: () => system.resume(),
      resize: (columns, rows) => wired.terminal?.resize(columns, rows),
      stdin: wired.stdin,
    };
  }
}

interface Wired {
  readonly descriptors: Map<number, Descriptor>;
  readonly terminal?: { resize(columns: number, rows: number): void };
  readonly stdin: Task['stdin'];
  /** The processes hold their own. */
  closeOwn(): void;
}

function wire(system: LiveSystem, task: ProcessTask): Wired {
  return task.tty ? wireTerminal(system, task) : wirePipes(task);
}

function wireTerminal(system: LiveSystem, task: ProcessTask): Wired {
  const { columns, rows } = task.size ?? { columns: 80, rows: 24 };
  const device = system.terminal({ columns, rows, output: (bytes) => task.output('stdout', bytes) });
  return {
    descriptors: new Map([0, 1, 2].map((number) => [number, device])),
    terminal: device.terminal,
    stdin: { write: async (bytes) => device.terminal.type(bytes), close: () => {} },
    closeOwn: () => {},
  };
}

function wirePipes(task: ProcessTask): Wired {
  const input: Duplex | undefined = task.stdin ? duplex() : undefined;
  const stdin = input?.descriptor ?? nullDevice();
  const stdout = duplex({ write: (bytes) => task.output('stdout', bytes) }).descriptor;
  const stderr = duplex({ write: (bytes) => task.output('stderr', bytes) }).descriptor;
  return {
    descriptors: new Map([stdin, stdout, stderr].map((descriptor, number) => [number, descriptor])),
    stdin: { write: async (bytes) => input?.push(bytes), close: () => input?.end() },
    closeOwn: () => {
      for (const own of [stdin, stdout, stderr]) own.close();
    },
  };
}

function shared(task: ProcessTask) {
  return { env: { ...task.env }, cwd: task.cwd, credentials: task.credentials };
}

/** Mounts, making the mount point as runc does when the image has none: in the container's sheet, where `docker diff` shows it. */
function mountAt(mounts: Mounts, mount: Mount, make = true): void {
  const fs = viewOf(mounts, { credentials: { uid: 0, gid: 0, groups: [0] }, cwd: '/', umask: 0o022 });
  const folder = mount.tree.attributes(mount.root ?? mount.tree.root).kind === 'directory';
  if (!fs.exists(mount.path)) {
    if (!make) return;
    makeMountPoint(fs, mount.path, folder);
  }
  mounts.mount(mount.path, mount.tree, mount);
}

function makeMountPoint(fs: FileSystem, path: string, folder: boolean): void {
  const parts = path.split('/').filter(Boolean);
  for (let depth = 1; depth < parts.length + (folder ? 1 : 0); depth++) {
    const part = `/${parts.slice(0, depth).join('/')}`;
    if (!fs.exists(part)) fs.mkdir(part, 0o755);
  }
  if (!folder) fs.writeFile(path, new Uint8Array(0), 0o755);
}

/** Files of /etc that are the engine's own: single files of its folder for the container, mounted one by one. */
function textMounts(texts: Readonly<Record<string, string>>, now: () => bigint): Mount[] {
  const tree: Tree = PlainTree.forkOf(() => treeOfTexts(texts), now);
  return Object.keys(texts).map((name) => {
    const root = tree.lookup(tree.root, name)!;
    return { path: `/etc/${name}`, tree, root, readOnly: false, source: '/dev/vda1', type: 'ext4' };
  });
}

function treeOfTexts(texts: Readonly<Record<string, string>>): PlainTree {
  const tree = new PlainTree({ now: () => 0n });
  for (const [name, text] of Object.entries(texts)) {
    const ino = tree.make(tree.root, name, { kind: 'file', mode: 0o644, uid: 0, gid: 0 });
    tree.write(ino, 0, new TextEncoder().encode(text));
  }
  return tree;
}

function interfacesOf(network: ContainerTask['network']) {
  return network.endpoints.map((endpoint, index) => ({
    name: `eth${index}`,
    address: endpoint.address,
    prefix: endpoint.prefix,
    mac: endpoint.mac,
    network: endpoint.networkId,
    names: endpoint.names,
  }));
}

function readText(fs: FileSystem, path: string): string {
  return fs.exists(path) ? new TextDecoder().decode(fs.readFile(path)) : '';
}

function ignoringGone(send: () => void): void {
  try {
    send();
  } catch (error) {
    if (!(error instanceof FsError && error.errno === 'ESRCH')) throw error;
  }
}
