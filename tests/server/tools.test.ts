import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClassEvent, type ClassState, evolveClass } from '../../lib/classroom';
import { readConfig } from '../../server/config';
import { serve } from '../../server/main/serve';
import { type Client, connect, hostCookie, until } from '../support/client';

/** The teaching tools over sockets: who hears what, and what ends with a right. Machines only echo (fake-kit.ts). */
const secret = 'of the test';
const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-tools-'));
const opened: Client[] = [];
let url = '';
let close = async () => {};

beforeAll(async () => {
  const env = { PORT: '0', DATA_DIR: dataDir, NEXTAUTH_SECRET: secret, HOST_PASSPHRASE: 'x', SCREENS: 'none' };
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

/** A page that follows a class: a replica that asks again at a gap, as docs/protocol.md says. */
class Page {
  state!: ClassState;
  cursor = 0;
  /** How often it asked for what it missed. */
  asked = 0;
  readonly told: ClassEvent[] = [];
  #turn = Promise.resolve();

  constructor(
    readonly client: Client,
    readonly code: string,
    readonly roster: boolean,
  ) {
    opened.push(client);
  }

  static async open(client: Client, code: string, roster = true): Promise<Page> {
    const page = new Page(client, code, roster);
    client.socket.on('class:changed', (news: { from: number; upTo: number; events: ClassEvent[] }) => {
      page.#turn = page.#turn.then(async () => {
        if (news.upTo <= page.cursor) return;
        if (news.from !== page.cursor) return page.watch();
        page.apply(news.events, news.upTo);
      });
    });
    await page.watch();
    return page;
  }

  async watch(): Promise<void> {
    this.asked++;
    const { code, cursor, roster } = this;
    const { class: caught } = await this.client.get('class:watch', { code, cursor, roster });
    if (caught.kind === 'missed') return this.apply(caught.events, caught.upTo);
    this.state = caught.state;
    this.cursor = caught.upTo;
  }

  apply(events: readonly ClassEvent[], upTo: number): void {
    this.told.push(...events);
    for (const event of events) this.state = evolveClass(this.state, event);
    this.cursor = upTo;
  }

  /** When this page stands where the other one does, what it holds is what a reload would give. */
  async agrees(with_: Page): Promise<ClassState> {
    await until(() => this.cursor >= with_.cursor);
    const { code, roster } = this;
    const fresh = await until(async () => {
      const given = await this.client.get('class:watch', { code, cursor: 0, roster });
      return given.class.upTo === this.cursor && given;
    });
    expect(fresh.class).toEqual({ kind: 'snapshot', upTo: this.cursor, state: this.state });
    return this.state;
  }
}

async function openRoom(hostId: string) {
  const host = await connect(url, { cookie: await hostCookie(secret, hostId) });
  const { code } = await host.get('class:open', { title: 'Tools' });
  const teacher = await Page.open(host, code);
  const student = async (name: string) => {
    const client = await connect(url);
    const { seat, token } = await client.get('seat:take', { code, name });
    const page = await Page.open(client, code);
    const { machine } = await client.get('class:watch', { code, cursor: page.cursor });
    return { page, client, seat, token, machine };
  };
  return { code, teacher, host, ana: await student('Ana'), ben: await student('Ben') };
}

describe('teaching tools', () => {
  it('keep notes, predictions and names from whom they are not for, and every replica equal to a reload', async () => {
    const { code, host, teacher, ana, ben } = await openRoom('t:1');
    const { token } = await host.get('link:make', { code, kind: 'view' });
    const guest = await Page.open(await connect(url, { token }), code);
    await ana.client.get('note:send', { code, to: 'host', text: 'from ana' });
    await host.get('note:send', { code, to: ben.seat, text: 'only ben' });
    await host.get('note:send', { code, to: 'all', text: 'for all' });
    await ana.client.get('hand:raise', { code });
    await host.get('round:open', { code, lesson: 'first', step: 'm1' });
    await ana.client.get('round:answer', { code, option: 'yes', sure: 'certain' });
    await ben.client.get('round:answer', { code, option: 'no', sure: 'guess' });
    expect(await ana.client.ask('round:answer', { code, option: 'no', sure: 'guess' })).toMatchObject({
      code: 'conflict',
    });
    expect(await ana.client.ask('note:send', { code, to: ben.seat, text: 'psst' })).toMatchObject({
      code: 'forbidden',
    });
    for (const page of [ana.page, ben.page, guest]) await page.agrees(teacher);
    const notes = (page: Page) => page.state.notes.map(({ text }) => text);
    expect([teacher, ana.page, ben.page, guest].map(notes)).toEqual([
      ['from ana', 'only ben', 'for all'],
      ['from ana', 'for all'],
      ['only ben', 'for all'],
      ['for all'],
    ]);
    expect(ben.page.state.round).toMatchObject({ answered: 2, answers: { [ben.seat]: { option: 'no' } } });
    expect(Object.keys(ben.page.state.round!.answers)).toEqual([ben.seat]);
    expect(guest.state.round).toMatchObject({ answered: 2, answers: {} });
    expect(JSON.stringify(ben.client.heard)).not.toMatch(/from ana|certain/);
    await host.get('round:reveal', { code });
    for (const page of [ana.page, ben.page, guest]) {
      await page.agrees(teacher);
      expect(Object.keys(page.state.round!.answers)).toHaveLength(2);
    }
    // Over, it is a host's to remember: in what is heard, and in what a reload gives.
    await host.get('round:close', { code });
    for (const page of [ana.page, ben.page, guest]) {
      await page.agrees(teacher);
      expect([page.state.round, page.state.past]).toEqual([undefined, undefined]);
    }
    expect((await Page.open(host, code)).state.past).toEqual(teacher.state.past);
    expect(teacher.state.past).toMatchObject([{ step: 'm1', answered: 2, revealed: true }]);

    await host.get('rules:set', { code, compare: false, names: false });
    for (const page of [ana.page, ben.page, guest]) await page.agrees(teacher);
    await ana.client.get('seat:rename', { code, seat: ana.seat, name: 'Ana María' });
    for (const page of [ana.page, ben.page, guest]) await page.agrees(teacher);
    expect([ana.page, ben.page, guest].map(({ state }) => state.seats.map(({ name }) => name))).toEqual([
      ['Ana María', ''],
      ['', 'Ben'],
      ['', ''],
    ]);
    expect(JSON.stringify(ben.client.heard)).not.toContain('María');
    await host.get('rules:set', { code, compare: true, names: true });
    for (const page of [ana.page, ben.page, guest]) {
      await page.agrees(teacher);
      expect(page.state.seats.map(({ name }) => name)).toEqual(['Ana María', 'Ben']);
    }

    await host.get('links:revoke', { code });
    await until(() => guest.client.news('seat:lost').length);
    expect(await guest.client.ask('class:watch', { code, cursor: 0 })).toMatchObject({ ok: false, code: 'forbidden' });
    await expect(connect(url, { token })).rejects.toMatchObject({ data: { code: 'token' } });
  });

  it('tell desks how many the others are, whenever each of them came', async () => {
    const { code, host, teacher } = await openRoom('t:desks');
    const pages = await Promise.all(
      Array.from({ length: 24 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 40));
        const client = await connect(url);
        const { seat } = await client.get('seat:take', { code, name: `Desk ${n}` });
        return { seat, page: await Page.open(client, code, false) };
      }),
    );
    await host.get('round:open', { code, lesson: 'first', step: 'm1' });
    for (const { page } of pages) void page.client.get('round:answer', { code, option: 'yes', sure: 'guess' });
    const named = pages[3]!.seat;
    await host.get('spotlight:move', { code, spotlight: { kind: 'seat', seat: named } });
    await host.get('seat:rename', { code, seat: named, name: 'Renamed' });
    await host.get('seat:remove', { code, seat: pages[23]!.seat });
    await until(() => teacher.state.round?.answered === 24);
    for (const { seat, page } of pages.slice(0, 23)) {
      await page.agrees(teacher);
      expect(page.state).toMatchObject({ present: 25, round: { answered: 24 }, spotlight: { name: 'Renamed' } });
      expect(page.state.seats.map(({ id }) => id)).toEqual([seat]);
      expect(page.asked).toBeLessThanOrEqual(2);
      expect(JSON.stringify(page.client.heard)).not.toContain('Desk 23');
    }
    // A page that opens a comparison has the roster from then on, without what it heard before.
    const turned = pages[0]!.page;
    const again = await Page.open(turned.client, code, true);
    expect(again.state.seats.map(({ name }) => name)).toContain('Renamed');
  });

  it('open boards to students only while the host allows', async () => {
    const { code, host, ana, ben } = await openRoom('t:2');
    await host.get('rules:set', { code, compare: false, names: true });
    expect(await ana.client.ask('board:watch', { code, cursors: {} })).toMatchObject({ ok: false, code: 'forbidden' });
    await host.get('rules:set', { code, compare: true, names: true });
    const board = await ana.client.get('board:watch', { code, cursors: {} });
    expect(Object.keys(board.machines)).toContain(ben.machine);
    const only = await ana.client.get('board:watch', { code, cursors: {}, only: [ben.machine] });
    expect(Object.keys(only.machines)).toEqual([ben.machine]);
    const type = (seq: number, data: string) =>
      ben.client.get('terminal:type', { code, machine: ben.machine, terminal: 't1', client: 'benbenben', seq, data });
    await type(1, 'put a seen\r');
    await until(() => JSON.stringify(ana.client.heard).includes('seen'));
    await host.get('rules:set', { code, compare: false, names: true });
    await type(2, 'put b hidden\r');
    await host.get('hand:lower', { code, seat: ben.seat });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(JSON.stringify(ana.client.heard)).not.toContain('hidden');
  });

  it('let a host look over a shoulder with consent, and only as long as it lasts', async () => {
    const { code, host, ana, ben } = await openRoom('t:3');
    const watch = () => host.ask('machine:watch', { code, machine: ana.machine, cursor: 0 });
    const type = (client: Client, name: string, seq: number, data: string) =>
      client.ask('terminal:type', { code, machine: ana.machine, terminal: 't1', client: name, seq, data });
    expect(await watch()).toMatchObject({ code: 'forbidden' });
    await host.get('look:ask', { code, seat: ana.seat });
    expect(await watch()).toMatchObject({ code: 'forbidden' });
    await ana.client.get('look:grant', { code, typing: false });
    expect(await watch()).toMatchObject({ ok: true });
    expect(await type(host, 'hosthost', 1, 'x')).toMatchObject({ code: 'forbidden' });
    await type(ana.client, 'anaanaana', 1, 'shown\r');
    await until(() => JSON.stringify(host.heard).includes('shown'));
    await ana.client.get('look:grant', { code, typing: true });
    expect(await type(host, 'hosthost', 1, 'helped\r')).toEqual({ ok: true });
    // What is written in the editor is told to who looks, and closed by nobody else.
    const draft = (text: string) =>
      ana.client.get('editor:draft', { code, machine: ana.machine, terminal: 'main', path: '/f', text });
    await draft('half a sentence');
    await until(() => host.news('editor:drafted').length);
    expect(host.news('editor:drafted')).toEqual([
      { machine: ana.machine, terminal: 'main', path: '/f', text: 'half a sentence' },
    ]);
    const close = { code, machine: ana.machine, terminal: 'main' };
    expect(await host.ask('editor:close', { ...close, text: 'x' })).toMatchObject({ code: 'forbidden' });
    expect(await host.ask('editor:close', close)).toMatchObject({ code: 'forbidden' });
    expect(await ben.client.say('editor:draft', { ...close, path: '/f', text: 'x' })).toMatchObject({
      code: 'forbidden',
    });
    await ana.client.get('look:end', { code });
    await draft('a secret');
    await type(ana.client, 'anaanaana', 2, 'private\r');
    await type(ana.client, 'anaanaana', 3, 'put f public\r');
    expect(await type(host, 'hosthost', 2, 'x')).toMatchObject({ code: 'forbidden' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(JSON.stringify([host.heard, ben.client.heard])).not.toMatch(/private|a secret/);
  });

  it('stream the host’s terminal while it is in the spotlight', async () => {
    const { code, host, ana } = await openRoom('t:4');
    const { machine } = await host.get('class:watch', { code, cursor: 0 });
    const watch = () => ana.client.ask('screen:watch', { code, cursor: 0 });
    const type = (seq: number, data: string) =>
      host.get('terminal:type', { code, machine, terminal: 'main', client: 'hosthost', seq, data });
    expect(await watch()).toMatchObject({ code: 'forbidden' });
    await host.get('spotlight:move', { code, spotlight: { kind: 'terminal' } });
    expect(await watch()).toMatchObject({ ok: true });
    expect(await ana.client.ask('machine:watch', { code, machine, cursor: 0 })).toMatchObject({ code: 'forbidden' });
    await type(1, 'look here\r');
    await until(() => JSON.stringify(ana.client.heard).includes('look here'));
    await host.get('spotlight:move', { code, spotlight: null });
    await type(2, 'my own notes\r');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(JSON.stringify(ana.client.heard)).not.toContain('my own notes');
    expect(await watch()).toMatchObject({ code: 'forbidden' });
  });

  it('freeze, give everybody something, and put a computer back to its beginning', async () => {
    const { code, host, ana } = await openRoom('t:5');
    const type = (seq: number, data: string) =>
      ana.client.ask('terminal:type', { code, machine: ana.machine, terminal: 't1', client: 'anaanaana', seq, data });
    await host.get('class:freeze', { code, frozen: true });
    expect(await type(1, 'x')).toMatchObject({ ok: false, code: 'conflict', detail: { reason: 'terminal.frozen' } });
    await host.get('class:freeze', { code, frozen: false });
    expect(await type(1, 'put f x\r')).toEqual({ ok: true });
    expect(await host.get('everyone:run', { code, line: 'ls' })).toEqual({ ok: true, answers: [], refused: [] });
    const before = await ana.client.get('machine:watch', { code, machine: ana.machine, cursor: 0 });
    expect(before.machine).toMatchObject({ state: { files: { f: 'x' } } });
    await ana.client.get('machine:reset', { code });
    const after = await ana.client.get('machine:watch', { code, machine: ana.machine, cursor: before.machine.upTo });
    expect(after.machine).toMatchObject({ kind: 'missed', events: [{ type: 'machine:made' }] });
    const state = await ana.client.get('machine:watch', { code, machine: ana.machine, cursor: 0 });
    expect(state.machine).toMatchObject({ state: { files: {} } });
    expect(await type(2, 'put g y\r')).toEqual({ ok: true });
  });

  it('let another signed-in person teach too, by invitation', async () => {
    const { code, host, teacher } = await openRoom('t:6');
    const { token } = await host.get('link:make', { code, kind: 'host' });
    const nobody = await connect(url, { token });
    opened.push(nobody);
    expect(await nobody.ask('class:watch', { code, cursor: 0 })).toMatchObject({ code: 'forbidden' });
    const cookie = await hostCookie(secret, 't:second', 'Mr Second');
    await Page.open(await connect(url, { cookie, token }), code);
    await until(() => teacher.state.hosts.length === 2);
    const again = await connect(url, { cookie });
    opened.push(again);
    expect(await again.get('class:list', {})).toMatchObject({ classes: [{ code }] });
    expect(await again.ask('class:lock', { code, locked: true })).toEqual({ ok: true });
  });
});
