import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOf } from '../../lib/compare';
import { MemoryContent } from '../../lib/content';
import { contentOfSnapshot, type MachineState, parseMachine } from '../../lib/machine';
import { wholeMachine } from '../../lib/machine/events';
import type { MachineSnapshot } from '../../lib/protocol';
import { Layers } from '../../lib/snapshot';
import { Machines } from '../../server/machines';
import { readBack } from '../../server/machines/read-back';
import { openEmbedded, type Store } from '../../server/store';
import { type Client, connect, hostCookie, until } from '../support/client';
import { Desk } from '../support/desk';
import { freePort } from '../support/start-redis';
import { type RunningServer, startServer } from '../support/start-server';

/** A container with itself earlier, and undo, as browsers ask for them: with real computers and a server that is killed. */
describe('a container as it was', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-earlier-'));
  let server: RunningServer;
  let start: () => Promise<RunningServer>;
  let code = '';
  let host: Client;
  let viewer: Client;
  let ana: Desk;
  let ben: Desk;
  let container = '';
  const tokens: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    start = () => startServer({ dataDir, port });
    server = await start();
    host = await connect(server.url, { cookie: await hostCookie(server.secret), reconnection: true });
    ({ code } = await host.get('class:open', { title: 'Earlier' }));
    const files = [{ path: 'motd', text: 'welcome\n' }];
    const dockerfile = 'FROM busybox\nCOPY motd /etc/motd\nCMD ["sh"]\n';
    await host.get('image:build', { code, reference: 'motd:1.0', dockerfile, files });
    await host.get('image:publish', { code, reference: 'motd:1.0' });
    const joinAs = async (name: string) => {
      const client = await connect(server.url, { reconnection: true });
      tokens.push((await client.get('seat:take', { code, name })).token);
      return Desk.open(client, code);
    };
    ana = await joinAs('Ana');
    ben = await joinAs('Ben');
    viewer = await connect(server.url, { token: (await host.get('link:make', { code, kind: 'view' })).token });
    await ana.line('docker run -it --name web motd:1.0 sh');
    container = await newestOf(ana);
  });

  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function newestOf({ client, machine }: Desk) {
    const { machine: caught } = await client.get('machine:watch', { code, machine, cursor: 0 });
    if (caught.kind !== 'snapshot') throw new Error('a snapshot was asked for');
    const [id] = caught.state.engine.containers[0]!;
    return id;
  }

  /** As a browser would have it: only the bytes that it names are fetched, by digest. */
  async function parsed(client: Client, snapshot: MachineSnapshot): Promise<MachineState> {
    const content = new MemoryContent();
    for (const digest of contentOfSnapshot(snapshot))
      content.put(new Uint8Array((await client.get('content:get', { code, digest })).bytes));
    return parseMachine(snapshot, new Layers(content));
  }

  const points = async (client: Client) =>
    (await client.get('earlier:list', { code, machine: ana.machine, container })).points;
  const then = async (client: Client, version: number) => {
    const { state } = await client.get('earlier:get', { code, machine: ana.machine, container, version });
    const { engine } = await parsed(client, state);
    return filesOf([...engine.sheets.values()][0]!.sheet);
  };
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  it('has the points before each command that changed it, newest first, with what each changed', async () => {
    expect(await points(host)).toEqual([]);
    for (const line of ['echo one > /etc/motd', 'cat /etc/motd', 'mkdir /d; touch /d/a /d/b', 'rm /etc/group'])
      await ana.line(line);
    const listed = await points(ana.client);
    expect(listed.map(({ by, text, paths }) => [by, text, paths])).toEqual([
      ['line', 'rm /etc/group', 1],
      ['line', 'mkdir /d; touch /d/a /d/b', 3],
      ['line', 'echo one > /etc/motd', 1],
    ]);
    for (const { at } of listed) expect(Math.abs(Date.now() - at)).toBeLessThan(10 * 60_000);
    expect(await points(host)).toEqual(listed);
  });

  it('shows it as it was then, and nothing besides', async () => {
    const [rm, , first] = await points(host);
    const before = await then(host, first!.version);
    expect(text(before.readFile('/etc/motd'))).toBe('welcome\n');
    expect(before.exists('/d')).toBe(false);
    const later = await then(host, rm!.version);
    expect(text(later.readFile('/etc/motd'))).toBe('one\n');
    expect(later.exists('/d/b')).toBe(true);
    expect(later.exists('/etc/group')).toBe(true);
    // The machine goes on meanwhile as if nobody had looked.
    expect(await ana.line('cat /etc/motd; ls /d')).toBe('one\na  b');
  });

  it('is shown to those who may see the container, and what was typed to its person and the teacher', async () => {
    for (const reader of [ben.client, viewer]) {
      const seen = await points(reader);
      expect(seen.map(({ paths }) => paths)).toEqual([1, 3, 1]);
      expect(JSON.stringify(seen)).not.toContain('echo');
      expect((await then(reader, seen[0]!.version)).exists('/d/b')).toBe(true);
    }
    const [point] = await points(host);
    const body = { code, machine: ana.machine, container };
    const { state } = await viewer.get('earlier:get', { ...body, version: point!.version });
    expect(JSON.stringify(state)).not.toContain('docker run');
    expect(state.own).toBeUndefined();
    await host.get('rules:set', { code, compare: false, names: true });
    const refused = { ok: false, code: 'forbidden', detail: { reason: 'compare.closed' } };
    expect(await ben.client.ask('earlier:list', body)).toMatchObject(refused);
    expect(await ben.client.ask('earlier:get', { ...body, version: point!.version })).toMatchObject(refused);
    expect(await points(ana.client)).toHaveLength(3);
    await host.get('rules:set', { code, compare: true, names: true });
    const other = { ...body, machine: 'somewhere.else' };
    expect(await host.ask('earlier:list', other)).toMatchObject({ ok: false, code: 'forbidden' });
    for (const version of [1, 2 ** 50])
      expect(await host.ask('earlier:get', { ...body, version })).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('is there after kill -9, and undo goes on from there: by the student, by the host, until nothing is left', async () => {
    const before = await points(host);
    await server.kill();
    server = await start();
    await until(() => host.socket.connected);
    expect(await points(host)).toEqual(before);
    ana.client.close();
    ana = await Desk.open(await connect(server.url, { token: tokens[0] }), code);
    await ana.client.get('machine:undo', { code });
    expect(await ana.line('ls /etc/group /d')).toContain('/etc/group');
    const seat = ana.machine.slice(ana.machine.lastIndexOf('.') + 1);
    await host.get('machine:undo', { code, seat });
    expect(await ana.line('ls -d /d; cat /etc/motd')).toMatch(/No such file.*\none$/s);
    await ana.client.get('machine:undo', { code });
    expect(await ana.line('cat /etc/motd')).toBe('welcome');
    expect(await ana.client.ask('machine:undo', { code })).toMatchObject({ ok: false, code: 'conflict' });
    // Nothing is lost: what was undone can be looked at, and an undo is a point like any other.
    const after = await points(ana.client);
    expect(after.map(({ by, undone }) => [by, undone ?? false])).toEqual([
      ...Array(3).fill(['undo', true]),
      ...Array(3).fill(['line', true]),
    ]);
    expect((await then(ana.client, after[2]!.version)).exists('/etc/group')).toBe(false);
    await ana.line('echo two > /etc/motd');
    await ana.client.get('machine:undo', { code });
    expect(await ana.line('cat /etc/motd')).toBe('welcome');
  });

  it('is remembered as it last was when it has been removed, for the same people', async () => {
    const body = { code, machine: ana.machine, container: container.slice(0, 12) };
    for (const line of ['echo at last > /last', 'exit', 'docker rm web']) await ana.line(line);
    const neighbour = await connect(server.url, { token: tokens[1] });
    const { token } = await host.get('link:make', { code, kind: 'view' });
    for (const client of [host, ana.client, neighbour, await connect(server.url, { token })]) {
      const { version, state } = await client.get('earlier:last', body);
      expect(state).toMatchObject({ person: {}, engine: { containers: [[container, { name: 'web' }]] } });
      const { engine } = await parsed(client, state);
      expect(text(filesOf([...engine.sheets.values()][0]!.sheet).readFile('/last'))).toBe('at last\n');
      expect(text((await then(client, version)).readFile('/last'))).toBe('at last\n');
    }
    await host.get('rules:set', { code, compare: false, names: true });
    expect(await neighbour.ask('earlier:last', body)).toMatchObject({ code: 'forbidden' });
    expect(await ana.client.ask('earlier:last', body)).toMatchObject({ ok: true });
    const none = { ...body, container: 'f'.repeat(12) };
    expect(await host.ask('earlier:last', none)).toMatchObject({
      code: 'not-found',
      detail: { reason: 'earlier.gone' },
    });
    expect(await host.ask('earlier:last', { ...body, machine: 'somewhere.else' })).toMatchObject({ code: 'forbidden' });
    await host.get('rules:set', { code, compare: true, names: true });
  });
});

describe('a computer that falls asleep', () => {
  it('can undo when it wakes, also what was removed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dockerland-asleep-'));
    const store = openEmbedded(join(folder, 'store.db'));
    const machines = new Machines({ store, workers: 1 });
    let seq = 0;
    const engine = async () => {
      const caught = await machines.catchUp('c.s', 0, wholeMachine);
      return (caught as { state: MachineSnapshot }).state.engine;
    };
    const type = async (line: string, done: () => Promise<boolean>) => {
      const body = { terminal: 'main', client: 'aaaaaaaa', seq: ++seq, data: `${line}\r` };
      expect(await machines.run('c.s', { type: 'terminal:type', ...body })).toEqual({ ok: true });
      await until(done);
    };
    await machines.make('c.s', 'ana', 'laptop', []);
    await machines.run('c.s', { type: 'terminal:open', terminal: 'main', columns: 80, rows: 24 });
    const written = async () => JSON.stringify((await engine()).sheets);
    await type('docker run -dit --name web busybox sh', async () => (await engine()).containers.length === 1);
    await type('docker exec web sh -c "echo kept > /kept"', async () => (await written()).includes('"kept"'));
    await type('docker rm -f web', async () => (await engine()).containers.length === 0);
    await until(() => {
      machines.evict(0);
      return machines.size === 0;
    });
    expect(await machines.run('c.s', { type: 'sheet:undo' })).toEqual({ ok: true });
    const { containers } = await engine();
    expect(containers).toMatchObject([[expect.anything(), { name: 'web', state: { state: 'exited' } }]]);
    expect(await written()).toContain('"kept"');
    machines.evict(0);
    expect(await machines.run('c.s', { type: 'sheet:undo' })).toEqual({ ok: true });
    expect(await written()).not.toContain('"kept"');
    machines.evict(0);
    expect(await machines.run('c.s', { type: 'sheet:undo' })).toMatchObject({ ok: false, code: 'conflict' });
    await machines.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('reading back', () => {
  let store: Store;
  const folder = mkdtempSync(join(tmpdir(), 'dockerland-back-'));
  const stream = 'machine/long';
  /** One in ten tells of containers; the others are keys. */
  const event = (n: number) => (n % 10 ? { type: 'terminal:wrote', n } : { type: 'sheet:written', n });
  const length = 30_000;

  beforeAll(async () => {
    store = openEmbedded(join(folder, 'store.db'));
    for (let at = 0; at < length; at += 1000)
      await store.log.append(
        stream,
        at,
        Array.from({ length: 1000 }, (_, n) => event(at + n + 1)),
      );
    for (let version = 1000; version <= length; version += 1000) await store.log.keep(stream, version, { version });
  });

  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const numbers = (events: readonly unknown[]) => (events as { n: number }[]).map(({ n }) => n);

  it('begins at the nearest state, and takes to each version what is told of containers', async () => {
    const { state, parts } = await readBack(store.log, stream, [length - 995, length - 980, length - 3]);
    // The last of the stretch before the newest.
    expect(state).toEqual({ version: length - 1000 });
    expect(parts.map(({ version, events }) => [version, numbers(events)])).toEqual([
      [length - 995, []],
      [length - 980, [length - 990, length - 980]],
      [length - 3, Array.from({ length: 97 }, (_, n) => length - 970 + 10 * n)],
    ]);
  });

  it('leaves out what lies too far back, and what is not there yet', async () => {
    const { parts } = await readBack(store.log, stream, [500, 2000, length - 100, length, length + 5]);
    expect(parts.map(({ version }) => version)).toEqual([length - 100, length]);
    expect(await readBack(store.log, stream, [500])).toMatchObject({ parts: [{ version: 500 }] });
    expect(await readBack(store.log, 'machine/none', [5])).toEqual({ parts: [] });
  });
});
