import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, MemoryContent } from '../../lib/content';
import { evolveMachine, type MachineEvent, type MachineState, parseMachine, serialiseMachine } from '../../lib/machine';
import type { Catch, MachineSnapshot } from '../../lib/protocol';
import { Layers } from '../../lib/snapshot';
import { type Client, connect, hostCookie, until } from '../support/client';
import { Desk, plain } from '../support/desk';
import { freePort } from '../support/start-redis';
import { type RunningServer, startServer } from '../support/start-server';

/** The first live class, as its browsers would play it, with real computers and a server that is killed in the middle. */
const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-story-'));
let server: RunningServer;
let start: () => Promise<RunningServer>;

beforeAll(async () => {
  const port = await freePort();
  start = () => startServer({ dataDir, port });
  server = await start();
});

afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A board's replica: the bytes that it needs are fetched by digest and checked. */
async function replica(
  client: Client,
  code: string,
  caught: Catch<MachineSnapshot, MachineEvent>,
): Promise<MachineState> {
  if (caught.kind !== 'snapshot') throw new Error('a snapshot was asked for');
  const content = new MemoryContent();
  for (const [, { diffIds }] of caught.state.engine.sheets)
    for (const digest of diffIds) {
      const { bytes } = await client.get('content:get', { code, digest });
      expect(digestOf(new Uint8Array(bytes))).toBe(digest);
      content.put(new Uint8Array(bytes));
    }
  return parseMachine(caught.state, new Layers(content));
}

describe('a first live class', () => {
  let code = '';
  let host: Client;
  let ana: Desk;
  let ben: Desk;
  const tokens: string[] = [];
  const joinAs = async (name: string) => {
    const client = await connect(server.url, { reconnection: true });
    tokens.push((await client.get('seat:take', { code, name })).token);
    return Desk.open(client, code);
  };

  it('tells a build to its host as it goes on', async () => {
    const teacher = await connect(server.url, { cookie: await hostCookie(server.secret) });
    const opened = await teacher.get('class:open', { title: 'A slow build' });
    const { machine } = await teacher.get('class:watch', { code: opened.code, cursor: 0 });
    await teacher.get('machine:watch', { code: opened.code, machine, cursor: 0 });
    const dockerfile = 'FROM busybox\nRUN echo first; sleep 1; echo second\n';
    const { output } = await teacher.get('image:build', {
      code: opened.code,
      reference: 'slow:1.0',
      dockerfile,
      files: [],
    });
    const told = teacher
      .news('machine:changed')
      .map(({ events }) => events.flatMap((event) => (event.type === 'build:wrote' ? event.text : [])).join(''));
    const [first, second] = [/^#5 [\d.]+ first$/m, /^#5 [\d.]+ second$/m].map((line) =>
      told.findIndex((text) => line.test(text)),
    );
    expect(first).toBeGreaterThanOrEqual(0);
    expect(second).toBeGreaterThan(first!);
    expect(told.join('')).toBe(output);
    teacher.close();
  });

  it('publishes an image that was really built', async () => {
    host = await connect(server.url, { cookie: await hostCookie(server.secret), reconnection: true });
    ({ code } = await host.get('class:open', { title: 'Layers' }));
    const files = [{ path: 'motd', text: 'welcome\n' }];
    const dockerfile = 'FROM busybox\nCOPY motd /etc/motd\nCMD ["sh"]\n';
    const broken = await host.ask('image:build', {
      code,
      reference: 'motd:1.0',
      dockerfile: 'FROM busybox\nCOPPY a b\n',
      files,
    });
    expect(broken).toMatchObject({ ok: false, code: 'invalid' });
    const { image } = await host.get('image:build', { code, reference: 'motd:1.0', dockerfile, files });
    expect(image.layers.length).toBeGreaterThanOrEqual(2);
    expect(await host.get('image:publish', { code, reference: 'motd:1.0' })).toMatchObject({
      image: { imageId: image.imageId },
    });
    expect(await host.ask('image:publish', { code, reference: 'none:1' })).toMatchObject({
      ok: false,
      code: 'not-found',
    });
    for (const digest of [image.imageId, image.manifestDigest, ...image.layers.map((layer) => layer.digest)]) {
      const { bytes } = await host.get('content:get', { code, digest });
      expect(digestOf(new Uint8Array(bytes))).toBe(digest);
    }
  });

  it('is joined by two, each in their own container of the one image', async () => {
    ana = await joinAs('Ana');
    ben = await joinAs('Ben');
    for (const desk of [ana, ben]) {
      expect(await desk.line('docker images')).toMatch(/^REPOSITORY.*\nmotd +1\.0/);
      await desk.line('docker run -it --name web motd:1.0 sh');
    }
    await ana.line('echo ana > /etc/motd');
    expect(await ana.line('cat /etc/motd')).toBe('ana');
    expect(await ben.line('cat /etc/motd')).toBe('welcome');
    await ana.line('exit');
    expect(await ana.line('docker diff web')).toContain('C /etc/motd');
    expect(await ana.line('docker ps -a')).toMatch(/Exited \(0\).*web/);
  });

  it('shows on the board what differs, and nothing of a terminal', async () => {
    const board = await host.get('board:watch', { code, cursors: {} });
    expect(Object.keys(board.machines)).toHaveLength(3);
    const states = await Promise.all([ana, ben].map((desk) => replica(host, code, board.machines[desk.machine]!)));
    for (const state of states)
      expect([...state.engine.containers.values()]).toMatchObject([{ name: 'web', image: 'motd:1.0' }]);
    expect(JSON.stringify(board)).not.toContain('docker diff web');
    const [hers, his] = states.map((state) => [...state.engine.sheets.values()][0]!);
    expect(hers!.diffIds).toEqual(his!.diffIds);
    expect(hers!.sheet.digest()).not.toBe(his!.sheet.digest());
  });

  it('goes on where it was after kill -9: same seats, same prompts, same files', async () => {
    await ben.line('echo ben > /tmp/mine');
    const before = await host.get('board:watch', { code, cursors: {} });
    await server.kill();
    server = await start();
    await until(() => host.socket.connected);
    const after = await host.get('board:watch', { code, cursors: {} });
    for (const desk of [ana, ben]) {
      const [was, is] = [before, after].map(({ machines }) => machines[desk.machine]!);
      const containers = await Promise.all(
        [was!, is!].map(async (caught) => [...(await replica(host, code, caught)).engine.sheets.values()]),
      );
      expect(containers[1]!.map(({ sheet }) => sheet.digest())).toEqual(
        containers[0]!.map(({ sheet }) => sheet.digest()),
      );
    }
    for (const desk of [ana, ben]) desk.client.close();
    ana = await Desk.open(await connect(server.url, { token: tokens[0] }), code);
    ben = await Desk.open(await connect(server.url, { token: tokens[1] }), code);
    expect(await ben.line('cat /tmp/mine /etc/motd')).toBe('ben\nwelcome');
    expect(await ben.line('hostname')).toMatch(/^[0-9a-f]{12}$/);
    await ana.line('docker start -ai web');
    expect(await ana.line('cat /etc/motd')).toBe('ana');
    await ana.line('exit');
    await ana.line('docker rm web');
    await ana.line('docker run -it --name web motd:1.0 sh');
    expect(await ana.line('cat /etc/motd')).toBe('welcome');
  });

  it('is taught: a line in every container, a file for all, undo, and back to the beginning', async () => {
    const { answers } = await host.get('everyone:run', { code, line: 'cat /etc/motd; exit 3' });
    expect(answers).toHaveLength(2);
    for (const answer of answers) expect(answer).toMatchObject({ container: 'web', output: 'welcome\n', exitCode: 3 });
    expect(await host.get('everyone:give', { code, path: 'tmp/given', text: 'gift', inside: true })).toMatchObject({
      given: 2,
      refused: [],
    });
    expect(await ben.line('cat /tmp/given; echo')).toBe('gift');
    await ben.line('rm /etc/motd');
    await ben.client.get('machine:undo', { code });
    expect(await ben.line('cat /etc/motd')).toBe('welcome');
    await ben.client.get('machine:reset', { code });
    const { machine } = await ben.client.get('machine:watch', { code, machine: ben.machine, cursor: 0 });
    expect(machine).toMatchObject({ kind: 'snapshot', state: { engine: { containers: [] } } });
    await until(() => /\$ $/.test(plain(ben.screen)));
    expect(await ben.line('docker ps -aq; docker images')).toMatch(/^REPOSITORY.*\nmotd +1\.0/);
  });

  it('has streams that tell the same state as living did', async () => {
    const own = await ana.client.get('machine:watch', { code, machine: ana.machine, cursor: 0 });
    const board = await host.get('board:watch', { code, cursors: {} });
    const content = new MemoryContent();
    const layers = new Layers(content);
    const every = await host.get('board:watch', { code, cursors: { [ana.machine]: 1 } });
    const missed = every.machines[ana.machine]!;
    expect(missed.kind).toBe('missed');
    if (missed.kind !== 'missed' || own.machine.kind !== 'snapshot') return;
    for (const event of missed.events)
      if (event.type === 'sheet:made')
        for (const digest of event.diffIds)
          content.put(new Uint8Array((await host.get('content:get', { code, digest })).bytes));
    const { id, user, hostname, madeAt } = own.machine.state;
    let state = evolveMachine(undefined, { type: 'machine:made', id, user, hostname, at: madeAt }, layers);
    for (const event of missed.events) state = evolveMachine(state, event, layers);
    const lived = board.machines[ana.machine]!;
    expect(serialiseMachine(state, { private: false, person: true })).toEqual(lived.kind === 'snapshot' && lived.state);
  });
});
