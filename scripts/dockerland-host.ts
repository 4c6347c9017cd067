/**
 * One fresh simulated computer that runs lines of shell without a terminal: what a script on a real host would see. The
 * conformance player, `npm run dockerland` and the engine's bench stand on it.
 */
import { seeded } from '../lib/clock';
import { MemoryContent } from '../lib/content';
import { createEngine, type Engine, type EngineEvent, emptyEngine } from '../lib/engine';
import { mountFileSystem, root } from '../lib/fs';
import { asDiffId } from '../lib/layer';
import { builderOf } from '../lib/machine/builder';
import { dockerLoader, shellLoader } from '../lib/machine/docker';
import { furnish, HostSystem } from '../lib/machine/host';
import { hostLayers } from '../lib/machine/host-layers';
import { layersOf } from '../lib/machine/layers';
import { Switch } from '../lib/machine/network';
import { ClassRegistry } from '../lib/machine/registry';
import { SystemRuntime } from '../lib/machine/runtime';
import { type Descriptor, duplex, nullDevice, type Scheduler } from '../lib/process';
import { Sheet, Union } from '../lib/snapshot';
import { SkippingClock } from './dockerland-clock';

// Some applets load it when they are first used. Loading takes real time, which the clock that jumps over waits cannot see.
await import('just-bash');

export interface StepResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface DockerlandHost {
  readonly engine: Engine;
  readonly clock: SkippingClock;
  /** Runs `bash -c` of the text in the work folder, stdin at its end. */
  step(text: string, stdin?: Uint8Array): Promise<StepResult>;
  /** The same, over as soon as the shell is. */
  run(text: string): Promise<StepResult>;
  /** What goes on by itself goes on for as long as a person takes to type the next line. */
  settle(): Promise<void>;
  stop(): void;
}

export interface HostOptions {
  readonly seed?: number;
  /** The empty folder that is `$PWD`. */
  readonly folder?: string;
  readonly onEvent?: (event: EngineEvent) => void;
}

/** Nobody sits before a script's screen: an editor is closed at once. */
const nobody = { edit: async () => {} };

/** Nanoseconds of the simulated clock after which a step that has not ended is killed. */
const patience = 1800n * 1_000_000_000n;

/** Nanoseconds of a jump before which it is worth looking twice. */
const longJump = 1_000_000_000n;

/** Nanoseconds that a person takes before the next line. */
const pause = 300_000_000n;

/** Rounds of the event loop without a sign of life after which nothing is going on. */
const quietRounds = 6;

export function createHost(options: HostOptions = {}): DockerlandHost {
  const clock = new SkippingClock();
  const chance = seeded(options.seed ?? 1);
  const content = new MemoryContent();
  const scheduler: Scheduler = {
    cpu: () => performance.now(),
    yieldNow: () => {
      clock.activity += 1;
      return new Promise((resolve) => void setImmediate(resolve));
    },
  };
  const folder = options.folder ?? '/root/lesson';
  const base = hostLayers(content, 'dockerland');
  const files = new Union({ lower: layersOf(content).lower(base.map(asDiffId)), now: () => clock.now() });
  furnish(files, 'student');
  const asRoot = mountFileSystem(files);
  folder.split('/').reduce((path, part) => {
    const next = `${path}/${part}`;
    if (part && !asRoot.exists(next)) asRoot.mkdir(next, 0o755);
    return next;
  });
  const state = { hostname: 'dockerland', user: 'student', host: new Sheet() } as never;
  const wires = new Switch();
  const fault = (error: unknown) => console.error(error);
  let engine: Engine;
  const host = new HostSystem({
    state,
    files,
    clock,
    chance,
    scheduler,
    wires,
    fault,
    identify: dockerLoader(() => engine, nobody),
  });
  const hostPath = host.hostPath.bind(host);
  const runtime = new SystemRuntime({
    clock,
    chance,
    scheduler,
    wires,
    loader: (_, restore) => shellLoader(nobody, restore),
    checkpointOf: () => undefined,
    hostPath,
    fault,
  });
  engine = createEngine({
    state: emptyEngine,
    content,
    layers: layersOf(content),
    clock,
    chance,
    runtime,
    registry: new ClassRegistry(content),
    builder: builderOf(() => engine, runtime),
    host: { hostname: 'dockerland', cpus: 2, memory: 8 * 2 ** 30, kernel: '6.12.0' },
    emit: (event) => options.onEvent?.(event),
  });

  async function step(text: string, stdin?: Uint8Array): Promise<StepResult> {
    const result = await run(text, stdin);
    await settle();
    return result;
  }

  async function run(text: string, stdin?: Uint8Array): Promise<StepResult> {
    const output = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
    const collect = (stream: 'stdout' | 'stderr') =>
      duplex({ write: (bytes) => void output[stream].push(bytes.slice()) }).descriptor;
    const descriptors: Descriptor[] = [stdin ? given(stdin) : nullDevice(), collect('stdout'), collect('stderr')];
    host.system.beginTurn();
    const process = host.system.start({
      path: '/bin/bash',
      argv: ['bash', '-c', text],
      env: {
        HOME: '/root',
        PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        PWD: folder,
        USER: 'root',
        SHELL: '/bin/bash',
        LANG: 'C.UTF-8',
      },
      cwd: folder,
      credentials: root,
      descriptors: new Map(descriptors.map((descriptor, number) => [number, descriptor])),
    });
    for (const own of descriptors) own.close();
    const giveUp = () => host.system.signal(process.pid, 'KILL');
    const { exitCode } = await driven(host.system.ended(process), giveUp);
    host.system.endTurn();
    const decode = (parts: readonly Uint8Array[]) => Buffer.concat(parts).toString('utf8');
    return { stdout: decode(output.stdout), stderr: decode(output.stderr), exitCode };
  }

  /** Waits for it, jumping over every wait in which nothing else happens. */
  async function driven<T>(promise: Promise<T>, giveUp: () => void): Promise<T> {
    let over = false;
    const limit = clock.now() + patience;
    const done = promise.finally(() => void (over = true));
    done.catch(() => {});
    while (!over) {
      await quiet(() => over);
      if (!over && clock.now() > limit) giveUp();
      if (!over && (clock.ahead ?? longJump) >= longJump && (await somethingHappens())) continue;
      if (!over && !clock.skip()) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return done;
  }

  /** Before a long jump: loading a module takes real time, which nothing else shows. */
  async function somethingHappens(): Promise<boolean> {
    const seen = clock.activity;
    await new Promise((resolve) => setTimeout(resolve, 20));
    clock.wakeDue();
    return clock.activity !== seen;
  }

  async function quiet(over: () => boolean): Promise<void> {
    for (let rounds = 0, seen = clock.activity; rounds < quietRounds && !over(); rounds++) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.wakeDue();
      if (clock.activity === seen) continue;
      seen = clock.activity;
      rounds = -1;
    }
  }

  async function settle(): Promise<void> {
    const limit = clock.now() + pause;
    do await quiet(() => false);
    while (clock.skip(limit));
  }

  return {
    get engine() {
      return engine;
    },
    clock,
    step,
    run,
    settle,
    stop: () => {
      runtime.halt();
      host.system.halt();
    },
  };
}

function given(bytes: Uint8Array): Descriptor {
  const input = duplex();
  input.push(bytes);
  input.end();
  return input.descriptor;
}
