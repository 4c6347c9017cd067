import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox } from '../../app/_client/outbox';
import { Room } from '../../app/_client/room';
import { Wire } from '../../app/_client/wire';
import { type ClassEvent, type ClassState, evolveClass } from '../../lib/classroom';
import { below, seeded } from '../../lib/clock';
import { type MachineEvent, serialiseMachine } from '../../lib/machine';
import { SimulatedNetwork, type Weather } from './simulated-network';
import { classId, SimulatedServer, SlowLog, stateOf, views } from './simulated-server';

/**
 * N pages with the real client (Room, Inbox, Outbox, Wire) on a network that drops, delays, repeats and reorders, before a server
 * with the real custody of a class, write queues and announcers, which is killed now and then. However it went: in the end
 * every replica is what the streams tell, and every key stands there once.
 */
const net = vi.hoisted(() => ({ connect: (_token: string): unknown => undefined }));
type Auth = (give: (auth: { readonly token: string }) => void) => void;
vi.mock('socket.io-client', () => ({
  io({ auth }: { readonly auth: Auth }) {
    let who = '';
    auth(({ token }) => {
      who = token;
    });
    return net.connect(who);
  },
}));

const nobody = { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' };
beforeAll(() => {
  vi.stubGlobal('window', nobody);
  vi.stubGlobal('document', nobody);
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => void vi.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => void vi.useRealTimers());

interface Play {
  readonly seed: number;
  readonly people: number;
  readonly pieces: number;
  readonly restarts: number;
  readonly weather: Weather;
}

const playMs = 15_000;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function play({ seed, people, pieces, restarts, weather }: Play): Promise<void> {
  const chance = seeded(seed);
  const log = new SlowLog(chance);
  let server = new SimulatedServer(log, seed);
  const network = new SimulatedNetwork(chance, weather, (token, say) => server.accept(token, say));
  net.connect = network.connect;

  const host = { id: 'github:1', name: 'Ms Host' };
  void server.class.ask({ type: 'class:open', id: classId, code: 'CODE42', title: 'Layers', host });
  for (let n = 0; n < people; n++) {
    void server.class.ask({ type: 'seat:take', name: `Seat ${n}` });
    const made: MachineEvent[] = [
      { type: 'machine:made', id: `${classId}.s${n}`, user: 'ana', hostname: 'laptop', at: '2026-01-05T09:00:00Z' },
      { type: 'terminal:opened', terminal: 'main', columns: 80, rows: 24 },
    ];
    log.streams.set(`machine/${classId}.s${n}`, made);
  }
  await pass(5000);

  const pages = Array.from({ length: people }, (_, n) => page(n));
  for (const { room, outbox } of pages) {
    setTimeout(() => room.open(), below(chance, 3000));
    room.me.subscribe(() => void outbox.flush());
  }
  const typed = pages.map(() => [] as string[]);
  for (const [n, { outbox }] of pages.entries())
    for (let at = 0; at < pieces; at++)
      setTimeout(
        () => {
          const text = `<${n}:${typed[n]!.length}>`;
          typed[n]!.push(text);
          outbox.type('main', text);
        },
        below(chance, playMs),
      );
  for (let n = 0; n < people; n++)
    setTimeout(
      () => {
        server.class.ask({ type: 'note:send', from: 'host', to: 'all', text: `note ${n}` }).catch(() => {});
      },
      below(chance, playMs),
    );
  for (let n = 0; n < restarts; n++)
    setTimeout(
      () => {
        server.end();
        network.cutAll();
        server = new SimulatedServer(log, seed + n + 1);
      },
      below(chance, playMs),
    );
  await pass(playMs);

  // The weather clears, and every page comes back once more.
  network.calm = true;
  network.cutAll();
  await pass(90_000);

  const events = log.streams.get(`class/${classId}`) as ClassEvent[];
  const whole = events.reduce<ClassState | undefined>(evolveClass, undefined);
  for (const [n, { room, outbox, machine }] of pages.entries()) {
    const told = stateOf(log.streams.get(`machine/${machine}`) as MachineEvent[]);
    expect(told.terminals.get('main')!.screen).toBe(typed[n]!.join(''));
    expect(outbox.waiting.get()).toBe(0);
    expect(room.classInbox.replica.get()).toEqual(whole);
    expect(told.person.stuckOn !== undefined).toBe(typed[n]!.length > 0);
    expect(room.own.get()!.person).toEqual({});
    expect(serialiseMachine(room.own.get()!, views.own)).toEqual(serialiseMachine(told, views.own));
    for (const other of pages) {
      const state = stateOf(log.streams.get(`machine/${other.machine}`) as MachineEvent[]);
      if (!room.watches.board) continue;
      const seen = room.board.get().get(other.machine);
      expect(seen?.person).toEqual({});
      expect(seen && serialiseMachine(seen, views.board)).toEqual(serialiseMachine(state, views.board));
    }
    room.close();
  }
  server.end();
}

/** A student's page; every other one also has the comparison open. */
function page(n: number) {
  const machine = `${classId}.s${n}`;
  const room = new Room('CODE42', { own: true, board: n % 2 === 0 }, new Wire(machine));
  const outbox = new Outbox(`page${n}aaaa`, (client, one) =>
    room.ownId
      ? room.wire.ask('terminal:type', { code: 'CODE42', machine: room.ownId, client, ...one })
      : Promise.resolve({ ok: false, code: 'unavailable', message: '' } as const),
  );
  return { room, outbox, machine };
}

const fine: Weather = { lost: 0, twice: 0, reorders: false, mostDelayMs: 20, mostUpMs: 60_000 };
const bad: Weather = { lost: 20, twice: 20, reorders: true, mostDelayMs: 400, mostUpMs: 3000 };

describe('a class on a simulated network', () => {
  it('is the same for everybody on a fine day', () =>
    play({ seed: 1, people: 6, pieces: 10, restarts: 0, weather: fine }));

  it('and when announcements are lost, repeated and overtaken', () =>
    play({ seed: 2, people: 5, pieces: 20, restarts: 0, weather: { ...bad, mostUpMs: 60_000 } }));

  it('and when lines break within a second, again and again', () =>
    play({ seed: 3, people: 5, pieces: 20, restarts: 0, weather: { ...bad, mostUpMs: 600 } }));

  it('and when the server is killed between storing and telling', () =>
    play({ seed: 4, people: 4, pieces: 30, restarts: 12, weather: fine }));

  it('and for thirty pages with everything at once', () =>
    play({ seed: 5, people: 30, pieces: 5, restarts: 3, weather: bad }));

  it('whatever the seed', async () => {
    const weather = fc.record({
      lost: fc.nat(40),
      twice: fc.nat(40),
      reorders: fc.boolean(),
      mostDelayMs: fc.integer({ min: 1, max: 1500 }),
      mostUpMs: fc.integer({ min: 100, max: 20_000 }),
    });
    const plays = fc.record({
      seed: fc.nat(),
      people: fc.integer({ min: 1, max: 5 }),
      pieces: fc.nat(15),
      restarts: fc.nat(4),
      weather,
    });
    await fc.assert(
      fc.asyncProperty(plays, async (one) => {
        vi.useFakeTimers({ now: 1_700_000_000_000 });
        await play(one);
        vi.useRealTimers();
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
