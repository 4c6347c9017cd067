/**
 * The live engine behind the verbs: its state, and what is alive now and therefore not in the state (tasks, attached
 * clients, waiters). Verbs are functions of a daemon; each lies in its own file.
 *
 * State changes only through `change`, which evolves it with the same function as every replica and hands the event on. Two
 * things are written in place and told later, by `drain`: container files (on their sheets) and logs.
 */
import type { Chance, Clock } from '../clock';
import type { ContainerId, ContainerRecord, SnapshotKey, Time } from '../container';
import type { ContentStore } from '../content';
import { Failure } from '../errors';
import type { FileSystem } from '../fs';
import type { Layers, Union } from '../snapshot';
import { Announcements } from './announce';
import { Hub } from './attachments';
import type { Builder } from './builder';
import type { EngineEvent } from './events';
import { evolveEngine, logged } from './evolve';
import type { LogWriter } from './log-writer';
import type { Registry } from './registry';
import type { Runtime, Task } from './runtime';
import { openUnion } from './sheets';
import type { EngineState, LogEntry } from './state';
import { formatTime } from './time';

export interface EngineOptions {
  readonly state: EngineState;
  readonly content: ContentStore;
  readonly layers: Layers;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly runtime: Runtime;
  /** Called with each event, after the state has it. */
  readonly emit: (event: EngineEvent) => void;
  readonly registry?: Registry;
  readonly builder?: Builder;
  readonly host?: HostFacts;
}

/** What `docker info` says about the computer. */
export interface HostFacts {
  readonly hostname: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly kernel: string;
}

/** A container that runs now. */
export interface Live {
  readonly task: Task;
  readonly log: LogWriter;
  readonly hub: Hub;
  /** Its files as its processes see them, for root: tmpfs and all. */
  readonly fs: FileSystem;
  /** Aborted when it ends: health checks and restarts stop. */
  readonly stop: AbortController;
  /** Resolves when its end has been recorded. */
  recorded: Promise<void>;
  /** `docker stop` or `kill` asked for the end, so no restart policy applies. */
  stopRequested: boolean;
}

export interface LiveExec {
  readonly id: string;
  readonly container: ContainerId;
  readonly argv: readonly string[];
  readonly tty: boolean;
  task?: Task;
  running: boolean;
  exitCode?: number;
}

export type WaitCondition = 'not-running' | 'next-exit' | 'removed';

export class Daemon {
  state: EngineState;
  readonly announcements: Announcements;
  readonly live = new Map<ContainerId, Live>();
  // Made when first needed: an empty map is 184 bytes, and most engines never exec or restart anything.
  #execs: Map<string, LiveExec> | undefined;
  #restarting: Map<ContainerId, AbortController> | undefined;
  readonly #hubs = new Map<ContainerId, Hub>();
  readonly #unions = new Map<SnapshotKey, Union>();
  #pendingLogs: Map<ContainerId, LogEntry[]> | undefined;
  readonly #waiters = new Set<{ id: ContainerId; event: 'exit' | 'removed'; wake: () => void }>();
  #followers: Map<ContainerId, Set<(entries: readonly LogEntry[] | undefined) => void>> | undefined;

  constructor(readonly options: EngineOptions) {
    this.state = options.state;
    this.announcements = new Announcements(options.clock);
  }

  get execs(): Map<string, LiveExec> {
    return (this.#execs ??= new Map());
  }

  /** Restart policies that wait for their delay. */
  get restarting(): Map<ContainerId, AbortController> {
    return (this.#restarting ??= new Map());
  }

  change(event: EngineEvent): void {
    if (event.type === 'container:removed' || event.type === 'sheet:removed') this.#settle(event);
    this.state = evolveEngine(this.state, event, this.options.layers);
    this.options.emit(event);
  }

  /** What was written in place since the last time: the sheets' patches and the new log lines. */
  drain(): EngineEvent[] {
    const events: EngineEvent[] = [];
    for (const [id, entries] of this.#pendingLogs ?? []) events.push({ type: 'container:logged', id, entries });
    this.#pendingLogs = undefined;
    for (const [key, { sheet }] of this.state.sheets) {
      const patch = sheet.drain();
      if (patch) events.push({ type: 'sheet:written', key, patch });
    }
    return events;
  }

  now(): Time {
    return formatTime(this.options.clock.now());
  }

  record(id: ContainerId): ContainerRecord {
    const record = this.state.containers.get(id);
    if (!record) throw new Failure('not-found', `No such container: ${id}`, { object: 'container' });
    return record;
  }

  /** The files of a sheet on its layers. One union a sheet, so that open files and changes meet. */
  union(key: SnapshotKey): Union {
    let union = this.#unions.get(key);
    const stored = this.state.sheets.get(key);
    if (!stored) throw new Failure('internal', `no sheet ${key}`);
    if (!union) this.#unions.set(key, (union = openUnion(stored, () => this.options.clock.now())));
    return union;
  }

  hub(id: ContainerId): Hub {
    let hub = this.#hubs.get(id);
    if (!hub) this.#hubs.set(id, (hub = new Hub()));
    return hub;
  }

  log(id: ContainerId, entries: readonly LogEntry[]): void {
    if (!this.state.containers.has(id)) return;
    const logs = this.state.logs as Map<ContainerId, ReturnType<typeof logged>>;
    this.state = { ...this.state, logs: new Map(logs).set(id, logged(logs.get(id), entries)) };
    const all = (this.#pendingLogs ??= new Map());
    const pending = all.get(id);
    if (pending) pending.push(...entries);
    else all.set(id, [...entries]);
    for (const follower of this.#followers?.get(id) ?? []) follower(entries);
  }

  /** Calls back with each new piece of log, and with undefined when the container ends. */
  follow(id: ContainerId, follower: (entries: readonly LogEntry[] | undefined) => void): () => void {
    const all = (this.#followers ??= new Map());
    const followers = all.get(id) ?? new Set();
    all.set(id, followers.add(follower));
    return () => void followers.delete(follower);
  }

  /** Resolves at the container's next exit, or when it is removed, with what `look` finds at that very moment. */
  nextEvent<T>(id: ContainerId, event: 'exit' | 'removed', look: () => T): Promise<T> {
    return new Promise((resolve) => void this.#waiters.add({ id, event, wake: () => resolve(look()) }));
  }

  wake(id: ContainerId, event: 'exit' | 'removed'): void {
    for (const waiter of this.#waiters) {
      if (waiter.id !== id || waiter.event !== event) continue;
      this.#waiters.delete(waiter);
      waiter.wake();
    }
    if (event === 'exit') for (const follower of [...(this.#followers?.get(id) ?? [])]) follower(undefined);
  }

  /** Forgets what is alive about something that goes. */
  #settle(event: Extract<EngineEvent, { type: 'container:removed' | 'sheet:removed' }>): void {
    if (event.type === 'sheet:removed') return void this.#unions.delete(event.key);
    const record = this.state.containers.get(event.id);
    if (record) this.#unions.delete(record.snapshot);
    this.#pendingLogs?.delete(event.id);
    this.#hubs.delete(event.id);
    this.#followers?.delete(event.id);
  }
}
