// npm run bench -- shell [--json] [--shells 1000] [--computers 100] [--snapshot FILE]
//
// snippetsPerSecond  of the recorded corpus (tests/shell-corpus), each from the beginning: a new small computer, its files, a
//                    shell, the snippet, its end; the median of five rounds over all of them
// snippets           how many there are
// heapPerIdleShellKb what a shell that waits for a line at a terminal of its own keeps in memory: its process, its terminal,
//                    its line editor. KiB of heap after a collection, by so many shells in one system
// computerKb         what a whole student's computer keeps, with a shell at its prompt, as a thread of the server holds it
// insideKb           the same, with its student in a container's shell (a second system, its mounts, its sheet)
// load, cores        of this computer, as it began
import { availableParallelism, loadavg } from 'node:os';
import { writeHeapSnapshot } from 'node:v8';
import { ManualClock, seeded } from '../../lib/clock';
import { MemoryContent } from '../../lib/content';
import {
  createMachine,
  evolveMachine,
  layersOf,
  type Machine,
  type MachineEvent,
  type MachineState,
} from '../../lib/machine';
import { stage } from '../../lib/shell/testing/stage';
import { play } from '../shell-corpus/play';
import { snippets } from '../shell-corpus/snippets.mjs';
import { number, percentile, rounded } from './support/numbers';
import { plain } from './support/seat';

const words = process.argv.slice(2);
const load = rounded(loadavg()[0]!);
const shells = number(words, '--shells', 1000);
const computers = number(words, '--computers', 100);

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Bytes of heap, and outside of it, after a collection. */
async function held(): Promise<number> {
  await turns(20);
  for (let times = 0; times < 4; times++) globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function snippetsPerSecond(): Promise<{ count: number; rate: number }> {
  const texts = (snippets('busybox') as { text: string }[]).map(({ text }) => text);
  const rates: number[] = [];
  for (let round = 0; round < 5; round++) {
    const begun = performance.now();
    for (const text of texts) await play('busybox', text);
    rates.push((texts.length / (performance.now() - begun)) * 1000);
  }
  return { count: texts.length, rate: percentile(rates, 0.5) };
}

async function heapPerIdleShell(): Promise<number> {
  const { system } = stage({ processes: shells + 10 });
  let prompts = 0;
  const screens: unknown[] = [];
  const open = () => {
    const device = system.terminal({ columns: 80, rows: 24, output: () => void prompts++ });
    const descriptors = new Map([0, 1, 2].map((at) => [at, device]));
    system.start({ path: '/bin/sh', argv: ['sh'], env: { PATH: '/bin', HOME: '/root', TERM: 'xterm' }, descriptors });
    screens.push(device);
  };
  for (let first = 0; first < 5; first++) open();
  const before = await held();
  for (let made = 0; made < shells; made++) open();
  await turns(200);
  const after = await held();
  if (prompts < shells) throw new Error(`only ${prompts} of ${shells} shells drew a prompt`);
  screens.length = 0;
  return (after - before) / shells;
}

/** Students' computers in this thread, as a thread of the server holds them. */
class Room {
  readonly #content = new MemoryContent();
  readonly #clock = new ManualClock();
  readonly #machines: Machine[] = [];
  readonly #scheduler = {
    cpu: () => performance.now(),
    yieldNow: () => new Promise<void>((resolve) => setImmediate(resolve)),
  };

  async open(n: number): Promise<void> {
    const made: MachineEvent = {
      type: 'machine:made',
      id: `m${n}`,
      user: 'ana',
      hostname: 'laptop',
      at: '2026-01-05T09:00:00Z',
    };
    const state: MachineState = evolveMachine(undefined, made, layersOf(this.#content));
    const { content, clock, scheduler } = { content: this.#content, clock: this.#clock, scheduler: this.#scheduler };
    const machine = createMachine({
      state,
      content,
      clock,
      scheduler,
      chance: seeded(n),
      resume: true,
      onEvents: () => {},
    });
    await machine.run({ type: 'terminal:open', terminal: 'main', columns: 100, rows: 30 });
    this.#machines.push(machine);
    await this.#until(machine, /\$ $/);
  }

  async goInside(): Promise<void> {
    for (const machine of this.#machines) {
      await machine.run({
        type: 'terminal:type',
        terminal: 'main',
        client: 'aaaaaaaa',
        seq: 1,
        data: 'docker run -it --name web busybox sh\r',
      });
      await this.#until(machine, /# $/);
    }
  }

  stop(): void {
    for (const machine of this.#machines) machine.stop();
  }

  async #until(machine: Machine, prompt: RegExp): Promise<void> {
    for (let waited = 0; waited < 2000; waited++) {
      const screen = plain(machine.state.terminals.get('main')?.screen ?? '');
      if (prompt.test(screen)) return;
      await turns(1);
      this.#clock.skip();
    }
    throw new Error(`no prompt: ${machine.state.terminals.get('main')?.screen}`);
  }
}

async function heapPerComputer(): Promise<{ idle: number; inside: number }> {
  const warm = new Room();
  await warm.open(0);
  await warm.goInside();
  const room = new Room();
  await room.open(0);
  const before = await held();
  for (let n = 1; n <= computers; n++) await room.open(n);
  const idle = (await held()) - before;
  await room.goInside();
  const inside = (await held()) - before;
  const file = words.includes('--snapshot') ? words[words.indexOf('--snapshot') + 1] : undefined;
  if (file) writeHeapSnapshot(file);
  room.stop();
  warm.stop();
  return { idle: idle / computers, inside: inside / computers };
}

const perShell = await heapPerIdleShell();
const perComputer = await heapPerComputer();
const { count, rate } = await snippetsPerSecond();
const result = {
  snippets: count,
  snippetsPerSecond: Math.round(rate),
  heapPerIdleShellKb: rounded(perShell / 1024),
  computerKb: rounded(perComputer.idle / 1024),
  insideKb: rounded(perComputer.inside / 1024),
  load,
  cores: availableParallelism(),
};
if (words.includes('--json')) console.log(JSON.stringify(result));
else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(18)} ${String(value)}`);
process.exit(0);
