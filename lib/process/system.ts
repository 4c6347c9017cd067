/**
 * One kernel: the processes of a container, or of the host.
 *
 * Life: `createSystem` → `start` makes pid 1 (later starts are what `docker exec` does: their parent is outside) → when pid 1
 * ends everything else is killed and the system is over.
 */
import type { Chance, Clock } from '../clock';
import { type Credentials, type FileSystem, FsError, root, type Viewer } from '../fs';
import { startingLimits } from './limits';
import { type Image, type Loader, load } from './loader';
import type {
  Descriptor,
  Ended,
  Network,
  Pid,
  Process,
  ProcessRow,
  Program,
  SpawnOptions,
  System,
  SystemLimits,
  Terminal,
} from './process';
import { type Birth, RunningProcess } from './running';
import { type Scheduler, type Slice, sliceLength, sliceOf } from './scheduler';
import type { Signal } from './signal';
import { TerminalDevice, type TerminalOptions } from './terminal';

export interface SystemOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly hostname: string;
  /** Makes a view that follows a process as it changes: `(viewer) => viewOf(mounts, viewer)`. */
  readonly fs: (viewer: () => Viewer) => FileSystem;
  readonly identify: Loader;
  readonly network: Network;
  readonly limits: SystemLimits;
  /** What its first processes may use, when not all of that: `docker run --ulimit`. */
  readonly ulimits?: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
  readonly scheduler: Scheduler;
  /** Outside of a turn, how many milliseconds to rest for each used. Default 0. */
  readonly rest?: number;
  /** A program threw what is no FsError: a defect of ours. */
  readonly fault?: (error: unknown, process: Process) => void;
}

export interface StartOptions {
  readonly argv: readonly string[];
  /** One of the two, as in `SpawnOptions`. */
  readonly path?: string;
  readonly program?: Program;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly umask?: number;
  readonly credentials?: Credentials;
  /** Each is held once more: close your own. */
  readonly descriptors?: Map<number, Descriptor>;
}

export interface LiveSystem extends System {
  /** pid 1, or a further process whose parent is outside (`docker exec`). Errors as for `spawn`. */
  start(options: StartOptions): Process;
  /** How a started process ended. */
  ended(process: Process): Promise<Ended>;
  /** A signal from outside (`docker kill`), to a group with a negative pid; reaches pid 1 even with KILL. ESRCH. */
  signal(pid: Pid, signal: Signal): void;
  process(pid: Pid): Process | undefined;
  /** A new terminal, whose signals reach this system's processes. Give its descriptor to `start` as 0, 1 and 2. */
  terminal(options: TerminalOptions): Descriptor & { readonly terminal: Terminal };
  /** Nothing runs until `resume` (`docker pause`). */
  pause(): void;
  resume(): void;
  readonly paused: boolean;
  /** pid 1 has ended. */
  readonly over: boolean;
  /** A foreground turn: its CPU is counted from here and bounded by `limits.cpuBudget`. Turns may overlap. */
  beginTurn(): void;
  endTurn(): void;
  /** CPU milliseconds since the first open turn began; of all processes ever. */
  readonly turnCpu: number;
  readonly totalCpu: number;
}

/** What a process needs of its system. */
export interface Kernel extends LiveSystem {
  viewFor(viewer: Viewer): FileSystem;
  load(fs: FileSystem, path: string, argv: readonly string[]): Image;
  charge(process: RunningProcess): boolean;
  resumed(): void;
  nextSlice(process: RunningProcess): Promise<void>;
  fork(parent: RunningProcess, options: SpawnOptions): RunningProcess;
  childrenOf(pid: Pid): readonly RunningProcess[];
  parentOf(process: RunningProcess): RunningProcess | undefined;
  forget(process: RunningProcess): void;
  send(sender: RunningProcess, pid: Pid, signal?: Signal): void;
  buried(process: RunningProcess): void;
  fault(error: unknown, process: Process): void;
}

export function createSystem(options: SystemOptions): LiveSystem {
  return new ProcessTable(options);
}

class ProcessTable implements Kernel {
  readonly clock: Clock;
  readonly chance: Chance;
  hostname: string;
  readonly fs: FileSystem;
  readonly limits: SystemLimits;
  readonly network: Network;
  paused = false;
  over = false;
  turnCpu = 0;
  totalCpu = 0;
  readonly #options: SystemOptions;
  readonly #table = new Map<Pid, RunningProcess>();
  readonly #outside = new Map<Pid, (ended: Ended) => void>();
  readonly #endings = new WeakMap<Process, Promise<Ended>>();
  readonly #slice: Slice;
  #lastPid = 0;
  #turns = 0;

  constructor(options: SystemOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.chance = options.chance;
    this.hostname = options.hostname;
    this.limits = options.limits;
    this.network = options.network;
    this.#slice = sliceOf(options.scheduler);
    this.fs = this.viewFor({ credentials: root, cwd: '/', umask: 0o022 });
  }

  viewFor(viewer: Viewer): FileSystem {
    return this.#options.fs(() => viewer);
  }

  load(fs: FileSystem, path: string, argv: readonly string[]): Image {
    return load(fs, path, argv, this.#options.identify);
  }

  fault(error: unknown, process: Process): void {
    this.#options.fault?.(error, process);
  }

  // CPU

  /** Charges the process for the time since the last call; true when the slice is used up. */
  charge(process: RunningProcess): boolean {
    const spent = this.#slice.lap();
    process.used(spent);
    this.totalCpu += spent;
    if (this.#turns > 0) {
      this.turnCpu += spent;
      if (this.turnCpu > this.limits.cpuBudget) this.#overBudget(process);
    }
    return this.#slice.used >= sliceLength;
  }

  /** As RLIMIT_CPU does: SIGXCPU first, SIGKILL for who goes on regardless. */
  #overBudget(process: RunningProcess): void {
    if (process.warnedAt === undefined) {
      process.warnedAt = this.turnCpu;
      process.post('XCPU', 'outside');
    } else if (this.turnCpu > process.warnedAt + this.limits.cpuBudget / 2) process.post('KILL', 'outside');
  }

  resumed(): void {
    this.#slice.skip();
  }

  async nextSlice(process: RunningProcess): Promise<void> {
    const rest = this.#turns > 0 ? 0 : (this.#options.rest ?? 0) * sliceLength;
    // The rest comes first: whoever goes on after it does so in its turn among the others of the thread.
    if (rest > 0) await process.sleep(rest);
    await this.#slice.next();
  }

  beginTurn(): void {
    if (this.#turns++ > 0) return;
    this.turnCpu = 0;
    for (const process of this.#table.values()) process.warnedAt = undefined;
  }

  endTurn(): void {
    if (this.#turns > 0) this.#turns--;
  }

  // Birth

  start(options: StartOptions): Process {
    if (this.over) throw new FsError('ESRCH');
    // What passed while nobody ran is nobody's CPU.
    this.resumed();
    const process = this.#bear(options, {
      ppid: 0,
      env: { ...options.env },
      cwd: options.cwd ?? '/',
      umask: options.umask ?? 0o022,
      credentials: options.credentials ?? root,
      descriptors: options.descriptors ?? new Map(),
      limits: startingLimits(this.limits, this.#options.ulimits ?? []),
    });
    this.#endings.set(process, new Promise((resolve) => this.#outside.set(process.pid, resolve)));
    for (const { terminal } of process.descriptors.values())
      if (terminal && terminal.foreground === 0) terminal.foreground = process.pgid;
    return process;
  }

  fork(parent: RunningProcess, options: SpawnOptions): RunningProcess {
    if (this.#overLimit(parent)) throw new FsError('EAGAIN');
    const child = this.#bear(options, {
      ppid: parent.pid,
      pgid: options.group ? undefined : parent.pgid,
      env: { ...(options.env ?? parent.env) },
      cwd: options.cwd ?? parent.cwd,
      umask: parent.umask,
      credentials: options.credentials ?? parent.credentials,
      descriptors: options.descriptors ?? parent.descriptors,
      limits: parent.limits,
    });
    child.inherit(parent);
    return child;
  }

  /** Root may have as many processes as there is room for, as with CAP_SYS_RESOURCE. */
  #overLimit({ credentials: { uid }, limits: { processes } }: RunningProcess): boolean {
    if (uid === 0 || processes.soft >= this.limits.processes) return false;
    return [...this.#table.values()].filter((one) => one.credentials.uid === uid).length >= processes.soft;
  }

  #bear(
    options: SpawnOptions,
    inherited: Omit<Birth, 'pid' | 'pgid' | 'argv'> & { readonly pgid?: Pid },
  ): RunningProcess {
    if (this.#table.size >= this.limits.processes) throw new FsError('EAGAIN');
    const image = this.#imageOf(options, inherited);
    const pid = ++this.#lastPid;
    const descriptors = new Map([...inherited.descriptors].map(([number, one]) => [number, one.hold()]));
    const birth = { ...inherited, pid, pgid: inherited.pgid ?? pid, argv: image.argv, descriptors };
    const process = new RunningProcess(this, birth);
    this.#table.set(pid, process);
    process.launch(image);
    return process;
  }

  #imageOf(options: SpawnOptions, viewer: Viewer): Image {
    if (options.program) return { program: options.program, argv: options.argv };
    if (!options.path) throw new FsError('ENOENT');
    return this.load(this.viewFor(viewer), options.path, options.argv);
  }

  ended(process: Process): Promise<Ended> {
    return this.#endings.get(process) ?? Promise.reject(new FsError('ECHILD'));
  }

  // Death

  buried(process: RunningProcess): void {
    this.#adopt(process);
    const tell = this.#outside.get(process.pid);
    const parent = this.parentOf(process);
    if (tell || !parent || parent.ignoresChildren()) this.forget(process);
    parent?.childChanged();
    if (process.pid === 1) this.#collapse();
    if (tell) {
      this.#outside.delete(process.pid);
      tell(process.ended!);
    }
  }

  /** Children of the dead go to pid 1. */
  #adopt(dead: RunningProcess): void {
    const init = this.#table.get(1);
    for (const child of this.childrenOf(dead.pid)) {
      child.ppid = init && init !== dead && !init.ended ? 1 : 0;
      if (child.ended && child.ppid === 0) this.forget(child);
      else if (child.ended) init?.childChanged();
    }
  }

  #collapse(): void {
    this.over = true;
    for (const process of [...this.#table.values()]) {
      process.post('KILL', 'outside');
      this.forget(process);
    }
  }

  forget(process: RunningProcess): void {
    this.#table.delete(process.pid);
  }

  halt(): void {
    for (const process of [...this.#table.values()]) if (process.pid !== 1) process.post('KILL', 'outside');
    this.#table.get(1)?.post('KILL', 'outside');
    this.over = true;
  }

  // Relations and signals

  childrenOf(pid: Pid): readonly RunningProcess[] {
    const children: RunningProcess[] = [];
    // Asked at every death, of a table that a bomb has filled: without an object for each that is looked at.
    this.#table.forEach((process) => {
      if (process.ppid === pid) children.push(process);
    });
    return children;
  }

  parentOf(process: RunningProcess): RunningProcess | undefined {
    return this.#table.get(process.ppid);
  }

  process(pid: Pid): Process | undefined {
    return this.#table.get(pid);
  }

  processes(): readonly ProcessRow[] {
    return [...this.#table.values()].map((process) => process.row());
  }

  signal(pid: Pid, signal: Signal): void {
    const meant = pid < 0 ? [...this.#table.values()].filter(({ pgid }) => pgid === -pid) : [this.#table.get(pid)];
    const there = meant.filter((process) => process && !process.ended);
    if (there.length === 0) throw new FsError('ESRCH');
    for (const process of there) process!.post(signal, 'outside');
  }

  terminal(options: TerminalOptions): TerminalDevice {
    return new TerminalDevice(options, (group, signal) => this.#signalGroup(group, signal));
  }

  #signalGroup(pgid: Pid, signal: Signal): void {
    for (const process of [...this.#table.values()]) if (process.pgid === pgid) process.post(signal, 'inside');
  }

  send(sender: RunningProcess, pid: Pid, signal?: Signal): void {
    const targets = this.#targets(sender, pid);
    if (targets.length === 0) throw new FsError('ESRCH');
    const uid = sender.credentials.uid;
    const allowed = targets.filter((target) => uid === 0 || target.credentials.uid === uid);
    if (allowed.length === 0) throw new FsError('EPERM');
    if (signal) for (const target of allowed) target.post(signal, 'inside');
  }

  #targets(sender: RunningProcess, pid: Pid): RunningProcess[] {
    if (pid > 0) return [this.#table.get(pid)].filter((found) => found !== undefined);
    const all = [...this.#table.values()];
    if (pid === -1) return all.filter((other) => other !== sender && other.pid !== 1);
    const group = pid === 0 ? sender.pgid : -pid;
    return all.filter((other) => other.pgid === group);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    for (const process of this.#table.values()) process.unpaused();
  }
}
