/**
 * A program in execution, as programs and shells see it.
 *
 * Life: `spawn` makes it (running) → it returns an exit code, is killed by a signal, or throws → it is a zombie until its
 * parent waits → it is gone. `exec` replaces the program and keeps the process. A program is an async function: it runs on
 * the one JavaScript thread and must give way: `await process.tick()` in every loop (cheap: it only really yields after 3 ms
 * of CPU). Every call that may wait (tick, reads, writes, sleep, wait) throws `Killed` when the process is ended by a
 * signal, so a program that does not catch unwinds by itself. Signals that the program handles run between two such calls.
 *
 * Words: a *system* is one kernel's view (one container, or the host): its process table, clock, name and network. A
 * *descriptor* is what a file descriptor number refers to, shared between processes that inherited it.
 *
 * It is not a Docker thing: the engine asks for a Runtime, and the machine makes one out of systems.
 */
import type { Chance, Clock } from '../clock';
import type { Credentials, FileSystem, OpenFile } from '../fs';
import type { Limit, Limits, Resource } from './limits';
import type { Signal } from './signal';

export type Pid = number;

/** Runs to its exit code (0 to 255). Errors are output, not exceptions: print them as the real program does. */
export type Program = (process: Process) => Promise<number>;

export interface Process {
  readonly pid: Pid;
  readonly ppid: Pid;
  /** Process group and session: Ctrl-C goes to the foreground group of a terminal. */
  pgid: Pid;
  readonly argv: readonly string[];
  /** Its own copy: `cd`, `export`, `umask` change it in place. */
  env: Record<string, string>;
  cwd: string;
  umask: number;
  credentials: Credentials;
  /** A view for this process as it is now: follows cwd, credentials and umask as they change. */
  readonly fs: FileSystem;
  readonly descriptors: Map<number, Descriptor>;
  readonly limits: Limits;
  readonly system: System;

  /** Descriptors 0, 1 and 2. Missing ones read as ended and fail to write with EBADF. */
  readonly stdin: Descriptor;
  readonly stdout: Descriptor;
  readonly stderr: Descriptor;

  /** Gives way when 8 ms of CPU have been used; throws `Killed` when a signal has ended this process. */
  tick(): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** Text to stdout or stderr, UTF-8. A broken pipe ends the process with SIGPIPE. */
  print(text: string): Promise<void>;
  printError(text: string): Promise<void>;

  spawn(options: SpawnOptions): Process;
  /** Turns this process into another program; resolves with that program's exit code, which the caller returns. */
  exec(options: Pick<SpawnOptions, 'path' | 'argv' | 'env'>): Promise<number>;
  /**
   * Waits for a child (any, without a pid), reaps it, and tells how it ended. ECHILD when there is none. With `stopped`, a
   * child that a signal has stopped is told too (once, and not reaped): a shell's job control.
   */
  wait(pid?: Pid, options?: { readonly stopped?: boolean }): Promise<Ended>;
  /** Like wait, without waiting: undefined when none has ended. */
  reap(pid?: Pid, options?: { readonly stopped?: boolean }): Ended | undefined;
  /** What to do on a signal. A handler runs at the next tick, read, write, sleep or wait. SIGKILL and SIGSTOP cannot be handled. */
  onSignal(signal: Signal, action: 'default' | 'ignore' | (() => void | Promise<void>)): void;
  /** Changes one of its limits, as setrlimit(2). EINVAL, EPERM. */
  limit(resource: Resource, limit: Limit): void;
  /**
   * Sends a signal to a process of the same system, to a group with a negative pid, to one's own group with 0, or to all but
   * pid 1 and oneself with -1. ESRCH, EPERM. Without a signal it only asks whether that would be possible.
   */
  kill(pid: Pid, signal?: Signal): void;
  /**
   * Waits until `wake` is called, handling signals meanwhile; what descriptors are made of. `start` is called at once and may
   * answer a function that is called when the waiting is over, however it ended.
   */
  suspend(start: (wake: () => void) => (() => void) | undefined): Promise<void>;
  /** Waits for something outside of the system (a connection), handling signals meanwhile. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** Runs `body`, but interrupts its waiting after `ms`; then answers undefined. */
  within<T>(ms: number, body: () => Promise<T>): Promise<T | undefined>;
  /**
   * What this process would need to go on after a restart of the machine, as plain data. Set by programs that can (an
   * interactive shell); read by the machine at the end of a turn. Undefined: it starts anew or is gone.
   */
  checkpoint?: () => unknown;
  /** Grows whenever it goes on and whenever it comes to wait: as long as it does not, what the program knows is what it knew. */
  readonly activity: number;
  /** Of a shell at a prompt: how many commands it has begun to run, and the last one as it was typed. */
  lastLine?: () => { readonly count: number; readonly text: string };
}

export interface Ended {
  readonly pid: Pid;
  /** 0 to 255; 128 + n when signal n ended it. */
  readonly exitCode: number;
  readonly signal?: Signal;
  /** It has not ended but waits for SIGCONT (only when asked for). `exitCode` is then what a shell calls it, 128 + n. */
  readonly stopped?: boolean;
}

export interface SpawnOptions {
  /**
   * The executable's path (no PATH search: that is the shell's). Its file decides what runs. ENOENT, EACCES, ENOEXEC,
   * ENOTDIR, ELOOP as execve(2). Or a `program` that needs no file: a subshell of the caller.
   */
  readonly path?: string;
  readonly program?: Program;
  readonly argv: readonly string[];
  /** Defaults: the parent's. */
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly credentials?: Credentials;
  /** Default: the parent's. Each is held once more, in either case: the caller still closes its own. */
  readonly descriptors?: Map<number, Descriptor>;
  /** Starts a new process group (job control). */
  readonly group?: boolean;
}

/** What a descriptor number refers to. `hold` when another number or process refers to it too; the last `close` ends it. */
export interface Descriptor {
  readonly kind: 'file' | 'pipe' | 'terminal' | 'null' | 'socket' | 'device';
  /** Waits for at least one byte, or answers an empty array at the end. EBADF when it cannot be read. */
  read(process: Process, max?: number): Promise<Uint8Array>;
  /** All of it; waits while the reader is behind. EBADF, EPIPE, ENOSPC. */
  write(process: Process, bytes: Uint8Array): Promise<void>;
  hold(): this;
  close(): void;
  /** Of a file. */
  readonly file?: OpenFile;
  /** Of a terminal. */
  readonly terminal?: Terminal;
}

/**
 * A terminal's program side: the line discipline between a keyboard and processes.
 *
 * In `line` mode it echoes, edits (erase, kill, word), gives whole lines to readers, and turns Ctrl-C, Ctrl-\ and Ctrl-Z into
 * signals to the foreground group and Ctrl-D into an end of input. In `raw` mode bytes pass untouched (line editors, vi, top).
 * Output has `\n` turned into `\r\n` (onlcr) in both.
 */
export interface Terminal {
  size: { columns: number; rows: number };
  mode: 'line' | 'raw';
  echo: boolean;
  /** The group that Ctrl-C reaches and that may read. */
  foreground: Pid;
  /** Keyboard side: what the person typed. */
  type(bytes: Uint8Array): void;
  /** The person's line went away: SIGHUP to the foreground group, ends reads. */
  hangUp(): void;
  resize(columns: number, rows: number): void;
  /** In raw mode: what was typed already and not read yet, up to the first byte that is not wanted. It never waits. */
  ahead(wanted: (byte: number) => boolean): Uint8Array;
}

/** One kernel's view: a container's, or the host's. */
export interface System {
  readonly clock: Clock;
  readonly chance: Chance;
  hostname: string;
  readonly fs: FileSystem;
  readonly limits: SystemLimits;
  readonly network: Network;
  processes(): readonly ProcessRow[];
  /** Every process ends with SIGKILL: the container is stopped, or the machine goes. */
  halt(): void;
}

/** What `ps` and /proc tell. */
export interface ProcessRow {
  readonly pid: Pid;
  readonly ppid: Pid;
  readonly pgid: Pid;
  readonly uid: number;
  readonly argv: readonly string[];
  readonly state: 'R' | 'S' | 'T' | 'Z';
  /** Nanoseconds since the epoch. */
  readonly started: bigint;
  /** CPU milliseconds used. */
  readonly cpu: number;
  readonly terminal: boolean;
}

export interface SystemLimits {
  readonly processes: number;
  readonly openFiles: number;
  /** CPU milliseconds that a foreground turn may use before SIGXCPU ends it; background work is throttled instead. */
  readonly cpuBudget: number;
}

/** Sockets of one system. Names and addresses are those of its networks; the machine joins systems together. */
export interface Network {
  /** The addresses of a name: `localhost`, a container on the same user-made network, an entry of /etc/hosts. Empty: unknown. */
  resolve(name: string): readonly string[];
  /** ECONNREFUSED, EHOSTUNREACH. */
  connect(address: string, port: number): Promise<Connection>;
  /** EADDRINUSE. */
  listen(port: number, address?: string): Listener;
  addresses(): readonly {
    readonly name: string;
    readonly address: string;
    readonly prefix: number;
    readonly mac: string;
  }[];
}

export interface Connection {
  readonly remote: { readonly address: string; readonly port: number };
  readonly local: { readonly address: string; readonly port: number };
  /** An empty answer is the end. */
  read(): Promise<Uint8Array>;
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

export interface Listener {
  readonly port: number;
  accept(): Promise<Connection>;
  close(): void;
}
