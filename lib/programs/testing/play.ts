/** For tests: a small computer made of a catalogue image's bottom layers, in which one command runs to its end. */
import { ManualClock, seeded } from '../../clock';
import { type FileSystem, FsError, Mounts, PlainTree, viewOf } from '../../fs';
import { createSystem, duplex, type LiveSystem, type Network } from '../../process';
import { appletNames } from '../applets';
import { createLoader, executableFile, gnuNames } from '../loader';
import type { Hosts } from '../run';

export interface Played {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const noNetwork: Network = {
  resolve: (name) => (name === 'localhost' ? ['127.0.0.1'] : []),
  connect: (address, port) => Promise.reject(new FsError('ECONNREFUSED', `${address}:${port}`)),
  listen: (port) => {
    throw new FsError('EADDRINUSE', String(port));
  },
  addresses: () => [
    { name: 'lo', address: '127.0.0.1', prefix: 8, mac: '00:00:00:00:00:00' },
    { name: 'eth0', address: '172.17.0.2', prefix: 16, mac: '02:42:ac:11:00:02' },
  ],
};

export class Computer {
  readonly clock = new ManualClock('2026-11-23T14:41:59Z');
  readonly system: LiveSystem;
  readonly fs: FileSystem;
  readonly faults: unknown[] = [];

  constructor(options: { dialect?: 'busybox' | 'gnu'; hosts?: Hosts; network?: Network } = {}) {
    const now = () => this.clock.now();
    const mounts = new Mounts(new PlainTree({ now }));
    this.fs = viewOf(mounts, { credentials: { uid: 0, gid: 0, groups: [0] }, cwd: '/', umask: 0 });
    this.#fill(options.dialect ?? 'busybox');
    this.system = createSystem({
      clock: this.clock,
      chance: seeded(7),
      hostname: 'box',
      fs: (viewer) => viewOf(mounts, viewer),
      identify: createLoader(options.hosts),
      network: options.network ?? noNetwork,
      limits: { processes: 200, openFiles: 256, cpuBudget: 1e9 },
      scheduler: { cpu: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
      fault: (error) => this.faults.push(error),
    });
    const init = this.system.start({
      argv: ['init'],
      program: async (process) => {
        for (;;) await process.sleep(1e9);
      },
    });
    void this.system.ended(init);
  }

  #fill(dialect: 'busybox' | 'gnu'): void {
    const { fs } = this;
    for (const folder of ['/bin', '/dev', '/etc', '/root', '/home', '/proc', '/usr', '/usr/bin', '/var', '/var/log'])
      fs.mkdir(folder, 0o755);
    fs.mkdir('/tmp', 0o1777);
    fs.chmod('/root', 0o700);
    fs.writeFile(
      '/etc/passwd',
      bytes('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n'),
      0o644,
    );
    fs.writeFile('/etc/group', bytes('root:x:0:\nnogroup:x:65534:\n'), 0o644);
    for (const [name, minor] of [
      ['null', 3],
      ['zero', 5],
      ['full', 7],
      ['random', 8],
      ['urandom', 9],
    ] as const)
      fs.mknod(`/dev/${name}`, 'char', 0o666, 256 + minor);
    if (dialect === 'busybox') {
      fs.writeFile('/bin/busybox', executableFile('busybox'), 0o755);
      for (const name of appletNames) fs.link('/bin/busybox', `/bin/${name}`);
    } else for (const name of gnuNames) fs.writeFile(`/bin/${name}`, executableFile(`gnu:${name}`), 0o755);
    if (dialect === 'gnu')
      for (const name of ['bash', 'sh']) fs.writeFile(`/bin/${name}`, executableFile('bash'), 0o755);
  }

  /** Runs a program of /bin in /tmp. Sleeps pass at once. */
  async run(
    argv: readonly string[],
    options: { stdin?: string | Uint8Array; uid?: number; env?: Record<string, string> } = {},
  ): Promise<Played> {
    const out = collector();
    const err = collector();
    const input = duplex({});
    input.push(typeof options.stdin === 'string' ? bytes(options.stdin) : (options.stdin ?? new Uint8Array(0)));
    input.end();
    const process = this.system.start({
      argv,
      path: argv[0]!.includes('/') ? argv[0]! : `/bin/${argv[0]}`,
      cwd: '/tmp',
      env: { PATH: '/usr/bin:/bin', HOME: '/root', ...options.env },
      credentials: { uid: options.uid ?? 0, gid: options.uid ?? 0, groups: [options.uid ?? 0] },
      descriptors: new Map([
        [0, input.descriptor],
        [1, out.descriptor],
        [2, err.descriptor],
      ]),
    });
    const patience = performance.now() + 15_000;
    let ended: { exitCode: number } | undefined;
    void this.system.ended(process).then((value) => (ended = value));
    for (let idle = 0; !ended; idle++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (idle > 5 && this.clock.sleeping > 1) this.clock.skip();
      // Real time: a library may be loading.
      if (performance.now() > patience) throw new Error(`${argv.join(' ')} does not end`);
    }
    if (this.faults.length > 0) throw this.faults[0];
    return { stdout: out.text(), stderr: err.text(), exitCode: ended.exitCode };
  }

  write(path: string, text: string, mode = 0o644): void {
    this.fs.writeFile(path, bytes(text), mode);
    this.fs.chmod(path, mode);
  }

  text(path: string): string {
    return new TextDecoder().decode(this.fs.readFile(path));
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);

function collector() {
  const parts: Uint8Array[] = [];
  const { descriptor } = duplex({ write: (chunk) => void parts.push(chunk) });
  return { descriptor, text: () => parts.map((part) => new TextDecoder().decode(part)).join('') };
}
