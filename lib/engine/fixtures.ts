import { ManualClock, seeded } from '../clock';
import { MemoryContent } from '../content';
import { mountFileSystem } from '../fs';
import { TarWriter } from '../layer';
import { type Signal, signals } from '../process';
import { Layers } from '../snapshot';
import { createEngine } from './engine';
import type { EngineEvent } from './events';
import type { ContainerTask, ProcessTask, Runtime, Task, TaskEnd } from './runtime';
import { emptyEngine } from './state';

/** What a fake program does: writes in the container, prints, and tells how it ends (undefined: it goes on until it is killed). */
export type FakeProgram = (task: ProcessTask, write: (path: string, text: string) => void) => number | undefined;

/** Programs by argv[0]. */
const programs: Readonly<Record<string, FakeProgram>> = {
  true: () => 0,
  false: () => 1,
  sleep: () => undefined,
  exit: (task) => Number(task.argv[1]),
  write: (task, write) => {
    write(task.argv[1]!, task.argv[2]!);
    return 0;
  },
  echo: (task) => {
    void task.output('stdout', new TextEncoder().encode(`${task.argv.slice(1).join(' ')}\n`));
    return 0;
  },
};

/** A runtime without processes: a program is a function that is over at once, or only when a signal comes. */
export class FakeRuntime implements Runtime {
  #pid = 100;
  readonly #kills = new Map<string, (signal: Signal) => void>();

  async start(task: ContainerTask): Promise<Task> {
    return this.#run(task, task.mounts[0]!.tree, task.container);
  }

  async exec(container: string, task: ProcessTask): Promise<Task> {
    return this.#run(task, undefined, `${container}:exec`);
  }

  #run(task: ProcessTask, tree: ContainerTask['mounts'][number]['tree'] | undefined, key: string): Task {
    const fs = tree && mountFileSystem(tree);
    const write = (path: string, text: string) => fs?.writeFile(path, new TextEncoder().encode(text));
    const exitCode = programs[task.argv[0]!]?.(task, write) ?? undefined;
    let end: (end: TaskEnd) => void = () => {};
    const ended = new Promise<TaskEnd>((resolve) => void (end = resolve));
    if (exitCode !== undefined) end({ exitCode });
    const kill = (signal: Signal) => end({ exitCode: 128 + signals[signal], signal });
    this.#kills.set(key, kill);
    const stdin = { write: async () => {}, close: () => {} };
    return { pid: this.#pid++, ended, kill, pause: () => {}, resume: () => {}, resize: () => {}, stdin };
  }

  top() {
    return [];
  }

  usage() {
    return { cpu: 0, memory: 0, pids: 1, received: 0, sent: 0, blockRead: 0, blockWritten: 0 };
  }

  hostPath() {
    return undefined;
  }

  freePort(_protocol: string, taken: (port: number) => boolean): number {
    let port = 32768;
    while (taken(port)) port++;
    return port;
  }
}

/** A small image's tar: programs of the fake runtime, two users, a message. */
export function baseTar(): Uint8Array {
  const tar = new TarWriter();
  const made = { uid: 0, gid: 0, mtime: 1_700_000_000_000_000_000n };
  const folder = (name: string) => tar.add({ ...made, name, kind: 'directory', mode: 0o755, size: 0 });
  const file = (name: string, text: string, mode = 0o644) => {
    const bytes = new TextEncoder().encode(text);
    tar.add({ ...made, name, kind: 'file', mode, size: bytes.length }, bytes);
  };
  for (const name of ['bin/', 'etc/', 'tmp/']) folder(name);
  for (const name of Object.keys(programs)) file(`bin/${name}`, `#!${name}\n`, 0o755);
  file('etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\n');
  file('etc/group', 'root:x:0:\nana:x:1000:\n');
  file('etc/motd', 'hello\n');
  return tar.finish();
}

/** An engine on a fake runtime with one image, `base:1`, and everything it told. */
export function fakeEngine(seed = 1) {
  const content = new MemoryContent();
  const layers = new Layers(content);
  const clock = new ManualClock();
  const events: EngineEvent[] = [];
  const engine = createEngine({
    state: emptyEngine,
    content,
    layers,
    clock,
    chance: seeded(seed),
    runtime: new FakeRuntime(),
    emit: (event) => events.push(event),
  });
  engine.importImage(baseTar(), '-', {
    reference: 'base:1',
    change: (config) => ({ ...config, Cmd: ['true'], Env: ['PATH=/bin'] }),
  });
  return { engine, events, clock, content, layers };
}
