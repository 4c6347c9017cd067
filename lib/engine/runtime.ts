/**
 * How a container's processes are really run. The engine declares what it needs; lib/machine implements it with systems and
 * processes; the engine's tests with a fake.
 *
 * Life of a task: `start` (or `exec`) looks nothing up: the engine has already searched PATH, resolved the user and made the
 * mounts. It starts the program at `path` and resolves with a `Task`, or rejects with an `FsError` that carries execve's errno
 * (ENOENT: the script's interpreter is missing, ENOEXEC, EACCES) or EADDRINUSE (a published port is taken on the host); then
 * nothing was started. `ended` resolves once, when the process is gone and all of its output has been handed over. When pid 1
 * ends, every other process of the container is killed and all execs' `ended` resolve.
 *
 * It knows no names, images, logs, restart policies or attached clients: those are the engine's.
 */
import type { ContainerId } from '../container';
import type { Credentials, Ino, Mount, Tree } from '../fs';
import type { ProcessRow, Signal } from '../process';

export interface Runtime {
  /** Starts a container's pid 1 in a new system. */
  start(task: ContainerTask): Promise<Task>;
  /** Starts one more process in a running container's system. */
  exec(container: ContainerId, task: ExecTask): Promise<Task>;
  /** The processes of a running container as the host sees them, pid 1 first. Empty when it does not run. */
  top(container: ContainerId): readonly ProcessRow[];
  usage(container: ContainerId): ResourceUsage;
  /**
   * The host's file or folder for a bind mount. With `create` a missing folder is made (as `-v` does); without, undefined
   * when it is missing (as `--mount` refuses).
   */
  hostPath(
    path: string,
    create: boolean,
  ): { readonly tree: Tree; readonly ino: Ino; readonly device: string } | undefined;
  /** A free TCP or UDP port of the host for `-P` and `-p 80`; Docker's range starts at 32768. */
  freePort(protocol: 'tcp' | 'udp' | 'sctp', taken: (port: number) => boolean): number;
  /** A network was made or removed, or a running container joined or left one: systems can be joined anew. */
  networkChanged?(container: ContainerId, network: TaskNetwork): void;
}

export interface ProcessTask {
  /** The executable's absolute path inside the container. */
  readonly path: string;
  /** With argv[0] as the person gave it. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly credentials: Credentials;
  /** A terminal of its own; all output is then `stdout`. */
  readonly tty: boolean;
  readonly size?: { readonly columns: number; readonly rows: number };
  /** Whether stdin can be written to. Otherwise it reads as ended (with `tty`: never answers). */
  readonly stdin: boolean;
  /** Called with every piece of output, in order. The process waits while the answer is pending. */
  readonly output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void | Promise<void>;
}

export type ExecTask = ProcessTask;

export interface ContainerTask extends ProcessTask {
  readonly container: ContainerId;
  readonly hostname: string;
  readonly domainname: string;
  /** `/` (the union) first, then volumes, binds and tmpfs by depth. /proc, /sys, /dev and the three files of `etc` are the runtime's to add. */
  readonly mounts: readonly Mount[];
  /** The text of /etc/hosts, /etc/hostname and /etc/resolv.conf, which Docker mounts over the image's. */
  readonly etc: { readonly hosts: string; readonly hostname: string; readonly resolv: string };
  /** `--init`: /sbin/docker-init is pid 1, forwards signals and reaps. */
  readonly init: boolean;
  readonly network: TaskNetwork;
  readonly ports: readonly PublishedPort[];
  readonly limits: {
    readonly memory: number;
    readonly pids: number;
    readonly cpus: number;
    /** What pid 1 begins with, by Docker's name of it (`nofile`); -1 is unlimited. */
    readonly ulimits: readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[];
  };
  /** True when the record says it was running before the server restarted: pid 1 goes on from its checkpoint where it can. */
  readonly resumed: boolean;
}

/** `mode` is `bridge` for every network with addresses. Names resolve between containers of one user-made network. */
export interface TaskNetwork {
  readonly mode: 'bridge' | 'host' | 'none' | 'container';
  /** With mode `container`: whose system's network is shared. */
  readonly container?: ContainerId;
  readonly endpoints: readonly TaskEndpoint[];
}

export interface TaskEndpoint {
  /** Containers with the same network id reach each other. */
  readonly networkId: string;
  readonly networkName: string;
  readonly address: string;
  readonly prefix: number;
  readonly gateway: string;
  readonly mac: string;
  /** Names that other containers of this network may use: empty on the default bridge. */
  readonly names: readonly string[];
}

export interface PublishedPort {
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
}

export interface Task {
  /** As the host numbers it. */
  readonly pid: number;
  readonly ended: Promise<TaskEnd>;
  /** To this process alone, or to its whole group: what it started and did not set apart. Nothing happens when it is gone. */
  kill(signal: Signal, to?: 'group'): void;
  /** Freezes and thaws every process of the container (meaningful on pid 1's task). */
  pause(): void;
  resume(): void;
  resize(columns: number, rows: number): void;
  readonly stdin: {
    /** Waits while the reader is behind; resolves too when it is gone. */
    write(bytes: Uint8Array): Promise<void>;
    /** End of input. A terminal is hung up only by the container's end, so on a terminal this does nothing. */
    close(): void;
  };
}

export interface TaskEnd {
  /** 0 to 255; 128 + n when signal n ended it. */
  readonly exitCode: number;
  readonly signal?: Signal;
  readonly oomKilled?: boolean;
}

/** What `docker stats` shows. Bytes and CPU milliseconds. */
export interface ResourceUsage {
  readonly cpu: number;
  readonly memory: number;
  readonly pids: number;
  readonly received: number;
  readonly sent: number;
  readonly blockRead: number;
  readonly blockWritten: number;
}
