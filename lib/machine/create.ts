import type { ContainerId } from '../container';
import { createEngine, type Engine } from '../engine';
import { Failure, refused, unreachable } from '../errors';
import { asDiffId } from '../layer';
import type { Process } from '../process';
import { Union } from '../snapshot';
import { BeliefWatch } from './beliefs';
import { buildImage } from './build';
import { builderOf } from './builder';
import { BuildTelling } from './building';
import { tellIfMoved } from './checkpoints';
import { dockerLoader, shellLoader } from './docker';
import { Editors } from './editors';
import type { MachineEvent, TerminalId } from './events';
import { giveFile, runEverywhere } from './everywhere';
import { evolveMachine } from './evolve';
import { furnish, HostSystem, hostFacts } from './host';
import { hostLayers } from './host-layers';
import { layersOf } from './layers';
import { loadPublished } from './load';
import type { Machine, MachineCommand, MachineOptions, Outcome } from './machine';
import { MomentWatch } from './moments';
import { Switch } from './network';
import { fetchPage } from './pages';
import { PersonWatch } from './person';
import { publishedImage } from './published';
import { ClassRegistry } from './registry';
import { SystemRuntime } from './runtime';
import { WatchedEngine, wayBack } from './standing';
import type { MachineState } from './state';
import { Terminals } from './terminals';
import { TurnClock } from './turn-clock';
import { goBack } from './undo';

/** What fits on the computer's own disk: ENOSPC beyond. */
const quota = { bytes: 64 * 2 ** 20, inodes: 2 ** 16 };
/** Milliseconds that changes are gathered for before they are told. */
const frame = 16;

export function createMachine(options: MachineOptions): Machine {
  return new Computer(options);
}

class Computer implements Machine {
  /** Without the state that it began with, which nothing is to hold. */
  readonly #options: Omit<MachineOptions, 'state'>;
  readonly #clock: TurnClock;
  readonly #engine: Engine;
  readonly #runtime: SystemRuntime;
  readonly #host: HostSystem;
  readonly #terminals: Terminals;
  readonly #registry: ClassRegistry;
  /** Everything but the engine and the host's files, which are alive. */
  #own: MachineState;
  #queue: MachineEvent[] = [];
  /** Of the last event that was told. */
  #version: number;
  readonly #moments: MomentWatch;
  #building: AbortController | undefined;
  readonly #person = new PersonWatch();
  readonly #beliefs = new BeliefWatch(
    () => this.#engine,
    () => this.#own.person.shows ?? [],
    (event) => this.#emit(event),
  );
  readonly #editors = new Editors((event) => this.#emit(event));
  /** Everything that was running runs again: keys that came earlier would be lost. */
  readonly #ready: Promise<void>;
  #scheduled = false;
  #stopped = false;

  constructor(options: MachineOptions) {
    const { state, ...others } = options;
    const { content, chance, scheduler } = others;
    this.#options = others;
    this.#own = state;
    this.#version = options.version ?? 0;
    const clock = new TurnClock(options.clock, () => this.#touched());
    this.#clock = clock;
    const layers = layersOf(content);
    const files = this.#files(state);
    const wires = new Switch();
    const fault = (error: unknown) => others.onFault?.(error);
    this.#registry = new ClassRegistry(content, state.offered.values(), {
      user: state.user,
      pushed: (reference) => this.#pushed(reference),
    });
    this.#host = new HostSystem({
      state,
      files,
      clock,
      chance,
      scheduler,
      wires,
      fault,
      identify: dockerLoader(
        (process) => this.#engineFor(process),
        this.#editors.host((process) => this.#terminals.of(process.stdin.terminal)),
        (said) => this.#beliefs.heard(said),
      ),
    });
    const checkpointOf = (id: ContainerId) => this.#own.checkpoints.get(id);
    const hostPath = this.#host.hostPath.bind(this.#host);
    this.#runtime = new SystemRuntime({
      clock,
      chance,
      scheduler,
      wires,
      loader: (container, restore) =>
        shellLoader(
          this.#editors.host(() => this.#terminals.inside(container)),
          restore,
        ),
      checkpointOf,
      hostPath,
      fault,
    });
    this.#engine = createEngine({
      state: state.engine,
      content,
      layers,
      clock,
      chance,
      runtime: this.#runtime,
      registry: this.#registry,
      builder: builderOf(() => this.#engine, this.#runtime),
      host: hostFacts(state.hostname),
      emit: (event) => this.#emit(event),
    });
    this.#terminals = new Terminals({
      system: this.#host.system,
      clock,
      changed: () => this.#touched(),
      shell: this.#host.shell,
      login: this.#host.login,
    });
    this.#moments = new MomentWatch(
      () => this.#engine.daemon.state,
      () => this.#milliseconds,
    );
    this.#ready = options.resume ? this.#resume(state) : Promise.resolve();
  }

  /** Reading it ends the turn: it never shows what has not been told. */
  get state(): MachineState {
    this.#flush();
    return { ...this.#own, host: this.#host.files.sheet, engine: this.#engine.daemon.state };
  }

  async run(command: MachineCommand): Promise<Outcome> {
    try {
      await this.#ready;
      const outcome = await this.#obey(command);
      await this.#options.scheduler.yieldNow();
      this.#flush();
      return outcome;
    } catch (error) {
      this.#flush();
      if (error instanceof Failure)
        return { ok: false, code: error.code, message: error.message, detail: error.detail };
      throw error;
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#runtime.halt();
    this.#host.system.halt();
  }

  /** The computer's own files; a fresh system is installed when it is switched on for the first time. */
  #files(state: MachineState): Union {
    const { content } = this.#options;
    const now = () => this.#clock.now();
    if (state.base.length > 0) return new Union({ lower: state.host.lower, sheet: state.host, now, quota });
    const base = hostLayers(content, state.hostname);
    const files = new Union({ lower: layersOf(content).lower(base.map(asDiffId)), now, quota });
    this.#emit({ type: 'host:installed', base });
    furnish(files, state.user);
    return files;
  }

  async #obey(command: MachineCommand): Promise<Outcome> {
    switch (command.type) {
      case 'terminal:open':
        this.#open(command.terminal, command.columns, command.rows);
        return { ok: true };
      case 'terminal:type':
        return this.#type(command);
      case 'terminal:resize':
        this.#open(command.terminal, command.columns, command.rows);
        return { ok: true };
      case 'terminal:close':
        this.#terminals.close(command.terminal);
        this.#emit({ type: 'terminal:closed', terminal: command.terminal });
        return { ok: true };
      case 'image:load':
        loadPublished(this.#engine, this.#options.content, command.image);
        this.#registry.publish(command.image);
        this.#emit({ type: 'registry:offered', image: command.image });
        return { ok: true };
      case 'registry:offer':
        this.#registry.publish(command.image);
        this.#emit({ type: 'registry:offered', image: command.image });
        return { ok: true };
      case 'image:build':
        return this.#build(command);
      case 'build:stop':
        if (!this.#building) throw refused('build.over');
        this.#building.abort();
        return { ok: true };
      case 'container:run':
        this.#before('run', () => command.line);
        return { ok: true, answers: await runEverywhere(this.#engine, command.line, command.imageIds) };
      case 'file:give':
        this.#before('file', () => command.path);
        return { ok: true, ...giveFile(this.#engine, this.#host.system.fs, this.#host.login.cwd, command) };
      case 'editor:close':
        this.#editors.close(command.terminal, command.text);
        return { ok: true };
      case 'page:fetch':
        return { ok: true, page: await fetchPage(this.#host.system.network, this.#clock, command.request) };
      case 'sheet:undo':
        await this.#undo();
        return { ok: true };
      default:
        return unreachable(command);
    }
  }

  async #build(command: Extract<MachineCommand, { type: 'image:build' }>): Promise<Outcome> {
    const telling = new BuildTelling(this.#clock, (event) => this.#emit(event), command.reference);
    const { signal } = (this.#building = new AbortController());
    try {
      const told = (text: string) => telling.write(text);
      return await buildImage(this.#engine, this.#options.content, command, { told, signal });
    } finally {
      this.#building = undefined;
      telling.end();
    }
  }

  /** Opens a terminal, or gives one that is open another size. */
  #open(terminal: TerminalId, columns: number, rows: number): void {
    if (this.#terminals.has(terminal)) {
      const { columns: wide, rows: high } = this.#own.terminals.get(terminal)!;
      if (wide === columns && high === rows) return;
      this.#terminals.resize(terminal, columns, rows);
      this.#emit({ type: 'terminal:resized', terminal, columns, rows });
      return;
    }
    this.#terminals.open(terminal, columns, rows);
    this.#emit({ type: 'terminal:opened', terminal, columns, rows });
  }

  #type({ terminal, data, client, seq }: Extract<MachineCommand, { type: 'terminal:type' }>): Outcome {
    if (!this.#terminals.has(terminal)) throw refused('terminal.none', { terminal });
    for (const system of [this.#host.system, ...this.#runtime.systems()]) {
      system.endTurn();
      system.beginTurn();
    }
    if (/[\r\n]/.test(data))
      this.#before(
        'line',
        this.#terminals.lineAt(terminal, (id) => this.#runtime.shells(id)),
      );
    this.#terminals.type(terminal, data);
    this.#emit({ type: 'input:taken', client, seq });
    return { ok: true };
  }

  /** A command comes: what it will change first is told after this moment. */
  #before(by: 'line' | 'run' | 'file', text: () => string): void {
    this.#flush();
    this.#moments.expect(by, text);
  }

  /** Back to the last moment from which the present differs. Most often that is the last one. */
  async #undo(): Promise<void> {
    const open = this.#own.moments.filter(({ undone }) => !undone).map(({ version }) => version);
    for (const versions of [open.slice(-1), open.slice(0, -1)]) {
      const pasts = (await this.#options.recall?.(versions)) ?? new Map();
      this.#flush();
      const to = versions.findLast((version) => goBack(this.#engine, pasts.get(version)?.engine));
      if (to === undefined) continue;
      this.#moments.forget();
      const [version, at] = [this.#version, this.#milliseconds];
      this.#queue.unshift({ type: 'moment:passed', version, at, by: 'undo', text: '', to });
      return;
    }
    throw refused('undo.nothing');
  }

  /** The engine as a host's process uses it: what it attaches to, its terminal stands in. */
  #engineFor(process: Process): Engine {
    return new WatchedEngine(this.#engine, (at) => this.#terminals.stand(process.stdin.terminal, at));
  }

  /**
   * Terminals come first: who was attached to a container is there again when its shell draws its prompt. Containers that
   * somebody had an exec in have to run before that exec.
   */
  async #resume(state: MachineState): Promise<void> {
    const { scheduler, onFault } = this.#options;
    const reopen = (by: 'attach' | 'exec') => {
      for (const [id, { columns, rows, at }] of state.terminals) {
        if ((at.inside?.by === 'exec') !== (by === 'exec')) continue;
        this.#terminals.open(id, columns, rows, { restore: state.checkpoints.get(id), back: wayBack(at) });
      }
    };
    if (state.building) this.#emit({ type: 'build:ended' });
    for (const [terminal, { editing }] of state.terminals) if (editing) this.#emit({ type: 'editor:closed', terminal });
    reopen('attach');
    for (let rounds = 0; rounds < 3; rounds++) await scheduler.yieldNow();
    for (const id of state.engine.containers.keys())
      await this.#engine.resume(id).catch((error: unknown) => onFault?.(error));
    reopen('exec');
  }

  #pushed(reference: string): void {
    const image = publishedImage(this.#engine.daemon.state, this.#options.content, reference);
    if (image) this.#emit({ type: 'registry:pushed', image });
  }

  #emit(event: MachineEvent): void {
    this.#queue.push(event);
    this.#touched();
  }

  #touched(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    // In turn among the thread's other machines: telling much takes time as computing does.
    const { clock, scheduler } = this.#options;
    const due = clock.sleep(frame).then(() => scheduler.yieldNow());
    void due.then(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  /** The end of a turn: everything that changed since the last one is told, once. */
  #flush(): void {
    if (this.#stopped) return;
    const events = this.#clock.quietly(() => [
      ...this.#taken(),
      ...this.#engine.drain(),
      ...this.#host.drain(),
      ...this.#terminals.drain(this.#own.checkpoints),
      ...this.#checkpointed(),
    ]);
    if (events.length === 0) return;
    const told = [...this.#moments.tell(events, this.#version), ...events];
    this.#evolve(told);
    const person = this.#person.tell(events, this.#own.checkpoints, this.#milliseconds);
    this.#evolve(person);
    this.#version += told.length + person.length;
    this.#options.onEvents([...told, ...person]);
  }

  #evolve(events: readonly MachineEvent[]): void {
    for (const event of events)
      if (isOwn(event)) this.#own = evolveMachine(this.#own, event, layersOf(this.#options.content));
  }

  get #milliseconds(): number {
    return Number(this.#options.clock.now() / 1_000_000n);
  }

  #taken(): MachineEvent[] {
    const events = this.#queue;
    this.#queue = [];
    return events;
  }

  #checkpointed(): MachineEvent[] {
    const { checkpoints } = this.#own;
    return [...this.#engine.daemon.state.containers.keys()].flatMap((id) =>
      tellIfMoved(id, this.#runtime.init(id), checkpoints.get(id)),
    );
  }
}

/** Events about what is not alive in the engine or on the host's sheet. */
function isOwn(event: MachineEvent): boolean {
  return (
    /^(terminal|shell|input|editor|registry|person|moment|build):/.test(event.type) ||
    event.type === 'container:removed' ||
    event.type === 'host:installed'
  );
}
