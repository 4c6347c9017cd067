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
  constructor(
    readonly client: Client,
    readonly where: { readonly code: string; readonly machine: string },
    readonly name: string,
  ) {}

  async type(count: number): Promise<void> {
    for (const end = this.done + count; this.done < end; ) {
      const seq = this.done + 1;
      const data = `append f ${seq},\r`;
      const body = { ...this.where, terminal: 't1', client: `client${this.name}`, seq, data };
      const answer = (await this.client.say('terminal:type', body, 1500)) as { ok: boolean } | undefined;
      if (answer?.ok) this.done = seq;
      else await new Promise((resolve) => setTimeout(resolve, 50));
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
