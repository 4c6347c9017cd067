// Run by seat.ts in a process of its own: computers as a thread of the server holds them, and the bytes after each step.
import { writeHeapSnapshot } from 'node:v8';
import { MemoryContent } from '../../../lib/content';
import {
  createMachine,
  layersOf,
  type MachineCommand,
  type PublishedImage,
  parseMachine,
  replayMachine,
  serialiseMachine,
} from '../../../lib/machine';
import type { MachineKit } from '../../../server/machines/kit';
import { OpenedMachine } from '../../../server/machines/opened';
import { plain } from './seat';

const [count = 1, snapshot = ''] = [Number(process.argv[2]), process.argv[3]];
const content = new MemoryContent();
const layers = layersOf(content);
const kit = {
  create: createMachine,
  replay: (state, events) => replayMachine(state, events, layers),
  serialise: serialiseMachine,
  parse: (json) => parseMachine(json, layers),
} as MachineKit;

class Place {
  readonly #opened: OpenedMachine;
  #version = 1;
  #seq = 0;

  constructor(readonly number: number) {
    const id = `machine-${number}`;
    const made = { type: 'machine:made', id, user: 'ana', hostname: 'laptop', at: '2026-01-05T09:00:00Z' } as const;
    const state = kit.replay(undefined, [made])!;
    this.#opened = new OpenedMachine({
      id,
      kit,
      content,
      state,
      version: 1,
      recall: async () => new Map(),
      onEvents: (events) => this.#opened.stored((this.#version += events.length)),
    });
  }

  async run(command: MachineCommand) {
    const outcome = await this.#opened.run(command);
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome;
  }

  async open(): Promise<void> {
    await this.run({ type: 'terminal:open', terminal: 'main', columns: 100, rows: 30 });
    await this.#prompt(/\$ $/);
  }

  async line(text: string): Promise<void> {
    const client = `tab-${this.number}`;
    await this.run({ type: 'terminal:type', terminal: 'main', client, seq: ++this.#seq, data: `${text}\r` });
    await this.#prompt(/# $/);
  }

  async #prompt(prompt: RegExp): Promise<void> {
    for (let waited = 0; waited < 2000; waited++) {
      const screen = (await this.#opened.state()).terminals.get('main')?.screen ?? '';
      if (prompt.test(plain(screen))) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no prompt on computer ${this.number}`);
  }
}

async function publish(): Promise<PublishedImage> {
  const teacher = new Place(0);
  const dockerfile = 'FROM busybox\nCOPY motd /etc/motd\nCMD ["sh"]\n';
  const files = [{ path: 'motd', text: 'welcome\n' }];
  const { image } = await teacher.run({ type: 'image:build', reference: 'motd:1.0', dockerfile, files });
  if (!image) throw new Error('nothing was built');
  await seated(teacher, image);
  return image;
}

/** All steps at once, so that no step of the measured ones meets code for the first time. */
async function seated(place: Place, image: PublishedImage): Promise<void> {
  await place.run({ type: 'image:load', image });
  await place.open();
  await place.line('docker run -it --name web motd:1.0 sh');
  await place.line('echo hello > /tmp/hello');
}

/** Bytes of heap, and outside of it, after a collection. */
async function held(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 60));
  for (let times = 0; times < 4; times++) globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const image = await publish();
const first = new Place(count + 1);
await seated(first, image);
const steps: Record<string, number> = { nothing: await held(), rssBefore: process.memoryUsage().rss };
const places = Array.from({ length: count }, (_, n) => new Place(n + 1));
await Promise.all(places.map((place) => place.run({ type: 'image:load', image })));
steps.made = await held();
await Promise.all(places.map((place) => place.open()));
steps.terminal = await held();
await Promise.all(places.map((place) => place.line('docker run -it --name web motd:1.0 sh')));
steps.container = await held();
await Promise.all(places.map((place) => place.line('echo hello > /tmp/hello')));
steps.rssAfter = process.memoryUsage().rss;
steps.file = await held();
if (snapshot) writeHeapSnapshot(snapshot);
process.send!(steps, () => process.exit(places.length === count ? 0 : 1));
