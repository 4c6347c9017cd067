import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { type ConnectErrorCode, connectErrors, handshake, protocolVersion } from '../../lib/protocol';
import { ownOrigin, type Signed, type Tokens } from '../auth';
import type { Classes } from '../classes';
import type { Machines } from '../machines';
import type { Store } from '../store';
import { type Announcers, announce } from './announce';
import { answer } from './answer';
import { Answered } from './answered';
import type { Asking } from './answers';
import type { Contents } from './contents';
import type { Person } from './person';
import { PersonLimits, SocketLimits } from './rate-limit';
import { type Io, room, SocketRooms } from './rooms';

export interface GatewayOptions {
  readonly http: HttpServer;
  readonly classes: Classes;
  readonly machines: Machines;
  readonly blobs: Store['blobs'];
  readonly tokens: Tokens;
  readonly mostSeats: number;
  readonly contents: Contents;
  /** Who is signed in, by the handshake's headers. */
  readonly signedIn: (headers: IncomingMessage['headers']) => Promise<Signed | undefined>;
  /** socket.io's adapter, when several nodes serve one school. */
  readonly adapter?: ServerOptions['adapter'];
}

export interface Gateway {
  /** Tells everybody to wait for the next server, and closes. */
  close(): Promise<void>;
}

/** No image comes this way, but a build context and a paste do. */
const mostMessageBytes = 4 * 1024 * 1024;

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
  const shared = { ...options, answered: new Answered(), people: new PersonLimits() };
  options.machines.watchedBy((machine) => {
    const { rooms } = io.of('/').adapter;
    const [id = '', seat] = machine.split('.');
    return rooms.has(room.machine(machine)) || (seat === 'host' && rooms.has(room.screen(id)));
  });
  io.use((socket, next) => {
    meet(socket, options).then(
      () => next(),
      (error: unknown) => next(error instanceof Error ? error : new Error(String(error))),
    );
  });
  io.on('connection', (socket) => serve(socket as Socket, shared, announcers));
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
  const host = await options.signedIn(socket.handshake.headers);
  const person: Person = { host, seats: new Map() };
  if (shaken.data.token !== undefined) await recognise(shaken.data.token, person, options);
  socket.data.person = person;
}

/** A seat's token or a link. An invitation to teach is taken up by whoever is signed in, and kept by nobody else. */
async function recognise(token: string, person: Person, { tokens, classes }: GatewayOptions): Promise<void> {
  const right = tokens.read(token);
  const state = right && (await classes.state(right.classId));
  if (!right || !state) throw connectError('token');
  if ('seat' in right) {
    if (!state.seats.some(({ id, removed }) => id === right.seat && !removed)) throw connectError('token');
    person.seats.set(right.classId, right.seat);
    return;
  }
  // Whoever teaches this class needs no link: the one they came by is still in their tab, and may be void by now.
  if (state.hosts.some(({ id }) => id === person.host?.id)) return;
  if (state.links !== right.links) throw connectError('token');
  if (right.kind === 'view') person.views = new Map([[right.classId, right.links]]);
  else if (person.host && state.phase === 'open') await classes.joinHost(right.classId, person.host);
}

function connectError(code: ConnectErrorCode): Error {
  return Object.assign(new Error(connectErrors[code]), { data: { code } });
}

/** The request that the connection began with has said who is there, and is kilobytes; engine.io's listeners still hold it. */
function forgetRequest(socket: Socket): void {
  const { conn } = socket;
  Object.assign(conn.request, { rawHeaders: [], headers: {} });
  (conn as { request: unknown }).request = undefined;
  (socket as { handshake: unknown }).handshake = undefined;
}

function serve(socket: Socket, shared: Omit<Asking, 'person' | 'listening'>, announcers: Announcers): void {
  const person = socket.data.person as Person;
  forgetRequest(socket);
  const listening = new SocketRooms(socket, announcers);
  for (const [id, seat] of person.seats) listening.asSeat(id, seat);
  const asking: Asking = { ...shared, person, listening };
  const limits = new SocketLimits();
  socket.onAny((type: unknown, ...rest: unknown[]) => {
    const reply = rest.at(-1);
    if (typeof reply !== 'function') return;
    void answer(String(type), rest[0], asking, limits).then((answered) => reply(answered));
    if (limits.flooding) socket.disconnect(true);
  });
}
