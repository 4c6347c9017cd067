import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import type { ClassEvent } from '../../lib/classroom';
import type { MachineEvent } from '../../lib/machine';
import { isPrivate } from '../../lib/machine/events';
import {
  type Announcements,
  type ConnectErrorCode,
  connectErrors,
  handshake,
  protocolVersion,
} from '../../lib/protocol';
import { ownOrigin, type SeatTokens, type Signed } from '../auth';
import type { ClassChange, Classes } from '../classes';
import type { MachineChange, Machines } from '../machines';
import type { Store } from '../store';
import { Announcer, type News } from './announcer';
import { answer } from './answer';
import type { Asking, Listening } from './answers';
import type { Person } from './person';
import { SocketLimits } from './rate-limit';

export interface GatewayOptions {
  readonly http: HttpServer;
  readonly classes: Classes;
  readonly machines: Machines;
  readonly blobs: Store['blobs'];
  readonly tokens: SeatTokens;
  readonly mostSeats: number;
  /** Who is signed in, by the handshake's headers. */
  readonly signedIn: (headers: IncomingMessage['headers']) => Promise<Signed | undefined>;
  /** socket.io's adapter, when several nodes serve one school. */
  readonly adapter?: ServerOptions['adapter'];
}

export interface Gateway {
  /** Tells everybody to wait for the next server, and closes. */
  close(): Promise<void>;
}

/** Rooms. Whoever is in one may see everything that is said there; nobody else hears it. */
const room = {
  class: (id: string) => `class:${id}`,
  machine: (id: string) => `machine:${id}`,
  board: (classId: string) => `board:${classId}`,
  seat: (classId: string, seat: string) => `seat:${classId}.${seat}`,
};

/** No image comes this way, but a build context and a paste do. */
const mostMessageBytes = 4 * 1024 * 1024;

type Io = Server<Record<string, never>, Announcements, { 'class:stale': (id: string) => void }, { person: Person }>;

/** Sockets in, sockets out: nothing else knows socket.io. */
export function openGateway(options: GatewayOptions): Gateway {
  const io: Io = new Server(options.http, {
    maxHttpBufferSize: mostMessageBytes,
    destroyUpgrade: false,
    serveClient: false,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, allow) => allow(null, ownOrigin(request.headers)),
    ...(options.adapter ? { adapter: options.adapter } : {}),
  });
  const announcers = announce(io, options);
  options.machines.watchedBy((machine) => io.of('/').adapter.rooms.has(room.machine(machine)));
  io.use((socket, next) => {
    meet(socket, options).then(
      () => next(),
      (error: unknown) => next(error instanceof Error ? error : new Error(String(error))),
    );
  });
  io.on('connection', (socket) => serve(socket as Socket, options, announcers));
  io.on('class:stale', (id) => options.classes.stale(id));
  return {
    async close() {
      io.emit('server:stopping');
      announcers.close();
      // Long enough for the word to leave.
      await new Promise((resolve) => setTimeout(resolve, 100));
      io.disconnectSockets(true);
      await Promise.race([io.close(), new Promise((resolve) => setTimeout(resolve, 500))]);
    },
  };
}

/** Who is it? A wrong version or a seat that is not theirs (any more) ends here, with a code that the page understands. */
async function meet(socket: { handshake: Socket['handshake']; data: { person: Person } }, options: GatewayOptions) {
  const shaken = handshake.safeParse(socket.handshake.auth);
  if (!shaken.success || shaken.data.version !== protocolVersion) throw connectError('version');
  const person: Person = { host: await options.signedIn(socket.handshake.headers), seats: new Map() };
  const { token } = shaken.data;
  if (token !== undefined) {
    const right = options.tokens.read(token);
    const state = right && (await options.classes.state(right.classId));
    const seat = state?.seats.find(({ id, removed }) => id === right?.seat && !removed);
    if (!right || !seat) throw connectError('token');
    person.seats.set(right.classId, seat.id);
  }
  socket.data.person = person;
}

function connectError(code: ConnectErrorCode): Error {
  return Object.assign(new Error(connectErrors[code]), { data: { code } });
}

type Announcers = ReturnType<typeof announce>;

function serve(socket: Socket, options: GatewayOptions, announcers: Announcers): void {
  const person = socket.data.person as Person;
  const join = (name: string) => void socket.join(name);
  const listening: Listening = {
    toClass(id) {
      announcers.classes.flush(id);
      join(room.class(id));
    },
    toMachine(machine) {
      announcers.machines.flush(machine);
      announcers.boards.flush(machine);
      join(room.machine(machine));
    },
    toBoard: (id) => join(room.board(id)),
    boardUpTo: (machine) => announcers.boards.flush(machine),
    asSeat: (id, seat) => join(room.seat(id, seat)),
  };
  for (const [id, seat] of person.seats) listening.asSeat(id, seat);
  const asking: Asking = { ...options, person, listening };
  const limits = new SocketLimits();
  socket.onAny((type: unknown, ...rest: unknown[]) => {
    const reply = rest.at(-1);
    if (typeof reply !== 'function') return;
    void answer(String(type), rest[0], asking, limits).then((answered) => reply(answered));
    if (limits.flooding) socket.disconnect(true);
  });
}

/** From what custody tells to what rooms hear. */
function announce(io: Io, { classes, machines, adapter }: GatewayOptions) {
  // With an adapter others may listen on another node.
  const heard = (name: string) => adapter !== undefined || io.of('/').adapter.rooms.has(name);
  const classNews = new Announcer<ClassEvent>((id, news) => {
    if (heard(room.class(id))) io.to(room.class(id)).emit('class:changed', { code: codes.get(id)!, ...news });
  });
  const machineNews = new Announcer<MachineEvent>((machine, news: News<MachineEvent>) => {
    if (heard(room.machine(machine))) io.to(room.machine(machine)).emit('machine:changed', { machine, ...news });
  });
  // One's own machine is heard once, with everything: its people are left out here.
  const boardNews = new Announcer<MachineEvent>((machine, news: News<MachineEvent>) => {
    const board = room.board(machine.slice(0, machine.lastIndexOf('.')));
    if (heard(board))
      io.to(board)
        .except(room.machine(machine))
        .emit('machine:changed', { machine, ...news });
  });
  const codes = new Map<string, string>();
  classes.onChanged(({ id, state, ...news }: ClassChange) => {
    codes.set(id, state.code);
    classNews.push(id, news);
    for (const event of news.events) if (event.type === 'seat:removed') lose(io, id, state.code, event.seat);
    if (adapter) io.serverSideEmit('class:stale', id);
  });
  machines.onChanged(({ machine, ...news }: MachineChange) => {
    machineNews.push(machine, news);
    boardNews.push(machine, { ...news, events: news.events.filter((event) => !isPrivate(event)) });
  });
  const close = () => {
    for (const announcer of [classNews, machineNews, boardNews]) announcer.close();
  };
  return { classes: classNews, machines: machineNews, boards: boardNews, close };
}

/** A seat was removed: its pages are told, and hear nothing more. */
function lose(io: Io, id: string, code: string, seat: string): void {
  const message = 'Your teacher has taken this seat out of the class. You can join again with the code.';
  io.to(room.seat(id, seat)).emit('seat:lost', { code, message });
  io.in(room.seat(id, seat)).socketsLeave([room.class(id), room.machine(`${id}.${seat}`), room.seat(id, seat)]);
}
