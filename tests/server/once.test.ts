import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RequestBody, RequestType } from '../../lib/protocol';
import { type Client, connect, hostCookie, until } from '../support/client';
import { type RunningServer, startServer } from '../support/start-server';

/** Requests whose answers are lost, with the line or with the server: asked again with the same key they are done once. */
describe('what is asked twice with one key', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-once-'));
  const opened: Client[] = [];
  let server: RunningServer;
  let host: Client;
  let code: string;

  const start = () => startServer({ fakeMachines: true, dataDir });
  const open = async (options: Parameters<typeof connect>[1] = {}) => {
    const client = await connect(server.url, options);
    opened.push(client);
    return client;
  };
  const openHost = async () => open({ cookie: await hostCookie(server.secret, 'once:host') });
  const state = async () => {
    const { class: caught } = await host.get('class:watch', { code, cursor: 0 });
    if (caught.kind !== 'snapshot') throw new Error('no state');
    return caught.state;
  };
  /** Asks on a line of its own, which breaks as soon as `done`: the answer arrives nowhere. */
  const askAndBreak = async <T extends RequestType>(
    client: Client,
    type: T,
    body: RequestBody<T>,
    done: () => Promise<unknown>,
  ) => {
    client.socket.emit(type, body, () => {});
    await until(done as () => Promise<boolean>);
    client.close();
  };

  beforeAll(async () => {
    server = await start();
    host = await openHost();
    ({ code } = await host.get('class:open', { title: 'Once' }));
  });
  afterEach(() => void opened.splice(0).filter((client) => client !== host && client.close()));
  afterAll(async () => {
    host?.close();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('a seat: after a broken line, on the line that stands, from two pages at once', async () => {
    const ana = { code, name: 'Ana', key: 'anas0000key00000' };
    await askAndBreak(await open(), 'seat:take', ana, async () => (await state()).seats.length === 1);
    const again = await open();
    const taken = await again.get('seat:take', ana);
    expect(await again.get('seat:take', ana)).toEqual(taken);
    const both = await Promise.all([open(), open()]);
    const seats = await Promise.all(both.map((one) => one.get('seat:take', ana)));
    expect(seats).toEqual([taken, taken]);
    expect((await state()).seats.map(({ id, name }) => [id, name])).toEqual([[taken.seat, 'Ana']]);
    expect(await (await open({ token: taken.token })).get('class:watch', { code, cursor: 0 })).toMatchObject({
      seat: taken.seat,
    });
    // Each page is in it: it is told when the seat goes.
    await host.get('seat:remove', { code, seat: taken.seat });
    for (const page of [again, ...both]) await until(() => page.news('seat:lost').length);
    expect(await again.ask('seat:take', ana)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await (await open()).ask('seat:take', ana)).toMatchObject({
      code: 'not-found',
      detail: { seat: taken.seat },
    });
  });

  it('another key is another seat, and nobody is given a seat for knowing its id', async () => {
    const ben = await (await open()).get('seat:take', { code, name: 'Ben', key: 'bens0000key00000' });
    const other = await (await open()).get('seat:take', { code, name: 'Bo', key: 'bos00000key00000' });
    expect(other.seat).not.toBe(ben.seat);
    const thief = await (await open()).ask('seat:take', { code, name: 'Thief', key: ben.seat });
    expect(thief).toMatchObject({ ok: true });
    expect([ben.seat, other.seat]).not.toContain((thief as { seat: string }).seat);
    const { code: second } = await host.get('class:open', { title: 'Second' });
    const there = await (await open()).get('seat:take', { code: second, name: 'Ben', key: 'bens0000key00000' });
    expect(there.seat).not.toBe(ben.seat);
  });

  it('a note, a class, links made void, a computer started over', async () => {
    const cid = await (await open()).get('seat:take', { code, name: 'Cid', key: 'cids0000key00000' });
    const note = { code, to: 'host', text: 'help', key: 'note0000key00000' };
    const page = await open({ token: cid.token });
    await askAndBreak(page, 'note:send', note, async () => (await state()).notes.length === 1);
    await (await open({ token: cid.token })).get('note:send', note);
    const { links } = await state();
    for (let times = 0; times < 3; times++) await host.get('links:revoke', { code, key: 'void0000key00000' });
    const anew = { title: 'Made once', key: 'open0000key00000' };
    const codes = await Promise.all([host, await openHost()].map((one) => one.get('class:open', anew)));
    expect(codes[0]!.code).toBe(codes[1]!.code);
    const { classes } = await host.get('class:list', {});
    expect(classes.filter(({ title }) => title === 'Made once')).toHaveLength(1);
    const now = await state();
    expect(now).toMatchObject({ links: links + 1, notes: [{ text: 'help' }] });
    const cids = await open({ token: cid.token });
    const { machine } = await cids.get('class:watch', { code, cursor: 0 });
    const version = async () => (await cids.get('machine:watch', { code, machine, cursor: 0 })).machine.upTo;
    await cids.get('machine:reset', { code, key: 'over0000key00000' });
    const after = await version();
    await (await open({ token: cid.token })).get('machine:reset', { code, key: 'over0000key00000' });
    expect(await version()).toBe(after);
  });

  it('and across the end of the server: the seat, the note and the class are those that were stored', async () => {
    const dan = { code, name: 'Dan', key: 'dans0000key00000' };
    const classBefore = await host.get('class:open', { title: 'Across', key: 'acrs0000key00000' });
    await askAndBreak(await open(), 'seat:take', dan, async () =>
      (await state()).seats.some(({ name }) => name === 'Dan'),
    );
    const note = { code, to: 'all', text: 'once more', key: 'note0001key00000' };
    await host.get('note:send', note);
    const before = await state();
    await server.kill();
    server = await start();
    host = await openHost();
    const taken = await (await open()).get('seat:take', dan);
    expect(taken.seat).toBe(before.seats.find(({ name }) => name === 'Dan')!.id);
    await host.get('note:send', note);
    expect(await host.get('class:open', { title: 'Across', key: 'acrs0000key00000' })).toEqual(classBefore);
    expect(await state()).toEqual(before);
  });
});
