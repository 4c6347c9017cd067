/** For tests: a catalogue image as a running container on a wire of its own, without an engine. */
import { ManualClock, seeded } from '../../clock';
import { MemoryContent } from '../../content';
import { type FileSystem, Mounts, PlainTree, viewOf } from '../../fs';
import type { Image } from '../../image';
import { Switch } from '../../machine/network';
import { createSystem, duplex, type LiveSystem, type Process } from '../../process';
import { createLoader } from '../../programs';
import { Layers, Sheet, Union } from '../../snapshot';
import { catalogue } from '../catalogue';

export const content = new MemoryContent();
export const wires = new Switch();

export function pull(reference: string): Image {
  return catalogue.find((entry) => entry.reference === reference)!.build(content);
}

const layers = new Layers(content);
let address = 2;

export class Container {
  readonly clock = new ManualClock('2026-11-23T14:41:59Z');
  readonly fs: FileSystem;
  readonly system: LiveSystem;
  readonly image: Image;
  readonly faults: unknown[] = [];
  output = '';
  ended: { exitCode: number } | undefined;

  constructor(
    reference: string,
    readonly name = 'box',
    options: { env?: Record<string, string>; command?: readonly string[] } = {},
  ) {
    this.image = pull(reference);
    const lower = layers.lower(this.image.config.rootfs.diff_ids);
    const now = () => this.clock.now();
    const mounts = new Mounts(new Union({ lower, sheet: new Sheet(lower), now }));
    const devices = new PlainTree({ now });
    this.fs = viewOf(mounts, { credentials: { uid: 0, gid: 0, groups: [0] }, cwd: '/', umask: 0o022 });
    const dev = viewOf(new Mounts(devices), { credentials: { uid: 0, gid: 0, groups: [0] }, cwd: '/', umask: 0 });
    dev.mknod('/null', 'char', 0o666, 259);
    for (const [path, target] of [
      ['/fd', '/proc/self/fd'],
      ['/stdout', '/proc/self/fd/1'],
      ['/stderr', '/proc/self/fd/2'],
    ] as const)
      dev.symlink(target, path);
    if (!this.fs.exists('/dev')) this.fs.mkdir('/dev');
    mounts.mount('/dev', devices, { source: 'tmpfs', type: 'tmpfs' });
    const interfaces = [
      {
        name: 'eth0',
        address: `172.18.0.${address++}`,
        prefix: 16,
        mac: '02:42:ac:12:00:02',
        network: 'lab',
        names: [name],
      },
    ];
    this.system = createSystem({
      clock: this.clock,
      chance: seeded(7),
      hostname: name,
      fs: (viewer) => viewOf(mounts, viewer),
      identify: createLoader(),
      network: wires.plug(interfaces, () => ''),
      limits: { processes: 200, openFiles: 256, cpuBudget: 1e9 },
      scheduler: { cpu: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
      fault: (error) => this.faults.push(error),
    });
    this.#main(options);
  }

  get #variables(): Record<string, string> {
    const lines = this.image.config.config?.Env ?? [];
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  }

  #main({ env = {}, command }: { env?: Record<string, string>; command?: readonly string[] }): void {
    const { config } = this.image.config;
    const words = [...(config?.Entrypoint ?? []), ...(command ?? config?.Cmd ?? [])];
    const process = this.#start(
      words,
      { HOME: '/root', ...this.#variables, ...env },
      config?.WorkingDir || '/',
      (text) => {
        this.output += text;
      },
    );
    void this.system.ended(process).then((ended) => (this.ended = ended));
  }

  #start(argv: readonly string[], env: Record<string, string>, cwd: string, out: (text: string) => void): Process {
    const path = argv[0]!.includes('/')
      ? argv[0]!
      : env
          .PATH!.split(':')
          .map((folder) => `${folder}/${argv[0]}`)
          .find((candidate) => this.fs.exists(candidate));
    const screen = duplex({ write: (bytes) => out(new TextDecoder().decode(bytes)) });
    const input = duplex({});
    input.end();
    return this.system.start({
      argv,
      path: path ?? `/${argv[0]}`,
      env,
      cwd,
      descriptors: new Map([
        [0, input.descriptor],
        [1, screen.descriptor],
        [2, screen.descriptor],
      ]),
    });
  }

  /** `docker exec NAME sh -c LINE`: what it printed, and its exit code in brackets. */
  async exec(line: string): Promise<string> {
    let text = '';
    let ended: { exitCode: number } | undefined;
    const env = { HOME: '/root', ...this.#variables };
    const process = this.#start(['/bin/sh', '-c', line], env, this.image.config.config?.WorkingDir || '/', (more) => {
      text += more;
    });
    void this.system.ended(process).then((value) => (ended = value));
    for (let turn = 0; !ended; turn++) {
      await settle();
      if (turn > 20 && this.clock.sleeping > 0) this.clock.skip();
      if (turn > 2000) throw new Error(`${line} does not end`);
    }
    if (this.faults.length > 0) throw this.faults[0];
    return `${text}[${ended.exitCode}]`;
  }
}

export async function settle(turns = 10): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
