import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Client, connect, hostCookie, until } from '../support/client';
import { freePort } from '../support/start-redis';
import { startServer } from '../support/start-server';

/** Types numbers into a file, one after another, whatever happens to the server: the page's outbox in small. */
class Typist {
  done = 0;
  #seq = 0;
  constructor(
    readonly client: Client,
    readonly where: { readonly code: string; readonly machine: string },
    readonly name: string,
    readonly line: (n: number) => string = (n) => `append f ${n},\r`,
  ) {}

  async type(count: number): Promise<void> {
    for (const end = this.done + count; this.done < end; ) {
      await this.say(this.line(this.done + 1));
      this.done++;
    }
  }

  async say(data: string): Promise<void> {
    const body = { ...this.where, terminal: 't1', client: `client${this.name}`, seq: ++this.#seq, data };
    for (;;) {
      const answer = (await this.client.say('terminal:type', body, 1500)) as { ok: boolean } | undefined;
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

it('killed with -9 in the middle, three times: nothing acknowledged is lost, nothing is typed twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-crash-'));
  const port = await freePort();
  const start = () => startServer({ dataDir, port, fakeMachines: true });
  let server = await start();
  const cookie = await hostCookie(server.secret);
  const host = await connect(server.url, { cookie, reconnection: true });
  const { code } = await host.get('class:open', { title: 'Crash' });
  const typists = await Promise.all(
    ['Ana', 'Ben', 'Cem', 'Dea'].map(async (name) => {
      const visitor = await connect(server.url);
      const { token } = await visitor.get('seat:take', { code, name });
      visitor.close();
      const client = await connect(server.url, { token, reconnection: true });
      const { machine } = await client.get('class:watch', { code, cursor: 0 });
      return new Typist(client, { code, machine }, `${name.toLowerCase()}0`);
    }),
  );
  const files = async (machine: string) => {
    const { machines } = await host.get('board:watch', { code, cursors: {} });
    const found = machines[machine]!;
    return found.kind === 'snapshot' ? (found.state as unknown as { files: { f: string } }).files.f : '';
  };
  for (let crash = 0; crash < 3; crash++) {
    const typing = Promise.all(typists.map((typist) => typist.type(40)));
    await until(() => typists.every(({ done }) => done >= crash * 40 + 5));
    const acknowledged = typists.map(({ done }) => done);
    await server.kill();
    server = await start();
    await until(() => host.socket.connected);
    for (const [index, { where }] of typists.entries()) {
      const numbers = (await files(where.machine)).split(',').filter(Boolean).map(Number);
      expect(numbers.length).toBeGreaterThanOrEqual(acknowledged[index]!);
      expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    }
    await typing;
  }
  const all = Array.from({ length: 120 }, (_, at) => `${at + 1},`).join('');
  for (const { where } of typists) expect(await files(where.machine)).toBe(all);
  const roster = await host.get('class:watch', { code, cursor: 0 });
  expect(roster.class).toMatchObject({ kind: 'snapshot', state: { seats: [{}, {}, {}, {}] } });
  for (const { client } of typists) client.close();
  host.close();
  expect(await server.stop()).toBe(0);
  rmSync(dataDir, { recursive: true, force: true });
});

it('killed with -9 while real shells, on the host and in a container, run lines: each line ran once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'dockerland-crash-'));
  const port = await freePort();
  const start = () => startServer({ dataDir, port });
  let server = await start();
  const host = await connect(server.url, { cookie: await hostCookie(server.secret), reconnection: true });
  const { code } = await host.get('class:open', { title: 'Crash' });
  const typists = await Promise.all(
    ['host', 'inside'].map(async (where) => {
      const client = await connect(server.url, { reconnection: true });
      const { token } = await client.get('seat:take', { code, name: where });
      (client.socket.auth as { token?: string }).token = token;
      const { machine } = await client.get('class:watch', { code, cursor: 0 });
      await client.get('terminal:open', { code, machine, terminal: 't1', columns: 80, rows: 24 });
      const typist = new Typist(client, { code, machine }, 'real0', (n) => `echo ${n} >> /tmp/log\r`);
      if (where === 'inside') await typist.say('docker run -it --name web busybox sh\r');
      await until(async () => (await screen(typist)).endsWith(where === 'inside' ? '# ' : '$ '));
      return typist;
    }),
  );
  for (let crash = 1; crash <= 3; crash++) {
    const typing = Promise.all(typists.map((typist) => typist.type(25)));
    await until(() => typists.every(({ done }) => done >= crash * 25 - 20));
    await server.kill();
    server = await start();
    await typing;
  }
  const all = Array.from({ length: 75 }, (_, at) => at + 1).join(',');
  for (const typist of typists) {
    await typist.say("echo; tr '\\n' , < /tmp/log\r");
    await until(async () => (await screen(typist)).includes(`\n${all},`));
    typist.client.close();
  }
  host.close();
  expect(await server.stop()).toBe(0);
  rmSync(dataDir, { recursive: true, force: true });
});

/** What is on the terminal of a machine, as a reload would show it. */
async function screen({ client, where }: Typist): Promise<string> {
  const { machine } = await client.get('machine:watch', { ...where, cursor: 0 });
  if (machine.kind !== 'snapshot') return '';
  const shown = machine.state.own?.terminals.find(([id]) => id === 't1')?.[1].screen ?? '';
  // Without colours and modes.
  return shown.replace(/\u001b\[[?0-9;]*[a-zA-Z]/g, '').replaceAll('\r', '');
}
