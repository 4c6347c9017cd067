import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissions, permit, roles } from '../../lib/classroom';
import { failureCodes } from '../../lib/errors';
import { type RequestBody, type RequestType, requests } from '../../lib/protocol';
import { readConfig } from '../../server/config';
import { serve } from '../../server/main/serve';
import { type Client, connect, hostCookie, until } from '../support/client';

/** The whole server in this process, without pages, with machines that only echo (tests/support/fake-kit.ts). */
const secret = 'of the test';
const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-gateway-'));
const opened: Client[] = [];
let url = '';
let close = async () => {};

beforeAll(async () => {
  const env = {
    PORT: '0',
    DATA_DIR: dataDir,
    NEXTAUTH_SECRET: secret,
    HOST_PASSPHRASE: 'x',
    SCREENS: 'none',
    MOST_SEATS: '5',
  };
  const thread = { name: 'fake-worker', here: new URL('../support/x.ts', import.meta.url).href };
  const served = await serve(readConfig(env, dataDir), dataDir, { thread, workers: 1 });
  url = `http://127.0.0.1:${served.port}`;
  close = served.close;
});

afterAll(async () => {
  for (const client of opened) client.close();
  await close();
  rmSync(dataDir, { recursive: true, force: true });
});

const joinUp = async (options: Parameters<typeof connect>[1] = {}) => {
  const client = await connect(url, options);
  opened.push(client);
  return client;
};
const asHost = async (id?: string) => joinUp({ cookie: await hostCookie(secret, id) });

async function openClass(title = 'Layers', hostId?: string) {
  const host = await asHost(hostId);
  const { code } = await host.get('class:open', { title });
  const watched = await host.get('class:watch', { code, cursor: 0 });
  return { host, code, hostMachine: watched.machine };
}

async function takeSeat(code: string, name: string) {
  const client = await joinUp();
  const seat = await client.get('seat:take', { code, name });
  const watched = await client.get('class:watch', { code, cursor: 0 });
  await client.get('machine:watch', { code, machine: watched.machine, cursor: 0 });
  let seq = 0;
  const type = (data: string) =>
    client.ask('terminal:type', {
      code,
      machine: watched.machine,
      terminal: 't1',
      client: 'abcdefgh',
      seq: ++seq,
      data,
    });
  return { client, ...seat, machine: watched.machine, type };
}

describe('a class over sockets', () => {
  it('is opened, looked at, joined, watched and typed in', async () => {
    const { host, code } = await openClass('  Layers  and sheets ');
    expect(await host.get('class:list', {})).toMatchObject({
      classes: [{ code, title: 'Layers and sheets', seats: 0 }],
    });
    const look = await (await joinUp()).get('seat:look', {
      code: ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `,
    });
    expect(look).toMatchObject({ title: 'Layers and sheets', host: 'Ms Host', locked: false, full: false });

    const ana = await takeSeat(code, 'Ana');
    await host.get('board:watch', { code, cursors: {} });
    const taken = await (await joinUp()).ask('seat:take', { code, name: 'ANA' });
    expect(taken).toMatchObject({ ok: false, code: 'conflict', detail: { offer: 'ANA 2' } });

    expect(await ana.type('put motd hello\r')).toEqual({ ok: true });
    const own = await until(() => ana.client.news('machine:changed')[0]);
    expect(own).toMatchObject({
      machine: ana.machine,
      events: [{ type: 'fake:put' }, { type: 'terminal:wrote' }, { type: 'input:taken' }],
    });
    const seen = await until(() => host.news('machine:changed')[0]);
    expect(seen).toEqual({ ...own, events: [{ type: 'fake:put', name: 'motd', text: 'hello' }] });
    const roster = host.news('class:changed').flatMap(({ events }) => events);
    expect(roster).toMatchObject([{ type: 'seat:taken', seat: ana.seat, name: 'Ana' }]);
  });

  it('leads back to the same seat by its token, and says what was missed', async () => {
    const { code } = await openClass();
    const ana = await takeSeat(code, 'Ana');
    await ana.type('put a 1\r');
    const cursor = (await until(() => ana.client.news('machine:changed').at(-1))).upTo;
    ana.client.close();
    for (let reload = 0; reload < 20; reload++) {
      const again = await joinUp({ token: ana.token });
      const watched = await again.get('class:watch', { code, cursor: 0 });
      expect(watched).toMatchObject({ as: 'seat', seat: ana.seat, machine: ana.machine });
      const data = `put b ${reload}\r`;
      const typed = {
        code,
        machine: ana.machine,
        terminal: 't1',
        client: `reload${String(reload).padStart(3, '0')}`,
        data,
      };
      expect(await again.ask('terminal:type', { ...typed, seq: 1 })).toEqual({ ok: true });
      expect(await again.ask('terminal:type', { ...typed, seq: 1 })).toEqual({ ok: true });
      again.close();
    }
    const last = await joinUp({ token: ana.token });
    const { machine } = await last.get('machine:watch', { code, machine: ana.machine, cursor });
    expect(machine).toMatchObject({ kind: 'missed', upTo: cursor + 60 });
    expect(machine.kind === 'missed' && machine.events.length).toBe(60);
  });

  it('gives every watcher a stream without a gap, whenever it comes', async () => {
    const { host, code } = await openClass();
    const ana = await takeSeat(code, 'Ana');
    const typing = (async () => {
      for (let n = 0; n < 150; n++) await ana.type(n % 3 ? `say ${n}\r` : `put f${n} x\r`);
    })();
    const watchers = [];
    for (let n = 0; n < 12; n++) {
      const own = await joinUp({ token: ana.token });
      const caught = (await own.get('machine:watch', { code, machine: ana.machine, cursor: 0 })).machine;
      const board = await asHost();
      const all = (await board.get('board:watch', { code, cursors: {} })).machines[ana.machine]!;
      watchers.push({ client: own, upTo: caught.upTo }, { client: board, upTo: all.upTo });
    }
    await typing;
    const end = (await host.get('board:watch', { code, cursors: {} })).machines[ana.machine]!.upTo;
    for (const { client, upTo } of watchers) {
      let cursor = upTo;
      await until(() => {
        for (const news of client.news('machine:changed').filter((one) => one.machine === ana.machine)) {
          // Told before the answer came: known already. Never is one half known.
          if (news.upTo <= cursor) continue;
          expect(news.from).toBe(cursor);
          cursor = news.upTo;
        }
        return cursor === end;
      });
    }
  });

  it('is full, locked and ended with a sentence', async () => {
    const { host, code } = await openClass();
    for (const name of ['A', 'B', 'C', 'D', 'E']) await takeSeat(code, name);
    const late = await joinUp();
    expect(await late.get('seat:look', { code })).toMatchObject({ full: true });
    expect(await late.ask('seat:take', { code, name: 'F' })).toMatchObject({ ok: false, code: 'exhausted' });
    await host.get('class:lock', { code, locked: true });
    expect(await late.ask('seat:take', { code, name: 'F' })).toMatchObject({
      ok: false,
      detail: { reason: 'class.locked' },
    });
    await host.get('class:end', { code });
    expect(await late.ask('seat:look', { code })).toMatchObject({
      ok: false,
      code: 'conflict',
      detail: { reason: 'class.ended' },
    });
    expect(await late.ask('seat:look', { code: 'K7P4QX' })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await late.ask('seat:look', { code: 'nonsense' })).toMatchObject({ ok: false, code: 'invalid' });
    expect(await host.ask('class:watch', { code, cursor: 0 })).toMatchObject({ ok: true });
    expect(await host.ask('class:lock', { code, locked: false })).toMatchObject({ ok: false, code: 'conflict' });
  });

  it('ends a removed seat: told once, then silence, and its link leads nowhere', async () => {
    const { host, code } = await openClass();
    const ana = await takeSeat(code, 'Ana');
    const ben = await takeSeat(code, 'Ben');
    await host.get('seat:remove', { code, seat: ana.seat });
    await until(() => ana.client.news('seat:lost').length);
    expect(ana.client.news('seat:lost')).toMatchObject([{ code }]);
    const heard = ana.client.heard.length;
    await ben.type('put x y\r');
    await host.get('class:lock', { code, locked: true });
    await until(() =>
      ben.client.news('class:changed').some(({ events }) => events.some(({ type }) => type === 'class:locked')),
    );
    expect(ana.client.heard.length).toBe(heard);
    expect(await ana.type('put x y\r')).toMatchObject({ ok: false, code: 'not-found' });
    expect(await ana.client.ask('class:watch', { code, cursor: 0 })).toMatchObject({ ok: false });
    await expect(connect(url, { token: ana.token })).rejects.toMatchObject({ data: { code: 'token' } });
  });
});

describe('the table of rights', () => {
  it('is what every role meets at the door, message by message', async () => {
    const { host, code, hostMachine } = await openClass('Rights', 'github:rights');
    const ana = await takeSeat(code, 'Ana');
    const digest = `sha256:${'a'.repeat(64)}`;
    const size = { columns: 80, rows: 24 };
    const bodies = (machine: string): { [T in RequestType]: RequestBody<T> } => ({
      'class:open': { title: 'Another' },
      'class:list': {},
      'class:end': { code },
      'class:lock': { code, locked: false },
      'class:watch': { code, cursor: 0 },
      'board:watch': { code, cursors: {} },
      'image:stop': { code },
      'image:check': { dockerfile: 'FROM busybox' },
      'image:build': { code, reference: 'x', dockerfile: 'FROM scratch', files: [] },
      'image:publish': { code, reference: 'x' },
      'seat:look': { code },
      'seat:take': { code, name: '' },
      'seat:rename': { code, seat: ana.seat, name: 'Ana' },
      'seat:remove': { code, seat: 'nobody' },
      'machine:watch': { code, machine, cursor: 0 },
      'screen:watch': { code, cursor: 0 },
      'terminal:open': { code, machine, terminal: 't1', ...size },
      'terminal:type': { code, machine, terminal: 't1', client: 'abcdefgh', seq: 1, data: 'x' },
      'terminal:resize': { code, machine, terminal: 't1', ...size },
      'editor:close': { code, machine, terminal: 'main', text: 'x' },
      'editor:draft': { code, machine, terminal: 't1', path: '/a', text: 'x' },
      'page:link': { code, machine },
      'class:freeze': { code, frozen: false },
      'rules:set': { code, compare: true, names: true },
      'link:make': { code, kind: 'view' },
      'links:revoke': { code },
      'hand:raise': { code },
      'hand:lower': { code, seat: ana.seat },
      'note:send': { code, to: 'host', text: 'hello' },
      'spotlight:move': { code, spotlight: { kind: 'terminal' } },
      'look:ask': { code, seat: 'nobody' },
      'look:grant': { code, typing: false },
      'look:end': { code, seat: ana.seat },
      'round:open': { code, lesson: 'first', step: 'one' },
      'round:answer': { code, option: 'a', sure: 'guess' },
      'round:reveal': { code },
      'round:close': { code },
      'everyone:run': { code, line: 'ls' },
      'everyone:give': { code, path: 'a', text: 'b', inside: false },
      'earlier:list': { code, machine, container: 'c'.repeat(64) },
      'earlier:last': { code, machine, container: 'c'.repeat(12) },
      'earlier:get': { code, machine, container: 'c'.repeat(64), version: 1 },
      'machine:undo': { code },
      'machine:reset': { code },
      'content:get': { code, digest },
      'proof:report': { code, manifestDigest: digest, verified: 1, total: 1, ms: 1 },
    });
    await host.get('rules:set', { code, compare: true, names: true });
    await host.get('spotlight:move', { code, spotlight: { kind: 'terminal' } });
    const { token } = await host.get('link:make', { code, kind: 'view' });
    const people = {
      stranger: [await joinUp(), ana.machine],
      viewer: [await joinUp({ token }), ana.machine],
      seat: [ana.client, ana.machine],
      host: [host, hostMachine],
    } as const;
    for (const role of roles)
      for (const type of (Object.keys(permissions) as RequestType[]).filter(
        (one) => role !== 'host' || (one !== 'class:end' && one !== 'links:revoke'),
      )) {
        const [client, machine] = people[role];
        const answer = (await client.say(type, bodies(machine)[type])) as { ok: boolean; code?: string };
        expect(answer.code === 'forbidden', `${role} ${type}: ${JSON.stringify(answer).slice(0, 200)}`).toBe(
          !permit(role, type),
        );
      }
    expect(Object.keys(bodies('')).sort()).toEqual(Object.keys(requests).sort());
    expect(await host.ask('links:revoke', { code })).toEqual({ ok: true });
    expect(await host.ask('class:end', { code })).toEqual({ ok: true });
  });
});

describe('strangers', () => {
  it('hear nothing, see nothing and may do nothing in a class that is not theirs', async () => {
    const { host, code, hostMachine } = await openClass('Ours', 'github:1');
    const ana = await takeSeat(code, 'Ana');
    await host.get('board:watch', { code, cursors: {} });
    const elsewhere = await openClass('Theirs', 'github:2');
    const student = await takeSeat(elsewhere.code, 'Eve');
    const outsiders = [await joinUp(), elsewhere.host, student.client];
    const before = outsiders.map((client) => client.heard.length);
    const digest = `sha256:${'a'.repeat(64)}`;
    const attempts: [string, object][] = [
      ['class:end', { code }],
      ['class:lock', { code, locked: true }],
      ['class:watch', { code, cursor: 0 }],
      ['board:watch', { code, cursors: {} }],
      ['image:build', { code, reference: 'x', dockerfile: 'FROM scratch', files: [] }],
      ['image:stop', { code }],
      ['image:publish', { code, reference: 'x' }],
      ['seat:rename', { code, seat: ana.seat, name: 'Eve' }],
      ['seat:remove', { code, seat: ana.seat }],
      ['machine:watch', { code, machine: ana.machine, cursor: 0 }],
      ['machine:watch', { code, machine: hostMachine, cursor: 0 }],
      ['screen:watch', { code, cursor: 0 }],
      ['terminal:open', { code, machine: ana.machine, terminal: 't9', columns: 80, rows: 24 }],
      [
        'terminal:type',
        { code, machine: ana.machine, terminal: 't1', client: 'eveeveeve', seq: 1, data: 'put evil x\r' },
      ],
      ['terminal:resize', { code, machine: ana.machine, terminal: 't1', columns: 80, rows: 24 }],
      ['content:get', { code, digest }],
      ['proof:report', { code, manifestDigest: digest, verified: 1, total: 1, ms: 1 }],
    ];
    for (const client of outsiders)
      for (const [type, body] of attempts)
        expect(await client.say(type, body), type).toMatchObject({ ok: false, code: 'forbidden' });
    // By naming a class of one's own, another class's machine is not reached either.
    for (const [client, own] of [
      [elsewhere.host, elsewhere.code],
      [student.client, elsewhere.code],
    ] as const)
      for (const [type, body] of attempts.filter(([, body]) => 'machine' in body))
        expect(await client.say(type, { ...body, code: own }), type).toMatchObject({ ok: false, code: 'forbidden' });
    await ana.type('put mine x\r');
    await until(() => host.news('machine:changed').some(({ machine }) => machine === ana.machine));
    await host.get('class:lock', { code, locked: true });
    await until(() => ana.client.news('class:changed').length);
    expect(outsiders.map((client) => client.heard.length)).toEqual(before);
  });

  it('are neighbours too: a seat reads and types at no other seat, nor at the host', async () => {
    const { host, code, hostMachine } = await openClass();
    const ana = await takeSeat(code, 'Ana');
    const ben = await takeSeat(code, 'Ben');
    for (const machine of [ana.machine, hostMachine]) {
      expect(await ben.client.ask('machine:watch', { code, machine, cursor: 0 })).toMatchObject({ code: 'forbidden' });
      const typed = { code, machine, terminal: 't1', client: 'benbenben', seq: 1, data: 'x' };
      expect(await ben.client.ask('terminal:type', typed)).toMatchObject({ code: 'forbidden' });
    }
    for (const type of ['class:end', 'image:publish', 'seat:remove'])
      expect(await ben.client.say(type, { code, cursors: {}, reference: 'x', seat: ana.seat })).toMatchObject({
        code: 'forbidden',
      });
    expect(await ben.client.ask('seat:rename', { code, seat: ana.seat, name: 'B' })).toMatchObject({
      code: 'forbidden',
    });
    // The host does not look at a student's terminal either.
    expect(await host.ask('machine:watch', { code, machine: ana.machine, cursor: 0 })).toMatchObject({
      code: 'forbidden',
    });
    await ana.type('secret words\r');
    await ana.type('put f x\r');
    await until(() => ana.client.news('machine:changed').length > 0);
    expect(JSON.stringify(ben.client.heard)).not.toContain('secret');
    expect(JSON.stringify(host.heard)).not.toContain('secret');
  });

  it('are not let in with a forged token, an old page, or from a foreign page', async () => {
    const { code } = await openClass();
    const ana = await takeSeat(code, 'Ana');
    for (const token of ['', 'x', ana.token.slice(0, -1), ana.token.replace(ana.seat, 'host'), `${ana.token}.x`])
      await expect(connect(url, { token })).rejects.toMatchObject({ data: { code: 'token' } });
    for (const auth of [{}, { version: 0 }, { version: '1' }, { version: 1, token: 7 }])
      await expect(connect(url, { auth })).rejects.toMatchObject({ data: { code: 'version' } });
    await expect(connect(url, { headers: { origin: 'http://evil.example' } })).rejects.toThrow();
    const forged = await joinUp({ cookie: await hostCookie('another secret') });
    expect(await forged.ask('class:open', { title: 'x' })).toMatchObject({ ok: false, code: 'forbidden' });
  });
});

describe('bad messages', () => {
  const codes = new Set<string>(failureCodes);

  it('are answered from a closed set, and change nothing', async () => {
    const { host, code } = await openClass();
    const ana = await takeSeat(code, 'Ana');
    const state = async () => (await host.get('class:watch', { code, cursor: 0 })).class;
    const before = await state();
    const types = [...Object.keys(requests), 'constructor', '__proto__', 'toString', 'nope', 'connect_'];
    const wild = fc.anything({ withNullPrototype: false, withBigInt: false, withDate: true });
    const near = fc.record(
      { code: fc.constantFrom(code, 'AAAAAA', ''), machine: wild, seat: wild, cursor: wild, name: fc.constant('') },
      { requiredKeys: [] },
    );
    let client = await joinUp({ token: ana.token });
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), fc.oneof(wild, near), async (type, body) => {
        // A new socket has new limits: what is asked here is looked at.
        if (++asked % 50 === 0) client.close();
        if (!client.socket.connected) client = await joinUp({ token: ana.token });
        // What a seat may well ask with no more than a code.
        if (/^(class:watch|seat:look|image:check|hand:|look:end|machine:(undo|reset))/.test(type)) return;
        const answer = (await client.say(type, body, 3000)) as { ok?: boolean; code?: string } | undefined;
        // A broken packet ends the connection; everything else is answered.
        if (answer === undefined) return expect(client.socket.connected).toBe(false);
        expect(answer.ok).toBe(false);
        expect(codes.has(answer.code!)).toBe(true);
        expect(answer.code).not.toBe('internal');
      }),
      { numRuns: 300, seed: 6 },
    );
    expect(await state()).toEqual(before);
  });

  it('without an answer wanted have no effect', async () => {
    const { host, code } = await openClass();
    host.socket.emit('class:end', { code });
    host.socket.emit('class:end');
    host.socket.emit('class:end', { code }, 'not a function');
    expect(await host.get('class:watch', { code, cursor: 0 })).toMatchObject({ class: { state: { phase: 'open' } } });
  });

  it('that are too large end their connection and nobody else’s', async () => {
    const { host, code } = await openClass();
    const ana = await takeSeat(code, 'Ana');
    const noise = randomBytes(5 * 1024 * 1024);
    expect(await ana.client.say('terminal:type', { noise }, 3000)).toBeUndefined();
    await until(() => !ana.client.socket.connected);
    expect(await host.ask('class:list', {})).toMatchObject({ ok: true });
    const many = { code, machine: ana.machine, terminal: 't1', client: 'abcdefgh', seq: 9, data: 'x'.repeat(70_000) };
    const again = await joinUp({ token: ana.token });
    expect(await again.ask('terminal:type', many)).toMatchObject({
      ok: false,
      code: 'invalid',
      detail: { field: 'data' },
    });
  });

  it('in a flood are refused until they stop, while others are served', async () => {
    const { host, code } = await openClass();
    const flood = await joinUp();
    const answers = Array.from({ length: 300 }, () => flood.say('seat:look', { code }, 5000));
    expect(await host.ask('class:list', {})).toMatchObject({ ok: true });
    const refused = (await Promise.all(answers)).filter((answer) => (answer as { ok: boolean }).ok === false);
    expect(refused.length).toBeGreaterThan(150);
    expect(refused[0]).toMatchObject({ code: 'unavailable', detail: { retryMs: expect.any(Number) } });
    for (let n = 0; n < 3000; n++) flood.socket.emit('seat:look', { code }, () => {});
    await until(() => !flood.socket.connected);
  });
});

describe('the front door', () => {
  it('tells its health, allows nothing foreign, and needs no page to do so', async () => {
    const health = await fetch(`${url}/healthz`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ ok: true });
    const policy = health.headers.get('content-security-policy')!;
    const foreign = policy.split(/[; ]+/).filter((word) => /^(https?|wss?):/.test(word) && !word.includes('127.0.0.1'));
    expect(foreign).toEqual([]);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
  });
});
