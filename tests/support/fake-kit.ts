import { emptyEngine } from '../../lib/engine';
import type { Machine, MachineEvent, MachineOptions, MachineState, MachineView, Outcome } from '../../lib/machine';
import type { MachineKit } from '../../server/machines/kit';

/**
 * A machine without a simulation, to test what keeps machines: it hangs, dies and floods when told. A line `put NAME TEXT`
 * writes a file (public), everything typed is echoed on the terminal (private).
 */
interface FakeState {
  readonly moments: readonly [];
  readonly engine: typeof emptyEngine;
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  readonly screen: string;
  readonly taken: ReadonlyMap<string, number>;
}

type Fake =
  | { type: 'fake:put'; name: string; text: string }
  | { type: 'fake:loaded'; reference: string }
  | MachineEvent;

/** What looking back asks of a state: there is never anything. */
const noPast: Pick<FakeState, 'moments' | 'engine'> = { moments: [], engine: emptyEngine };

const evolve = (state: FakeState | undefined, event: Fake): FakeState => {
  if (event.type === 'machine:made')
    return { ...noPast, id: event.id, files: {}, images: [], screen: '', taken: new Map() };
  if (!state) throw new Error('not made');
  if (event.type === 'fake:put') return { ...state, files: { ...state.files, [event.name]: event.text } };
  if (event.type === 'fake:loaded') return { ...state, images: [...state.images, event.reference] };
  if (event.type === 'terminal:wrote') return { ...state, screen: state.screen + event.text };
  if (event.type === 'input:taken') return { ...state, taken: new Map(state.taken).set(event.client, event.seq) };
  return state;
};

function create(options: MachineOptions): Machine {
  let state = options.state as unknown as FakeState;
  const emit = (events: readonly Fake[]) => {
    for (const event of events) state = evolve(state, event);
    options.onEvents(events as readonly MachineEvent[]);
  };
  const line = (text: string): Fake[] => {
    const [word, name = '', ...rest] = text.trim().split(' ');
    if (word === 'hang') for (;;);
    if (word === 'crash') process.nextTick(() => process.exit(3));
    if (word === 'put') return [{ type: 'fake:put', name, text: rest.join(' ') }];
    if (word === 'append') return [{ type: 'fake:put', name, text: (state.files[name] ?? '') + rest.join(' ') }];
    if (word === 'blob')
      return [{ type: 'fake:put', name, text: options.content.put(new TextEncoder().encode(rest.join(' '))) }];
    if (word === 'many')
      return Array.from({ length: Number(name) }, (_, n) => ({ type: 'fake:put', name: `f${n}`, text: 'x' }));
    return [];
  };
  return {
    get state() {
      return state as unknown as MachineState;
    },
    async run(command): Promise<Outcome> {
      if (command.type === 'image:load') {
        if (!state.images.includes(command.image.reference))
          emit([{ type: 'fake:loaded', reference: command.image.reference }]);
      }
      if (command.type === 'terminal:type') {
        if (command.data.startsWith('never')) return new Promise(() => {});
        const effects = line(command.data);
        emit([
          ...effects,
          { type: 'terminal:wrote', terminal: command.terminal, text: command.data },
          { type: 'input:taken', client: command.client, seq: command.seq },
        ]);
      }
      return { ok: true };
    },
    stop() {},
  };
}

export const fakeKit = {
  create,
  screen: ({ screen }: FakeState) => ({ user: 'fake', screen, written: screen.length }),
  content: ({ files }: FakeState) => ({
    own: [],
    board: Object.values(files).filter((text) => text.startsWith('sha256:')),
  }),
  image: (state: FakeState, reference: string) => (state.images.includes(reference) ? { reference } : undefined),
  replay: (state: FakeState | undefined, events: readonly Fake[]) =>
    events.reduce<FakeState | undefined>(evolve, state),
  packing: () => [],
  serialise: ({ moments: _, engine: __, ...state }: FakeState, view: MachineView) => ({
    ...state,
    screen: view.private ? state.screen : '',
    taken: view.private ? [...state.taken] : [],
  }),
  parse: (json: FakeState & { taken: [string, number][] }) => ({ ...json, ...noPast, taken: new Map(json.taken) }),
} as unknown as MachineKit;
