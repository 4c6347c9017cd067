import { afterAll, describe, expect, it } from 'vitest';
import { connect, hostCookie, until } from '../support/client';
import { startRedis } from '../support/start-redis';
import { type RunningServer, startServer } from '../support/start-server';

/** Two nodes over one Redis: any node serves any seat. */
const redis = await startRedis();
const servers: RunningServer[] = [];

afterAll(async () => {
  for (const server of servers) await server.stop();
  await redis?.stop();
});

describe.skipIf(!redis)(`two nodes over one Redis${redis ? '' : ' (SKIPPED: no redis-server here)'}`, () => {
  it('are one class: announcements, typing, removal and the end of a node', async () => {
    const env = { REDIS_URL: redis!.url };
    const [one, two] = await Promise.all([1, 2].map(() => startServer({ fakeMachines: true, env })));
    servers.push(one!, two!);
    const host = await connect(one!.url, { cookie: await hostCookie(one!.secret) });
    const { code } = await host.get('class:open', { title: 'Two nodes' });
    await host.get('class:watch', { code, cursor: 0 });
    await host.get('board:watch', { code, cursors: {} });

    const ana = await connect(two!.url);
    const { seat, token } = await ana.get('seat:take', { code, name: 'Ana' });
    const { machine } = await ana.get('class:watch', { code, cursor: 0 });
    await ana.get('machine:watch', { code, machine, cursor: 0 });
    await until(() =>
      host.news('class:changed').some(({ events }) => events.some(({ type }) => type === 'seat:taken')),
    );

    // Two tabs of one seat, each on its own node: every input has its effect once.
    const tab = await connect(one!.url, { token });
    await tab.get('machine:watch', { code, machine, cursor: 0 });
    const type = (client: typeof ana, name: string) => (_: unknown, n: number) =>
      client.get('terminal:type', {
        code,
        machine,
        terminal: 't1',
        client: name,
        seq: n + 1,
        data: `append ${name} ${n},\r`,
      });
    await Promise.all([
      ...Array.from({ length: 12 }, type(ana, 'clientana')),
      ...Array.from({ length: 12 }, type(tab, 'clienttab')),
    ]);
    const all = Array.from({ length: 12 }, (_, n) => `${n},`).join('');
    for (const client of [ana, tab])
      expect(await client.get('machine:watch', { code, machine, cursor: 0 })).toMatchObject({
        machine: { state: { files: { clientana: all, clienttab: all } } },
      });
    const board = (await host.get('board:watch', { code, cursors: {} })).machines[machine]!;
    expect(board).toMatchObject({ state: { files: { clientana: all, clienttab: all }, screen: '' } });
    const heard = host.news('machine:changed').filter((news) => news.machine === machine);
    expect(Math.max(...heard.map(({ upTo }) => upTo))).toBe(board.upTo);

    // The name is taken on every node.
    const other = await connect(one!.url);
    expect(await other.ask('seat:take', { code, name: 'ana' })).toMatchObject({ ok: false, code: 'conflict' });

    // One node ends: its seats come back by their links on the other.
    await servers.splice(servers.indexOf(two!), 1)[0]!.kill();
    const back = await connect(one!.url, { token });
    expect(await back.get('machine:watch', { code, machine, cursor: 0 })).toMatchObject({
      machine: { upTo: board.upTo },
    });

    await host.get('seat:remove', { code, seat });
    await until(() => back.news('seat:lost').length && tab.news('seat:lost').length);
    for (const client of [host, ana, tab, other, back]) client.close();
  });
});
