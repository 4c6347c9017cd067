import { type Clock, seeded } from '../../lib/clock';
import { MemoryContent } from '../../lib/content';
import {
  createMachine,
  evolveMachine,
  layersOf,
  type Machine,
  type MachineEvent,
  type MachineState,
} from '../../lib/machine';

const realClock: Clock = {
  now: () => BigInt(Date.now()) * 1_000_000n,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};
const scheduler = {
  cpu: () => performance.now(),
  yieldNow: () => new Promise<void>((resolve) => setImmediate(resolve)),
};

/** Somebody at a computer of their own, without a server: types lines, waits until it is quiet, and keeps its stream. */
export class Sitter {
  readonly stream: MachineEvent[] = [];
  machine: Machine;
  #seq = 0;

  constructor(
    readonly content = new MemoryContent(),
    state?: MachineState,
    seed = 1,
    /** The events that led to `state`. */
    past: readonly MachineEvent[] = [],
  ) {
    this.stream.push(...past);
    if (!state)
      this.stream.push({ type: 'machine:made', id: 'm', user: 'ana', hostname: 'laptop', at: '2026-01-05T09:00:00Z' });
    const first = state ?? this.replayed();
    this.machine = createMachine({
      state: first,
      version: this.stream.length,
      recall: async (versions) => new Map(versions.map((version) => [version, this.replayed(version)])),
      content,
      clock: realClock,
      chance: seeded(seed),
      scheduler,
      resume: true,
      onEvents: (events) => this.stream.push(...structuredClone(events)),
      onFault: (error) => {
        throw error;
      },
    });
  }

  async open() {
    await this.machine.run({ type: 'terminal:open', terminal: 'main', columns: 100, rows: 30 });
    await this.quiet();
  }

  async types(line: string): Promise<string> {
    const before = this.screen.length;
    await this.machine.run({
      type: 'terminal:type',
      terminal: 'main',
      data: `${line}\r`,
      client: 'aaaaaaaa',
      seq: ++this.#seq,
    });
    await this.atPrompt(before);
    return this.screen.slice(before);
  }

  /** Until a prompt stands at the end of what came after `before`, at most ten seconds, and then nothing more. */
  async atPrompt(before: number) {
    for (let waited = 0; waited < 500; waited++) {
      if (/[$#] $/.test(this.screen.slice(before + 1))) break;
      await realClock.sleep(20);
    }
    await this.quiet();
  }

  /** Until two frames have brought nothing new. */
  async quiet() {
    for (let still = 0, length = -1; still < 3; ) {
      await realClock.sleep(20);
      still = this.stream.length === length ? still + 1 : 0;
      length = this.stream.length;
    }
  }

  get screen(): string {
    // Without the escape sequences that colour a prompt or move the cursor.
    return (this.machine.state.terminals.get('main')?.screen ?? '').replace(/\x1b\[[0-9;?]*[A-Za-z]|\r/g, '');
  }

  /** As its stream tells it, up to the end or a version before. */
  replayed(version = this.stream.length): MachineState {
    return this.stream
      .slice(0, version)
      .reduce<MachineState | undefined>(
        (state, event) => evolveMachine(state, event, layersOf(this.content)),
        undefined,
      )!;
  }
}
