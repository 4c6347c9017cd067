/**
 * A stage for looking at screens: the pages, with a gateway that plays a scene instead of running a class. It knows no
 * rights and forgets everything. `node --import tsx tests/screens/stage.ts [port] [people]`; the host needs no sign-in,
 * a seat's token is its id.
 */
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { Server, type Socket } from 'socket.io';
import { isDigest } from '../../lib/content';
import { onlyContainer } from '../../lib/machine/only';
import { serialiseMachine } from '../../lib/machine/serialise';
import { classEvents, classState, code, content, evolved, image, machineEvents, machineId, people } from './scene';

const [port = '3997', count = '3', mode = 'dev'] = process.argv.slice(2);
const present = people(Number(count));
const machines = new Map(present.map((person) => [machineId(person.id), evolved(machineEvents(person))]));
const state = classState(present);
const upTo = classEvents(present).length;

type Answers = Readonly<Record<string, (body: never, seat: string | undefined) => object>>;

const snapshot = (id: string, own: boolean) => ({
  kind: 'snapshot',
  upTo: 7,
  state: serialiseMachine(machines.get(id)!, { private: own }),
});
const hostMachine = machineId('host');
machines.set(
  hostMachine,
  evolved(
    machineEvents({ ...people(1)[0]!, id: 'host', name: 'okoye', running: false, does: () => {} }).filter(
      ({ type }) => !/^(container|sheet)/.test(type),
    ),
  ),
);

const answers: Answers = {
  'class:list': () => ({
    classes: [
      { code, title: state.title, phase: 'open', openedAt: state.openedAt, seats: present.length },
      {
        code: 'M4H8TR',
        title: 'Volumes and what outlives a container',
        phase: 'ended',
        openedAt: state.openedAt - 86_400_000,
        seats: 27,
      },
    ],
  }),
  'class:open': () => ({ code }),
  'class:watch': (_, seat) => ({
    as: seat ? 'seat' : 'host',
    ...(seat && { seat }),
    machine: machineId(seat ?? 'host'),
    class: { kind: 'snapshot', upTo, state },
  }),
  'board:watch': () => ({ machines: Object.fromEntries([...machines.keys()].map((id) => [id, snapshot(id, false)])) }),
  'machine:watch': ({ machine }: { machine: string }) => ({ machine: snapshot(machine, true) }),
  'earlier:list': () => ({
    points: [
      { version: 5, at: state.openedAt + 600_000, by: 'line', text: 'rm /etc/passwd', undone: true, paths: 1 },
      {
        version: 3,
        at: state.openedAt + 500_000,
        by: 'line',
        text: 'echo here > /etc/motd; echo milk > notes.txt',
        paths: 2,
      },
    ],
  }),
  'earlier:get': ({ machine, container }: { machine: string; container: string }) => {
    const person = present.find(({ id }) => machineId(id) === machine)!;
    const before = evolved(machineEvents({ ...person, does: () => {} }));
    return { state: serialiseMachine(onlyContainer(before, container)!, { private: false }) };
  },
  'content:get': ({ digest }: { digest: string }) => ({ bytes: isDigest(digest) ? content.get(digest) : undefined }),
  'seat:look': () => ({ title: state.title, host: state.host.name, locked: false, full: false }),
  'seat:take': ({ name }: { name: string }) =>
    present.some((person) => person.name === name)
      ? {
          ok: false,
          code: 'conflict',
          message: `Somebody here is called ${name} already.`,
          detail: { field: 'name', offer: `${name} 2` },
        }
      : { token: present[0]!.id, seat: present[0]!.id, name },
  'image:build': () => ({ image, output: '#1 [internal] load build definition from Dockerfile\n#1 DONE 0.0s\n' }),
  'image:publish': () => ({ image }),
};

const http = createServer();
const io = new Server(http, { destroyUpgrade: false });
io.on('connection', (socket: Socket) => {
  const { token } = socket.handshake.auth as { token?: string };
  const seat = present.find(({ id }) => id === token)?.id;
  socket.onAny((type: string, ...said: unknown[]) => {
    const [body, answer] = said as [never, ((answer: object) => void)?];
    answer?.({ ok: true, ...answers[type]?.(body, seat) });
  });
});

const bus = new EventEmitter();
const app = next({
  dev: mode === 'dev',
  dir: fileURLToPath(new URL('../..', import.meta.url)),
  httpServer: bus as never,
});
await app.prepare();
http.on('request', (request, response) => void app.getRequestHandler()(request, response));
http.on('upgrade', (request, socket, head) => {
  if (mode === 'dev' && !request.url?.startsWith('/socket.io/')) bus.emit('upgrade', request, socket, head);
});
http.listen(Number(port), () =>
  console.log(
    `the stage is at http://localhost:${port}/class/${code}/board, seats: ${present.map(({ id }) => id).join(' ')}`,
  ),
);
