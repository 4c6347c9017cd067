import { openClass } from '../../lib/classroom';
import { type Digest, parseDigest } from '../../lib/content';
import { Failure } from '../../lib/errors';
import type { MachineCommand } from '../../lib/machine';
import type { Answer, RequestBody, RequestType } from '../../lib/protocol';
import type { SeatTokens } from '../auth';
import { type Classes, machineOf } from '../classes';
import type { Machines } from '../machines';
import type { Store } from '../store';
import { checkDockerfile } from './check-image';
import { notYours, ownMachine, type Person, type Standing } from './person';
import { settled } from './refusal';

/** Joining the rooms of announcements, right after having been given everything up to now. */
export interface Listening {
  toClass(id: string): void;
  toMachine(machine: string): void;
  toBoard(id: string): void;
  /** News of this machine that the board has not been sent yet are sent now. */
  boardUpTo(machine: string): void;
  asSeat(id: string, seat: string): void;
}

export interface Asking {
  readonly person: Person;
  readonly listening: Listening;
  readonly classes: Classes;
  readonly machines: Machines;
  readonly blobs: Store['blobs'];
  readonly tokens: SeatTokens;
  readonly mostSeats: number;
}

type Body<T extends RequestType> = Extract<Answer<T>, { readonly ok: true }> extends infer A ? Omit<A, 'ok'> : never;
type Coded = { [T in RequestType]: RequestBody<T> extends { code: string } ? T : never }[RequestType];
type Uncoded = Exclude<RequestType, Coded>;

/** Requests that name no class: asked by who is signed in. */
export const ownAnswers: { [T in Uncoded]: (body: RequestBody<T>, asking: Asking) => Promise<Body<T>> } = {
  'class:open': async ({ title }, { person, classes }) => ({ code: (await classes.open(person.host!, title)).code }),
  'class:list': async (_, { person, classes }) => ({ classes: await classes.ofHost(person.host!.id) }),
  'image:check': async ({ dockerfile }) => ({ problems: checkDockerfile(dockerfile) }),
};

type ClassAnswers = {
  [T in Coded]: (body: RequestBody<T>, asking: Asking, standing: Standing) => Promise<Body<T>>;
};

/** Requests that name a class, by who may ask them there (`standing`). Each answers after everything is stored. */
export const classAnswers: ClassAnswers = {
  async 'class:end'(_, { classes }, { id }) {
    await classes.ask(id, { type: 'class:end' });
    return {};
  },

  async 'class:lock'({ locked }, { classes }, { id }) {
    await classes.ask(id, { type: 'class:lock', locked });
    return {};
  },

  async 'class:watch'({ cursor }, { classes, listening }, { id, role, seat }) {
    await classes.ready(id, seat!);
    const caught = await classes.catchUp(id, cursor);
    listening.toClass(id);
    return { as: role, seat: role === 'seat' ? seat : undefined, machine: machineOf(id, seat!), class: caught };
  },

  async 'board:watch'({ cursors, only }, { classes, machines, listening }, { id }) {
    // Joined first: what is announced before this is answered has to be kept by the reader (docs/protocol.md).
    listening.toBoard(id);
    const state = await classes.state(id);
    const all = ['host', ...state!.seats.filter((seat) => !seat.removed).map((seat) => seat.id)];
    const ids = only ? all.filter((seat) => only.includes(machineOf(id, seat))) : all;
    const caught = await Promise.all(
      ids.map(async (seat) => {
        const machine = machineOf(id, seat);
        await classes.ready(id, seat);
        const found = await machines.catchUp(machine, cursors[machine] ?? 0, { private: false });
        listening.boardUpTo(machine);
        return [machine, found] as const;
      }),
    );
    return { machines: Object.fromEntries(caught) };
  },

  async 'image:build'({ reference, dockerfile, files }, { machines }, { id }) {
    const command: MachineCommand = { type: 'image:build', reference, dockerfile, files };
    const { image, output = '' } = settled(await machines.run(machineOf(id, 'host'), command));
    if (!image) throw new Failure('internal', 'a build ended without an image');
    return { image, output };
  },

  async 'image:publish'({ reference }, { classes }, { id }) {
    return { image: await classes.publish(id, reference) };
  },

  async 'seat:look'(_, { mostSeats }, { state }) {
    const { title, host, locked, seats } = openClass(state);
    return { title, host: host.name, locked, full: seats.filter((seat) => !seat.removed).length >= mostSeats };
  },

  async 'seat:take'({ name }, { classes, tokens, person, listening }, { id }) {
    if (person.seats.has(id)) throw new Failure('conflict', 'You have a seat in this class already.');
    const taken = await classes.takeSeat(id, name);
    person.seats.set(id, taken.seat);
    listening.asSeat(id, taken.seat);
    return { ...taken, token: tokens.make({ classId: id, seat: taken.seat }) };
  },

  async 'seat:rename'({ seat, name }, { classes }, standing) {
    if (standing.role !== 'host' && seat !== standing.seat) throw notYours();
    await classes.ask(standing.id, { type: 'seat:rename', seat, name });
    return {};
  },

  async 'seat:remove'({ seat }, { classes }, { id }) {
    await classes.ask(id, { type: 'seat:remove', seat });
    return {};
  },

  async 'machine:watch'({ machine, cursor }, { classes, machines, listening }, standing) {
    const own = ownMachine(standing, machine);
    await classes.ready(standing.id, standing.seat!);
    await machines.wake(own);
    const caught = await machines.catchUp(own, cursor, { private: true });
    listening.toMachine(own);
    return { machine: caught };
  },

  async 'terminal:open'({ machine, terminal, columns, rows }, { machines }, standing) {
    const command: MachineCommand = { type: 'terminal:open', terminal, columns, rows };
    settled(await machines.run(ownMachine(standing, machine), command));
    return {};
  },

  async 'terminal:type'({ machine, terminal, client, seq, data }, { machines }, standing) {
    const command: MachineCommand = { type: 'terminal:type', terminal, client, seq, data };
    settled(await machines.run(ownMachine(standing, machine), command));
    return {};
  },

  async 'terminal:resize'({ machine, terminal, columns, rows }, { machines }, standing) {
    const command: MachineCommand = { type: 'terminal:resize', terminal, columns, rows };
    settled(await machines.run(ownMachine(standing, machine), command));
    return {};
  },

  async 'content:get'({ digest }, { blobs }) {
    const bytes = await blobs.get(parseDigest(digest) as Digest);
    if (!bytes) throw new Failure('not-found', 'Nothing here has this digest.', { digest });
    return { bytes };
  },

  async 'proof:report'({ manifestDigest, verified, total, ms }, { classes }, { id, seat }) {
    await classes.ask(id, { type: 'proof:report', viewer: seat!, manifestDigest, verified, total, ms });
    return {};
  },
};
