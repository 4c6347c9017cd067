/**
 * The student's own computer, before Docker: its files, its kernel, its wires.
 *
 * Its files are a sheet over the host layers, so that what a student does at the host's prompt is remembered by the stream
 * like everything else.
 */
import type { Chance, Clock } from '../clock';
import type { HostFacts, Runtime } from '../engine';
import { type FileSystem, FsError, Mounts, mountFileSystem, root, viewOf } from '../fs';
import { createSystem, type LiveSystem, type Loader, type Process, type Program, type Scheduler } from '../process';
import { shellProgram } from '../shell';
import type { Union } from '../snapshot';
import { deviceTree } from './devices';
import type { MachineEvent } from './events';
import type { Switch } from './network';
import { ProcTree } from './proc';
import type { MachineState } from './state';
import { systemLimits } from './system-limits';

/** Who sits at the computer: the first ordinary user of a fresh system, and a member of the group that may use Docker. */
const ownUser = { uid: 1000, gid: 1000, groups: [1000, 999] } as const;

const homeOf = (user: string) => `/home/${user}`;

/** What a new computer's files say of its owner; everything else is in the layers below. */
export function furnish(files: Union, user: string): void {
  const fs = mountFileSystem(files);
  append(fs, '/etc/passwd', `${user}:x:${ownUser.uid}:${ownUser.gid}:${user}:${homeOf(user)}:/bin/bash\n`);
  append(fs, '/etc/group', `docker:x:999:${user}\n${user}:x:${ownUser.gid}:\n`);
  for (const folder of ['/home', homeOf(user)]) if (!fs.exists(folder)) fs.mkdir(folder, 0o755);
  fs.chown(homeOf(user), ownUser.uid, ownUser.gid);
}

export function hostFacts(hostname: string): HostFacts {
  return { hostname, cpus: 1, memory: 2_097_152_000, kernel: '6.1.0-dockerland' };
}

export interface HostSystemOptions {
  readonly state: MachineState;
  readonly files: Union;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly scheduler: Scheduler;
  readonly wires: Switch;
  readonly identify: Loader;
  readonly fault: (error: unknown) => void;
}

const bridgeAddress = {
  name: 'docker0',
  address: '172.17.0.1',
  prefix: 16,
  mac: '02:42:00:00:00:01',
  network: 'host',
  names: [],
};

export class HostSystem {
  readonly system: LiveSystem;
  readonly files: Union;
  readonly #mounts: Mounts;
  readonly #user: string;

  constructor({ state, files, clock, chance, scheduler, wires, identify, fault }: HostSystemOptions) {
    this.files = files;
    this.#user = state.user;
    this.#mounts = new Mounts(files, { source: '/dev/vda1', type: 'ext4' });
    const asRoot = viewOf(this.#mounts, { credentials: root, cwd: '/', umask: 0o022 });
    const network = wires.plug([bridgeAddress], () =>
      asRoot.exists('/etc/hosts') ? text(asRoot.readFile('/etc/hosts')) : '',
    );
    network.isHost = true;
    this.system = createSystem({
      clock,
      chance,
      scheduler,
      network,
      identify,
      fault,
      hostname: state.hostname,
      fs: (viewer) => viewOf(this.#mounts, viewer),
      limits: systemLimits,
      rest: 4,
    });
    this.#mounts.mount(
      '/dev',
      deviceTree(() => clock.now(), true),
      { source: 'udev', type: 'devtmpfs' },
    );
    const processes = () => this.system.processes();
    this.#mounts.mount(
      '/proc',
      new ProcTree({
        now: () => clock.now(),
        bootedAt: clock.now(),
        processes,
        mounts: () => this.#mounts.list(),
        hostname: () => this.system.hostname,
      }),
      { source: 'proc', type: 'proc' },
    );
    this.system.start({ program: init, argv: ['/sbin/init'] });
  }

  /** A terminal's login shell. `restore` is what it knew before a restart; `back` the command that leads back into a container. */
  readonly shell = (restore?: unknown, back?: readonly string[]): Program => {
    const shell = shellProgram({ dialect: 'gnu', name: '-bash', restore });
    if (!back) return shell;
    return async (process) => {
      process.checkpoint = () => restore;
      const docker = process.spawn({ path: '/usr/bin/docker', argv: back });
      await process.wait(docker.pid);
      return shell(process);
    };
  };

  get login() {
    const user = this.#user;
    const env = {
      HOME: homeOf(user),
      USER: user,
      LOGNAME: user,
      SHELL: '/bin/bash',
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin',
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      PS1: '\\[\\e[1;34m\\]\\u@\\h\\[\\e[0m\\]:\\[\\e[36m\\]\\w\\[\\e[0m\\]\\$ ',
    };
    return { env, cwd: homeOf(user), credentials: ownUser };
  }

  hostPath(path: string, create: boolean): ReturnType<Runtime['hostPath']> {
    const fs = viewOf(this.#mounts, { credentials: root, cwd: '/', umask: 0o022 });
    if (!fs.exists(path)) {
      if (!create) return undefined;
      makeFolders(fs, path);
    }
    const ino = fs.stat(path).ino;
    return { tree: this.files, ino, device: '/dev/vda1' };
  }

  drain(): MachineEvent[] {
    const patch = this.files.sheet.drain();
    return patch ? [{ type: 'host:written', patch }] : [];
  }
}

/** The host's pid 1: reaps whatever is left to it, and rests for ever without a timer. */
const init: Program = async (process) => {
  process.onSignal('CHLD', () => reapAll(process));
  await process.suspend(() => undefined);
  return 0;
};

function reapAll(process: Process): void {
  try {
    while (process.reap());
  } catch (error) {
    if (!(error instanceof FsError && error.errno === 'ECHILD')) throw error;
  }
}

function makeFolders(fs: FileSystem, path: string): void {
  const parts = path.split('/').filter(Boolean);
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = `/${parts.slice(0, depth).join('/')}`;
    if (!fs.exists(part)) fs.mkdir(part, 0o755);
  }
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function append(fs: FileSystem, path: string, words: string): void {
  fs.appendFile(path, new TextEncoder().encode(words));
}
