/**
 * A process as its kernel has it. Programs see it as `Process`.
 *
 * Dying is immediate for everybody else: descriptors close, the parent is told, pid 1 adopts the children. The program's own
 * code only learns of it at its next waiting call, which throws `Killed`; until then it is a ghost that can no longer read,
 * write or wait.
 */
import { errnoText, type FileSystem, FsError } from '../fs';
import { defaultAction } from './default-action';
import { missing } from './descriptor';
import { Crash, Killed } from './killed';
import { type Limit, type Limits, type Resource, withLimit } from './limits';
import type { Image } from './loader';
import type { Descriptor, Ended, Pid, Process, ProcessRow, SpawnOptions } from './process';
import { type Signal, signals } from './signal';
import type { Kernel } from './system';

type Action = 'default' | 'ignore' | (() => void | Promise<void>);
/** One wait of a process, until it is woken or the process ends. */
interface Wait {
  woken: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  cancel: (() => void) | undefined;
}

type WaitOptions = { readonly stopped?: boolean };

/** Who sends: a process of the system, somebody outside of it (`docker kill`), or the kernel itself. */
export type Sender = 'inside' | 'outside';

const done = Promise.resolve();
const encoder = new TextEncoder();

export interface Birth {
  readonly pid: Pid;
  readonly ppid: Pid;
  readonly pgid: Pid;
  readonly argv: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
  readonly umask: number;
  readonly credentials: Process['credentials'];
  readonly descriptors: Map<number, Descriptor>;
  readonly limits: Limits;
}

export class RunningProcess implements Process {
  readonly pid: Pid;
  ppid: Pid;
  pgid: Pid;
  argv: readonly string[];
  env: Record<string, string>;
  cwd: string;
  umask: number;
  credentials: Process['credentials'];
  readonly descriptors: Map<number, Descriptor>;
  readonly fs: FileSystem;
  limits: Limits;
  readonly started: bigint;
  checkpoint?: () => unknown;
  lastLine?: Process['lastLine'];

  cpu = 0;
  activity = 0;
  /** When it had SIGXCPU in this turn: the turn's CPU milliseconds by then. */
  warnedAt: number | undefined;
  /** Set when it has ended: it is a zombie until it is reaped. */
  ended: Ended | undefined;
  #stopped: Signal | undefined;
  /** The stop has not been told to the parent yet. */
  #stopNews = false;
  #actions: Map<Signal, Action> | undefined;
  #pending: (() => void | Promise<void>)[] | undefined;
  /** Wake what waits here: one for each of its waits. */
  #wakers: (Wait | (() => void))[] | undefined;
  #childWatchers: Set<() => void> | undefined;

  constructor(
    readonly system: Kernel,
    birth: Birth,
  ) {
    this.pid = birth.pid;
    this.ppid = birth.ppid;
    this.pgid = birth.pgid;
    this.argv = birth.argv;
    this.env = birth.env;
    this.cwd = birth.cwd;
    this.umask = birth.umask;
    this.credentials = birth.credentials;
    this.descriptors = birth.descriptors;
    this.limits = birth.limits;
    this.started = system.clock.now();
    this.fs = system.viewFor(this);
  }

  get stdin(): Descriptor {
    return this.descriptors.get(0) ?? missing;
  }

  get stdout(): Descriptor {
    return this.descriptors.get(1) ?? missing;
  }

  get stderr(): Descriptor {
    return this.descriptors.get(2) ?? missing;
  }

  // Running and waiting

  tick(): Promise<void> {
    this.activity++;
    const full = this.system.charge(this);
    if (!full && !this.ended && !this.#stopped && !this.#pending?.length && !this.system.paused) return done;
    return this.#giveWay(full);
  }

  async #giveWay(full: boolean): Promise<void> {
    await this.#deliver();
    if (!full) return;
    await this.system.nextSlice(this);
    await this.#deliver();
  }

  /** A process that waits is most of what an idle computer is: one promise and one `Wait` each, and no suspended function. */
  suspend(start: (wake: () => void) => (() => void) | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const wait: Wait = { woken: false, resolve, reject, cancel: undefined };
      wait.cancel = start(() => {
        wait.woken = true;
        this.#poke();
      });
      this.system.charge(this);
      void this.#look(wait);
    });
  }

  /** The waiting is over, or goes on till the next poke. */
  async #look(wait: Wait): Promise<void> {
    try {
      await this.#deliver();
    } catch (error) {
      wait.cancel?.();
      wait.reject(error);
      return;
    }
    if (!wait.woken) return this.#park(wait);
    this.activity++;
    this.system.resumed();
    wait.cancel?.();
    wait.resolve();
  }

  #park(waker: Wait | (() => void)): void {
    this.activity++;
    if (this.#wakers) this.#wakers.push(waker);
    else this.#wakers = [waker];
  }

  #poke(): void {
    const wakers = this.#wakers;
    this.#wakers = undefined;
    if (!wakers) return;
    for (const waker of wakers) {
      if (typeof waker === 'function') waker();
      else void done.then(() => this.#look(waker));
    }
  }

  /** Called when the system goes on after a pause. */
  unpaused(): void {
    this.#poke();
  }

  /** Runs what waits to be run; holds a stopped process; throws when it has ended. */
  async #deliver(): Promise<void> {
    for (;;) {
      if (this.ended) throw new Killed(this.ended.signal);
      if (this.#stopped || this.system.paused) {
        await new Promise<void>((resolve) => this.#park(resolve));
        continue;
      }
      const handler = this.#pending?.shift();
      if (!handler) return;
      await handler();
    }
  }

  async sleep(ms: number): Promise<void> {
    const cut = new AbortController();
    await this.suspend((wake) => {
      void this.system.clock.sleep(ms, cut.signal).then(wake);
      return () => cut.abort();
    });
  }

  until<T>(promise: Promise<T>): Promise<T> {
    const over = this.suspend((wake) => {
      promise.then(wake, wake);
      return undefined;
    });
    return over.then(() => promise);
  }

  async within<T>(ms: number, body: () => Promise<T>): Promise<T | undefined> {
    const cut = new AbortController();
    const timeout = new Error('timeout');
    let running = true;
    void this.system.clock.sleep(ms, cut.signal).then(() => {
      if (!running) return;
      this.#enqueue(() => {
        if (running) throw timeout;
      });
    });
    try {
      return await body();
    } catch (error) {
      if (error === timeout) return undefined;
      throw error;
    } finally {
      running = false;
      cut.abort();
    }
  }

  print(text: string): Promise<void> {
    return this.stdout.write(this, encoder.encode(text));
  }

  printError(text: string): Promise<void> {
    return this.stderr.write(this, encoder.encode(text));
  }

  // Children

  spawn(options: SpawnOptions): RunningProcess {
    if (this.ended) throw new Killed(this.ended.signal);
    return this.system.fork(this, options);
  }

  async exec(options: Pick<SpawnOptions, 'path' | 'argv' | 'env'>): Promise<number> {
    await this.tick();
    if (!options.path) throw new FsError('ENOENT');
    const image = this.system.load(this.fs, options.path, options.argv);
    this.argv = image.argv;
    if (options.env) this.env = { ...options.env };
    this.checkpoint = undefined;
    for (const [signal, action] of this.#actions ?? []) if (action !== 'ignore') this.#actions?.delete(signal);
    return image.program(this);
  }

  async wait(pid?: Pid, options: WaitOptions = {}): Promise<Ended> {
    for (;;) {
      const found = this.reap(pid, options);
      if (found) return found;
      await this.suspend((wake) => {
        this.#childWatchers ??= new Set();
        this.#childWatchers.add(wake);
        return () => this.#childWatchers?.delete(wake);
      });
    }
  }

  reap(pid?: Pid, options: WaitOptions = {}): Ended | undefined {
    let any = false;
    for (const child of this.system.childrenOf(this.pid)) {
      if (pid !== undefined && pid !== -1 && child.pid !== pid) continue;
      any = true;
      const news = child.ended ?? (options.stopped ? child.takeStop() : undefined);
      if (!news) continue;
      if (child.ended) this.system.forget(child);
      return news;
    }
    if (!any) throw new FsError('ECHILD');
    return undefined;
  }

  childChanged(): void {
    if (this.#childWatchers) for (const wake of [...this.#childWatchers]) wake();
    this.post('CHLD', 'inside');
  }

  takeStop(): Ended | undefined {
    if (!this.#stopNews || !this.#stopped) return undefined;
    this.#stopNews = false;
    return { pid: this.pid, exitCode: 128 + signals[this.#stopped], signal: this.#stopped, stopped: true };
  }

  ignoresChildren(): boolean {
    return this.#actions?.get('CHLD') === 'ignore';
  }

  limit(resource: Resource, limit: Limit): void {
    this.limits = withLimit(this.limits, resource, limit);
  }

  /** CPU milliseconds are used: as RLIMIT_CPU does, a warning at the soft limit, the end at the hard one. */
  used(ms: number): void {
    const { soft, hard } = this.limits.cpuTime;
    const before = this.cpu;
    this.cpu += ms;
    if (this.cpu >= hard * 1000) this.post('KILL', 'outside');
    else if (this.cpu >= soft * 1000 && Math.floor(before / 1000) < Math.floor(this.cpu / 1000))
      this.post('XCPU', 'outside');
  }

  // Signals

  onSignal(signal: Signal, action: Action): void {
    if (signal === 'KILL' || signal === 'STOP') throw new FsError('EINVAL');
    if (action === 'default') this.#actions?.delete(signal);
    else (this.#actions ??= new Map()).set(signal, action);
  }

  /** Signals that stay ignored in a child and across exec. */
  inherit(parent: RunningProcess): void {
    for (const [signal, action] of parent.#actions ?? []) if (action === 'ignore') this.onSignal(signal, 'ignore');
  }

  ignored(signal: Signal): boolean {
    return this.#actions?.get(signal) === 'ignore';
  }

  kill(pid: Pid, signal?: Signal): void {
    this.system.send(this, pid, signal);
    if (this.ended) throw new Killed(this.ended.signal);
  }

  /** A signal arrives. */
  post(signal: Signal, sender: Sender): void {
    if (this.ended) return;
    const forced = signal === 'KILL' || signal === 'STOP';
    if (signal === 'CONT' || signal === 'KILL') this.#continue();
    const action = forced ? 'default' : (this.#actions?.get(signal) ?? 'default');
    if (action === 'ignore') return;
    if (action !== 'default') {
      this.#enqueue(action);
      return;
    }
    // Linux: a namespace's init gets no signal that it has no handler for, except KILL and STOP from outside.
    if (this.pid === 1 && !(forced && sender === 'outside')) return;
    switch (defaultAction(signal)) {
      case 'terminate':
        this.finish(128 + signals[signal], signal);
        return;
      case 'stop':
        this.#stop(signal);
        return;
      case 'ignore':
      case 'continue':
    }
  }

  #enqueue(handler: () => void | Promise<void>): void {
    if (this.ended) return;
    (this.#pending ??= []).push(handler);
    this.#poke();
  }

  #stop(signal: Signal): void {
    if (this.#stopped) return;
    this.#stopped = signal;
    this.#stopNews = true;
    this.system.parentOf(this)?.childChanged();
  }

  #continue(): void {
    if (!this.#stopped) return;
    this.#stopped = undefined;
    this.#stopNews = false;
    this.#poke();
  }

  /** It is over: by its exit, or by a signal. */
  finish(exitCode: number, signal?: Signal): void {
    if (this.ended) return;
    this.ended = { pid: this.pid, exitCode: exitCode & 0xff, ...(signal && { signal }) };
    this.checkpoint = undefined;
    for (const descriptor of this.descriptors.values()) descriptor.close();
    this.descriptors.clear();
    this.#pending = undefined;
    this.system.buried(this);
    this.#poke();
  }

  /** Starts the program; its result ends the process. */
  launch(image: Image): void {
    const fell = (error: unknown) => void this.#fell(error);
    void done.then(() => void this.tick().then(() => this.#run(image), fell));
  }

  /** Nothing waits for the program but what is called when it is over. */
  #run({ program }: Image): void {
    const fell = (error: unknown) => void this.#fell(error);
    try {
      program(this).then((exitCode) => this.#returned(exitCode), fell);
    } catch (error) {
      fell(error);
    }
  }

  #returned(exitCode: number): void {
    try {
      this.finish(exitCode);
    } catch (error) {
      void this.#fell(error);
    }
  }

  /** The program let an error through: say it as a libc would, and end. */
  async #fell(error: unknown): Promise<void> {
    if (this.ended) return;
    if (error instanceof Crash) {
      this.finish(128 + signals[error.signal], error.signal);
      return;
    }
    const refused = error instanceof FsError;
    if (!refused) this.system.fault(error, this);
    await this.#lastWords(refused ? `${this.argv[0] ?? '?'}: ${errnoText[error.errno]}\n` : 'Aborted\n');
    if (refused) this.finish(1);
    else this.finish(128 + signals.ABRT, 'ABRT');
  }

  async #lastWords(text: string): Promise<void> {
    try {
      await this.printError(text);
    } catch {
      // Nobody to tell.
    }
  }

  row(): ProcessRow {
    return {
      pid: this.pid,
      ppid: this.ppid,
      pgid: this.pgid,
      uid: this.credentials.uid,
      argv: this.argv,
      state: this.ended ? 'Z' : this.#stopped ? 'T' : this.#wakers ? 'S' : 'R',
      started: this.started,
      cpu: this.cpu,
      terminal: [0, 1, 2].some((number) => this.descriptors.get(number)?.terminal),
    };
  }
}
