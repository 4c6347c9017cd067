import {
  type ClassEvent,
  type ClassState,
  eventsFor,
  mayOpenPages,
  openClass,
  seesPeople,
  stateFor,
  type Viewer,
} from '../../lib/classroom';
import { type Digest, parseDigest } from '../../lib/content';
import { Failure, refused } from '../../lib/errors';
import type { MachineCommand } from '../../lib/machine';
import type { Announcements, Answer, Catch, RequestBody, RequestType } from '../../lib/protocol';
import type { Tokens } from '../auth';
import { type Classes, idBy, machineOf } from '../classes';
import type { Machines } from '../machines';
import type { Store } from '../store';
import type { Answered } from './answered';
import { checkDockerfile } from './check-image';
import type { Contents } from './contents';
import { earlierAnswers } from './earlier-answers';
import {
  mayCompare,
  mayFollow,
  mayTouch,
  notYours,
  type Person,
  peopleIn,
  type Standing,
  stillStanding,
  viewerOf,
} from './person';
import type { PersonLimits } from './rate-limit';
import { settled } from './refusal';
import { toolAnswers } from './tool-answers';

/** Joining the rooms of announcements, right after having been given everything up to now. */
export interface Listening {
  /** `upTo`: what it has been given. */
  toClass(id: string, viewer: Viewer, upTo: number): void;
  /** A guest leaves when the consent ends. */
  toMachine(machine: string, as: 'own' | 'guest'): void;
  toBoard(standing: Standing): void;
  /** Of the host's terminal. */
  toScreen(standing: Standing): void;
  /** Says to whoever looks over this machine's shoulder what is written there. */
  tellGuests(machine: string, draft: Parameters<Announcements['editor:drafted']>[0]): void;
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
  readonly tokens: Tokens;
  readonly mostSeats: number;
  readonly answered: Answered;
  readonly people: PersonLimits;
  readonly contents: Contents;
}

/** One message must not keep the line from everything else for long: larger blobs are fetched (server/archives). */
const mostContentBytes = 4 * 1024 * 1024;

type Body<T extends RequestType> = Extract<Answer<T>, { readonly ok: true }> extends infer A ? Omit<A, 'ok'> : never;
type Coded = { [T in RequestType]: RequestBody<T> extends { code: string } ? T : never }[RequestType];
type Uncoded = Exclude<RequestType, Coded>;

/** Requests that name no class: asked by who is signed in. */
export const ownAnswers: { [T in Uncoded]: (body: RequestBody<T>, asking: Asking) => Promise<Body<T>> } = {
  'class:open': async ({ title, key }, { person, classes }) => ({
    code: (await classes.open(person.host!, title, key)).code,
  }),
  'class:list': async (_, { person, classes }) => ({ classes: await classes.ofHost(person.host!.id) }),
  'image:check': async ({ dockerfile }) => ({ problems: checkDockerfile(dockerfile) }),
};

export type ClassAnswers = {
  [T in Coded]: (body: RequestBody<T>, asking: Asking, standing: Standing) => Promise<Body<T>>;
};

/** Requests that name a class, by who may ask them there (`standing`). Each answers after everything is stored. */
export const classAnswers: ClassAnswers = {
  ...toolAnswers,
  ...earlierAnswers,

  async 'class:end'(_, { classes }, { id }) {
    await classes.ask(id, { type: 'class:end' });
    return {};
  },

  async 'class:lock'({ locked }, { classes }, { id }) {
    await classes.ask(id, { type: 'class:lock', locked });
    return {};
  },

  async 'class:watch'({ cursor, roster }, { classes, listening, person }, before) {
    const { id } = before;
    if (before.seat) await classes.ready(id, before.seat);
    const { caught, state } = await classes.catchUp(id, cursor);
    const standing = stillStanding(classes, person, id, 'class:watch');
    const { role, seat } = standing;
    const viewer = viewerOf(standing, roster);
    listening.toClass(id, viewer, caught.upTo);
    const mine = seenBy(viewer, caught, state);
    return {
      as: role,
      seat: role === 'seat' ? seat : undefined,
      machine: seat ? machineOf(id, seat) : '',
      class: mine,
    };
  },

  async 'board:watch'({ cursors, only }, { classes, machines, listening }, standing) {
    const { id, state } = standing;
    if (!mayCompare(standing)) throw refused('compare.closed');
    // Joined first: what is announced before this is answered has to be kept by the reader (docs/protocol.md).
    listening.toBoard(standing);
    const all = peopleIn(state);
    const ids = only ? all.filter((seat) => only.includes(machineOf(id, seat))) : all;
    const caught = await Promise.all(
      ids.map(async (seat) => {
        const machine = machineOf(id, seat);
        await classes.ready(id, seat);
        const found = await machines.catchUp(machine, cursors[machine] ?? 0, {
          private: false,
          person: seesPeople(standing),
        });
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

  async 'image:stop'(_, { machines }, { id }) {
    settled(await machines.beside(machineOf(id, 'host'), { type: 'build:stop' }));
    return {};
  },

  async 'image:publish'({ reference }, { classes }, { id }) {
    return { image: await classes.publish(id, reference) };
  },

  async 'seat:look'(_, { mostSeats }, { state }) {
    const { title, host, locked, seats } = openClass(state);
    return { title, host: host.name, locked, full: seats.filter((seat) => !seat.removed).length >= mostSeats };
  },

  async 'seat:take'({ name, key }, { classes, tokens, person, listening }, { id }) {
    const held = person.seats.get(id);
    if (held !== undefined && (key === undefined || held !== idBy(key, id))) throw refused('seat.already');
    const taken = await classes.takeSeat(id, name, key);
    person.seats.set(id, taken.seat);
    listening.asSeat(id, taken.seat);
    return { ...taken, machine: machineOf(id, taken.seat), token: tokens.seat({ classId: id, seat: taken.seat }) };
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

  async 'machine:watch'({ machine, cursor }, { classes, machines, listening, person }, standing) {
    mayTouch(standing, person, machine, 'see');
    await classes.ready(standing.id, machine.slice(standing.id.length + 1));
    await machines.wake(machine);
    const caught = await machines.catchUp(machine, cursor, { private: true, person: seesPeople(standing) });
    const now = stillStanding(classes, person, standing.id, 'machine:watch');
    listening.toMachine(machine, mayTouch(now, person, machine, 'see'));
    return { machine: caught };
  },

  async 'screen:watch'({ cursor }, { classes, machines, listening, person }, standing) {
    const { id } = standing;
    mayFollow(standing);
    await classes.ready(id, 'host');
    const screen = await machines.screen(machineOf(id, 'host'), cursor);
    const now = stillStanding(classes, person, id, 'screen:watch');
    mayFollow(now);
    listening.toScreen(now);
    return { screen };
  },

  async 'terminal:open'({ machine, terminal, columns, rows }, { machines, person }, standing) {
    // A guest's window is not the size of anything.
    if (mayTouch(standing, person, machine, 'type') === 'guest') return {};
    settled(await machines.run(machine, { type: 'terminal:open', terminal, columns, rows }));
    return {};
  },

  async 'terminal:type'({ machine, terminal, client, seq, data }, { machines, person }, standing) {
    mayTouch(standing, person, machine, 'type');
    notFrozen(standing);
    settled(await machines.run(machine, { type: 'terminal:type', terminal, client, seq, data }));
    return {};
  },

  async 'terminal:resize'({ machine, terminal, columns, rows }, { machines, person }, standing) {
    if (mayTouch(standing, person, machine, 'type') === 'guest') return {};
    settled(await machines.run(machine, { type: 'terminal:resize', terminal, columns, rows }));
    return {};
  },

  async 'editor:close'({ machine, terminal, text }, { machines, person }, standing) {
    // Two pens in one text would overwrite one another: it is its own person's, also when a host types along.
    if (mayTouch(standing, person, machine, 'type') === 'guest') throw notYours();
    if (text !== undefined) notFrozen(standing);
    settled(await machines.run(machine, { type: 'editor:close', terminal, ...(text !== undefined && { text }) }));
    return {};
  },

  async 'editor:draft'({ machine, terminal, path, text }, { listening, person }, standing) {
    if (mayTouch(standing, person, machine, 'type') === 'guest') throw notYours();
    listening.tellGuests(machine, { machine, terminal, path, text });
    return {};
  },

  async 'page:link'({ machine }, { tokens }, { id, state, seat }) {
    const owner = machine.slice(id.length + 1);
    if (machine !== machineOf(id, owner) || !mayOpenPages(state, seat!, owner)) throw notYours();
    const until = Date.now() + pageMs;
    return { path: `/page/${tokens.page({ classId: id, owner, reader: seat!, until })}`, until };
  },

  async 'content:get'({ digest }, { blobs, contents, person }, standing) {
    await contents.check(standing, person, digest);
    const size = await blobs.size(parseDigest(digest));
    if (size !== undefined && size > mostContentBytes) throw refused('content.large', { size });
    const bytes = await blobs.get(parseDigest(digest) as Digest);
    if (!bytes) throw refused('content.none', { digest });
    return { bytes };
  },

  async 'proof:report'({ manifestDigest, verified, total, ms }, { classes }, { id, seat }) {
    await classes.ask(id, { type: 'proof:report', viewer: seat!, manifestDigest, verified, total, ms });
    return {};
  },
};

/** As long as a frame may show a page without asking for a new address. */
const pageMs = 30 * 60_000;

function notFrozen({ role, state }: Standing): void {
  if (role === 'seat' && state.frozen) throw refused('terminal.frozen');
}

/** What was caught up with, as this person may see it. Names that were hidden and are not any more come only with the state. */
function seenBy(
  viewer: Viewer,
  caught: Catch<ClassState, ClassEvent>,
  state: ClassState,
): Catch<ClassState, ClassEvent> {
  if (viewer.role === 'host') return caught;
  if (caught.kind === 'snapshot' || caught.events.some(({ type }) => type === 'rules:set'))
    return { kind: 'snapshot', upTo: caught.upTo, state: stateFor(state, viewer) };
  return { ...caught, events: eventsFor(caught.events, viewer, state) };
}
