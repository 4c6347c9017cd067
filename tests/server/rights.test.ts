import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MachineEvent } from '../../lib/machine';
import { Seat } from '../bench/support/seat';
import { type Client, type ConnectOptions, connect, hostCookie, until } from '../support/client';
import { type RunningServer, startServer } from '../support/start-server';

/** Who may see what, over real sockets and real HTTP, with real computers: every right is tried by those who have it not (any more). */
let server: RunningServer;
const clients: Client[] = [];

const open = async (options: ConnectOptions = {}) => {
  const client = await connect(server.url, options);
  clients.push(client);
  return client;
};
const hostOf = async (id: string) => open({ cookie: await hostCookie(server.secret, id) });
let seats = 0;
const join = async (code: string) => {
  const seat = await Seat.join(server.url, code, ++seats);
  clients.push(seat.client);
  return seat;
};
const dockerfile = 'FROM busybox\nCOPY motd /etc/motd\nCMD ["sh"]\n';
const build = (host: Client, code: string, reference: string, text: string) =>
  host.get('image:build', { code, reference, dockerfile, files: [{ path: 'motd', text }] });

/** A class with a published image. */
async function openClass(hostId: string, text = 'welcome\n') {
  const host = await hostOf(hostId);
  const { code } = await host.get('class:open', { title: hostId });
  const { image } = await build(host, code, 'motd:1.0', text);
  await host.get('image:publish', { code, reference: 'motd:1.0' });
  const { machine } = await host.get('class:watch', { code, cursor: 0 });
  return { host, code, image, machine };
}

/** A page of nothing but one's own packets, as they came. */
const listenRaw = (client: Client) => {
  const packets: string[] = [];
  client.socket.io.engine.on('packet', ({ type, data }: { type: string; data?: unknown }) => {
    if (type === 'message') packets.push(String(data));
  });
  return packets;
};

beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server?.stop();
});

describe('how a person is doing', () => {
  it('is told to those who teach, and is in no packet of anybody else', async () => {
    const { host, code } = await openClass('doing:1');
    const [ana, ben] = [await join(code), await join(code)];
    const link = async (kind: 'view' | 'host') => (await host.get('link:make', { code, kind })).token;
    const colleague = await open({ cookie: await hostCookie(server.secret, 'doing:2'), token: await link('host') });
    await host.get('look:ask', { code, seat: ben.id });
    await ben.client.get('look:grant', { code, typing: false });
    const teachers = [host, colleague];
    const others = [await open({ token: ana.token }), await open({ token: await link('view') })];
    const own = await open({ token: ben.token });
    const looking = await hostOf('doing:1');
    const packets = [...others, own].map(listenRaw);
    const watch = (client: Client, cursor: number) =>
      client.get('board:watch', { code, cursors: { [ben.machine]: cursor } });
    const watchOwn = (client: Client, cursor: number) =>
      client.get('machine:watch', { code, machine: ben.machine, cursor });
    const begun = new Map<Client, number>();
    for (const page of [...teachers, ...others]) begun.set(page, (await watch(page, 0)).machines[ben.machine]!.upTo);
    for (const page of [own, looking]) begun.set(page, (await watchOwn(page, 0)).machine.upTo);

    for (let n = 0; n < 3; n++) await ben.line('cat /nowhere');
    await ben.line('docker run --name lost motd:1.0 sh -c "echo work > /work"');
    await ben.line('docker rm lost');
    await ben.line('docker images');
    await ben.line('docker run --name last motd:1.0 true');
    const end = await until(async () => {
      const { upTo } = (await watch(host, 1)).machines[ben.machine]!;
      return upTo === (await watch(host, 1)).machines[ben.machine]!.upTo && upTo;
    });

    // Nobody misses a position: what is left out leaves no gap, so that nobody has to ask again.
    const reached = (page: Client) =>
      page
        .news('machine:changed')
        .filter(({ machine, upTo }) => machine === ben.machine && upTo > begun.get(page)!)
        .reduce((at, { from, upTo }) => (from === at ? upTo : Number.NaN), begun.get(page)!);
    for (const page of begun.keys()) await until(() => reached(page) >= end);

    const told = (page: Client) => JSON.stringify(page.heard);
    for (const page of [...teachers, looking]) {
      expect(told(page)).toContain('{"type":"person:stuck","line":"cat /nowhere"}');
      expect(told(page)).toContain('{"type":"person:showed","belief":"M3"}');
    }
    const person = { shows: ['M3'], lastAt: expect.any(Number) };
    for (const page of teachers)
      expect((await watch(page, 0)).machines[ben.machine]).toMatchObject({ kind: 'snapshot', state: { person } });
    expect(JSON.stringify(await watch(host, 1))).toContain('person:stuck');

    // Neither what they hear nor what they ask for.
    for (const page of others) {
      expect((await watch(page, 0)).machines[ben.machine]).toMatchObject({ kind: 'snapshot', state: { person: {} } });
      const { machines } = await watch(page, 1);
      expect(machines[ben.machine]).toMatchObject({ kind: 'missed', upTo: end });
      const container = await lastContainer(page, code, ben.machine);
      const then = await page.get('earlier:get', { code, machine: ben.machine, container, version: end });
      expect(then.state).toMatchObject({ person: {}, engine: { containers: [expect.anything()] } });
    }
    for (const cursor of [0, 1]) await watchOwn(own, cursor);
    for (const heard of packets) {
      const text = heard.join('\n');
      expect(text).toContain('sheet:written');
      expect(text).not.toMatch(/person:|stuckOn|shows|lastAt/);
    }
    for (const heard of packets.slice(0, 2)) expect(heard.join('\n')).not.toContain('/nowhere');
  });
});

async function lastContainer(page: Client, code: string, machine: string): Promise<string> {
  const found = (await page.get('board:watch', { code, cursors: {}, only: [machine] })).machines[machine]!;
  if (found.kind !== 'snapshot') throw new Error('a snapshot was asked for');
  return found.state.engine.containers.at(-1)![0];
}

describe('the host’s terminal in the spotlight', () => {
  it('is a screen to those who follow it: no packet has anything else of the host’s computer', async () => {
    const { host, code, machine } = await openClass('follow:1');
    let screen = '';
    host.socket.on('machine:changed', (news: { events: readonly MachineEvent[] }) => {
      for (const event of news.events)
        if (event.type === 'terminal:wrote' && event.terminal === 'main') screen += event.text;
    });
    let seq = 0;
    const line = async (text: string, terminal = 'main') => {
      const before = screen.length;
      const typed = { code, machine, terminal, client: 'hosthosthost', seq: ++seq, data: `${text}\r` };
      await host.get('terminal:type', typed);
      if (terminal === 'main') await until(() => /[$#] (\x1b\S*)?$/.test(screen.slice(before + text.length)));
    };
    await host.get('machine:watch', { code, machine, cursor: 0 });
    for (const terminal of ['main', 'notes'])
      await host.get('terminal:open', { code, machine, terminal, columns: 80, rows: 10 });
    await until(() => screen.length);
    await line('echo "grade: HIDDEN-1" > grades.txt; A=HIDDEN-2; clear');
    await line('echo HIDDEN-3', 'notes');
    await line('docker run -d --name quiet motd:1.0 sh -c "echo HIDDEN-4; sleep 1000"');
    await line('docker exec quiet sh -c "echo HIDDEN-5 > /secret"; clear');

    const ana = await join(code);
    const { token } = await host.get('link:make', { code, kind: 'view' });
    const followers = [await open({ token: ana.token }), await open({ token })];
    for (const follower of followers)
      expect(await follower.ask('screen:watch', { code, cursor: 0 })).toMatchObject({ ok: false, code: 'forbidden' });
    await host.get('spotlight:move', { code, spotlight: { kind: 'terminal' } });
    const raw = followers.map(listenRaw);
    for (const follower of followers) {
      expect(await follower.ask('machine:watch', { code, machine, cursor: 0 })).toMatchObject({ code: 'forbidden' });
      const { screen } = await follower.get('screen:watch', { code, cursor: 0 });
      expect(screen).toMatchObject({ kind: 'snapshot', state: { size: { columns: 80, rows: 10 } } });
      expect(Object.keys((screen as { state: object }).state).toSorted()).toEqual([
        'screen',
        'size',
        'user',
        'written',
      ]);
    }
    await line(
      'echo "HIDDEN-6" >> grades.txt; docker exec quiet sh -c "echo HIDDEN-7 >> /secret"; clear'.replace(
        '"HIDDEN-6"',
        '$A',
      ),
    );
    await line('echo HIDDEN-8', 'notes');
    await host.get('everyone:give', { code, path: 'a', text: 'HIDDEN-9', inside: true });
    await line('echo seen-by-all; docker exec -it quiet sh');
    await line('hostname >/dev/null; exit');
    const heard = (packets: readonly string[]) => packets.join('\n').includes('seen-by-all');
    for (const packets of raw) await until(() => heard(packets));
    await until(() => raw.every((packets) => /"inside":"quiet"/.test(packets.join('\n'))));

    for (const packets of raw) {
      const [answers, news] = [packets.filter((one) => /^3/.test(one)), packets.filter((one) => /^2/.test(one))];
      expect(answers).toHaveLength(2);
      expect(answers.length + news.length).toBe(packets.length);
      for (const packet of news) {
        const [type, { from, upTo, events, ...rest }] = JSON.parse(packet.slice(1));
        expect(type).toBe('screen:changed');
        expect(rest).toEqual({ class: machine.split('.')[0] });
        expect([from, upTo].every(Number.isInteger)).toBe(true);
        for (const event of events) {
          expect(event.type).toMatch(/^screen:(sized|wrote|stood)$/);
          expect(['type', 'text', 'inside', 'columns', 'rows']).toEqual(expect.arrayContaining(Object.keys(event)));
        }
      }
      // What the host typed is on the screen; what it did is not there.
      const unseen = packets.join('\n').replaceAll(/"screen:wrote","text":"(\\.|[^"\\])*"/g, '');
      expect(unseen).not.toMatch(/HIDDEN|grades|sha256|motd/);
      expect(packets.join('\n')).not.toMatch(/HIDDEN-[1234589]/);
    }

    // It ends with the spotlight, the seat, the link.
    const count = () => raw.map((packets) => packets.length);
    await host.get('links:revoke', { code });
    await until(() => followers[1]!.news('seat:lost').length);
    let before = count();
    await line('echo to the seats alone');
    await until(() => count()[0]! > before[0]!);
    expect(count()[1]).toBe(before[1]);
    await host.get('spotlight:move', { code, spotlight: { kind: 'board' } });
    before = count();
    await line('echo to nobody');
    await host.get('hand:lower', { code, seat: ana.id });
    expect(count()).toEqual(before);
    expect(await followers[0]!.ask('screen:watch', { code, cursor: 3 })).toMatchObject({ code: 'forbidden' });
  });
});

describe('content', () => {
  it('is had by those who may see what it lies in, over the socket and over HTTP, and by nobody else', async () => {
    const { host, code, image } = await openClass('content:1', 'ours\n');
    const other = await openClass('content:2', 'theirs\n');
    const [ana, ben, eve] = [await join(code), await join(code), await join(other.code)];
    const { token } = await host.get('link:make', { code, kind: 'view' });
    const viewer = await open({ token });
    const cookie = await hostCookie(server.secret, 'content:1');

    /** Both ways must say the same. */
    const has = async (client: Client, headers: Record<string, string>, digest: string, of = code) => {
      const [said, fetched] = await Promise.all([
        client.ask('content:get', { code: of, digest }),
        fetch(`${server.url}/api/class/${of}/archive/blob?digest=${digest}`, { headers }),
      ]);
      await fetched.arrayBuffer();
      expect(fetched.ok, digest).toBe(said.ok);
      if (!said.ok) expect(said.code).toMatch(/^(not-found|forbidden)$/);
      return said.ok;
    };
    const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
    const who = {
      ana: (digest: string) => has(ana.client, bearer(ana.token), digest),
      ben: (digest: string) => has(ben.client, bearer(ben.token), digest),
      host: (digest: string) => has(host, { cookie }, digest),
      viewer: (digest: string) => has(viewer, bearer(token), digest),
      // Eve asks in her own class for what lies in ours, and in ours for it.
      eve: (digest: string) => has(eve.client, bearer(eve.token), digest, other.code),
      intruder: (digest: string) => has(eve.client, bearer(eve.token), digest),
    };
    const having = async (digest: string) => {
      const found: string[] = [];
      for (const [name, ask] of Object.entries(who)) if (await ask(digest)) found.push(name);
      return found.join(' ');
    };
    const everybody = 'ana ben host viewer';
    for (const digest of [image.imageId, image.manifestDigest, image.layers.at(-1)!.digest])
      expect(await having(digest)).toBe(everybody);
    expect(await having(`sha256:${'0'.repeat(64)}`)).toBe('');

    // Built and not published: the host's alone, as soon as a container stands on it; then the class's, with the board.
    const { image: draft } = await build(host, code, 'draft:2', 'the answers\n');
    const secret = draft.layers.at(-1)!.digest;
    for (const digest of [secret, draft.imageId, draft.manifestDigest]) expect(await having(digest)).toBe('');
    await host.get('image:publish', { code, reference: 'draft:2' });
    expect(await having(secret)).toBe(everybody);
    expect(await having(draft.manifestDigest)).toBe(everybody);

    // A layer that a student made is seen on the board by whoever may compare.
    await ana.line('docker run --name own motd:1.0 sh -c "echo mine > /mine"');
    await ana.line('docker commit own own:1 && docker run -d --name second own:1 sleep 1000');
    const { machines } = await host.get('board:watch', { code, cursors: {}, only: [ana.machine] });
    const board = machines[ana.machine]!;
    if (board.kind !== 'snapshot') throw new Error('a snapshot was asked for');
    const mine = board.state.engine.sheets
      .flatMap(([, { diffIds }]) => diffIds)
      .find((digest) => !image.layers.some((layer) => layer.digest === digest))!;
    expect(await having(mine)).toBe(everybody);
    await host.get('rules:set', { code, compare: false, names: true });
    expect(await having(mine)).toBe('ana host viewer');
    await host.get('rules:set', { code, compare: true, names: true });
    expect(await having(mine)).toBe(everybody);
    // The layers of the computer's own system lie below no container.
    const own = await ana.client.get('machine:watch', { code, machine: ana.machine, cursor: 0 });
    const base = own.machine.kind === 'snapshot' ? own.machine.state.own!.host.diffIds[0]! : '';
    expect(await who.ana(base)).toBe(true);
    expect(await who.viewer(base)).toBe(false);

    // Rights end at once.
    await host.get('links:revoke', { code });
    await host.get('seat:remove', { code, seat: ben.id });
    const gone: Record<string, string>[] = [
      bearer(token),
      bearer(ben.token),
      {},
      { cookie: 'next-auth.session-token=x' },
    ];
    for (const headers of gone) {
      const answer = await fetch(`${server.url}/api/class/${code}/archive/blob?digest=${secret}`, { headers });
      expect([403, 404], JSON.stringify(headers)).toContain(answer.status);
    }
    for (const client of [viewer, ben.client])
      expect(await client.ask('content:get', { code, digest: secret })).toMatchObject({ ok: false });
  });
});

describe('a line in every container', () => {
  it('holds up nobody’s typing, however long it takes', async () => {
    const { host, code } = await openClass('run:1');
    const ana = await join(code);
    await ana.line('docker run -it --name web motd:1.0 sh');
    let over = false;
    const running = host
      .get('everyone:run', { code, line: 'echo begun > /begun; sleep 4; echo ended' })
      .then((answer) => {
        over = true;
        return answer;
      });
    await until(async () => (await ana.line('cat /begun')).includes('begun\n'));
    expect(await ana.line('echo typed meanwhile > /typed; cat /typed')).toContain('typed meanwhile');
    expect(over).toBe(false);
    expect((await running).answers).toMatchObject([{ seat: ana.id, output: 'ended\n', exitCode: 0 }]);
  });
});

describe('pages', () => {
  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });

  it('are shown by the right in their address, as the class stands at that moment', async () => {
    const { host, code, machine } = await openClass('pages:1');
    const other = await openClass('pages:2');
    const [ana, ben, eve] = [await join(code), await join(code), await join(other.code)];
    await ana.line('docker run -d --name site -p 8080:80 nginx');
    const link = (client: Client, of: string, at = code) => client.ask('page:link', { code: at, machine: of });
    const path = async (client: Client, of: string) => {
      const answer = await link(client, of);
      if (!answer.ok) throw new Error(answer.code);
      return `${answer.path}/8080/`;
    };
    const forbidden = { ok: false, code: 'forbidden' };
    const anas = await path(ana.client, ana.machine);
    const hosts = await path(host, ana.machine);
    expect((await get(anas)).status).toBe(200);
    expect((await get(hosts)).status).toBe(200);
    for (const [client, at] of [
      [ben.client, code],
      [eve.client, other.code],
      [eve.client, code],
      [other.host, other.code],
    ] as const)
      expect(await link(client, ana.machine, at)).toMatchObject(forbidden);
    const { token: view } = await host.get('link:make', { code, kind: 'view' });
    expect(await link(await open({ token: view }), ana.machine)).toMatchObject(forbidden);

    // A page's token is good for nothing else, and nothing else for a page.
    const token = anas.split('/')[2]!;
    await expect(open({ token })).rejects.toMatchObject({ data: { code: 'token' } });
    expect((await get(`/page/${ana.token}/8080/`)).status).toBe(403);
    expect(
      (
        await get(`/api/class/${code}/archive/blob?digest=sha256:${'0'.repeat(64)}`, {
          authorization: `Bearer ${token}`,
        })
      ).status,
    ).toBe(403);
    expect((await get(anas, { 'sec-fetch-dest': 'document' })).status).toBe(403);

    // The host's, while the host's terminal is in the spotlight.
    await host.get('terminal:open', { code, machine, terminal: 'main', columns: 80, rows: 24 });
    const line = 'docker run -d --name site -p 8080:80 nginx\r';
    await host.get('terminal:type', { code, machine, terminal: 'main', client: 'hosthost', seq: 1, data: line });
    expect(await link(ben.client, machine)).toMatchObject(forbidden);
    await host.get('spotlight:move', { code, spotlight: { kind: 'terminal' } });
    const bens = await path(ben.client, machine);
    await until(async () => (await get(bens)).status === 200);
    await host.get('spotlight:move', { code, spotlight: null });
    expect((await get(bens)).status).toBe(403);
    await host.get('spotlight:move', { code, spotlight: { kind: 'terminal' } });
    expect((await get(bens)).status).toBe(200);

    // A seat that is removed shows nothing and is shown nothing; with the class all pages end.
    await host.get('seat:remove', { code, seat: ben.id });
    expect((await get(bens)).status).toBe(403);
    await host.get('seat:remove', { code, seat: ana.id });
    for (const address of [anas, hosts]) expect((await get(address)).status).toBe(403);
    const mine = await path(host, machine);
    expect((await get(mine)).status).toBe(200);
    await host.get('class:end', { code });
    expect((await get(mine)).status).toBe(403);
  });
});

describe('who somebody is', () => {
  it('is not believed: an expired or foreign cookie, another origin, another class’s or a revoked token', async () => {
    const { host, code } = await openClass('who:1');
    const other = await openClass('who:2');
    const forbidden = { ok: false, code: 'forbidden' };
    const cookieOf = async (secret: string, maxAge: number) =>
      `next-auth.session-token=${await encode({ token: { sub: 'who:1', name: 'x' }, secret, maxAge })}`;
    const post = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/class/${code}/archive/link`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ imageId: `sha256:${'0'.repeat(64)}`, form: 'docker' }),
      });
    const good = await cookieOf(server.secret, 60);
    expect((await post({ cookie: good })).status).toBe(404);
    for (const cookie of [
      await cookieOf(server.secret, -3600),
      await cookieOf('another secret', 60),
      'next-auth.session-token=',
    ]) {
      const client = await open({ cookie });
      expect(await client.ask('class:lock', { code, locked: true })).toMatchObject(forbidden);
      expect(await client.ask('class:list', {})).toMatchObject(forbidden);
      expect((await post({ cookie })).status).toBe(403);
    }
    await expect(open({ cookie: good, headers: { origin: 'https://evil.example' } })).rejects.toThrow();
    expect((await post({ cookie: good, origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ cookie: good, origin: server.url })).status).toBe(404);

    const { token: view } = await other.host.get('link:make', { code: other.code, kind: 'view' });
    const eve = await join(other.code);
    for (const token of [view, eve.token]) {
      const client = await open({ token });
      expect(await client.ask('class:watch', { code, cursor: 0 })).toMatchObject(forbidden);
      expect((await post({ authorization: `Bearer ${token}` })).status).toBe(403);
    }
    // A link to teach makes no host of somebody who is not signed in, of a seat, or once it is void.
    const { token: teach } = await host.get('link:make', { code, kind: 'host' });
    expect(await (await open({ token: teach })).ask('class:watch', { code, cursor: 0 })).toMatchObject(forbidden);
    expect((await post({ authorization: `Bearer ${teach}` })).status).toBe(403);
    await host.get('links:revoke', { code });
    const second = await hostCookie(server.secret, 'who:3');
    await expect(open({ cookie: second, token: teach })).rejects.toMatchObject({ data: { code: 'token' } });
    expect(await (await open({ cookie: second })).ask('class:lock', { code, locked: true })).toMatchObject(forbidden);
    // A new one does, for that class alone; and the class that has ended takes nobody in.
    const { token: again } = await host.get('link:make', { code, kind: 'host' });
    const colleague = await open({ cookie: second, token: again });
    expect(await colleague.ask('class:lock', { code, locked: false })).toMatchObject({ ok: true });
    expect(await colleague.ask('class:lock', { code: other.code, locked: true })).toMatchObject(forbidden);
    // Who has taken it up teaches, also when the link is void that their tab still shows.
    await host.get('links:revoke', { code });
    const back = await open({ cookie: second, token: again });
    expect(await back.ask('class:lock', { code, locked: false })).toMatchObject({ ok: true });
    const { token: last } = await host.get('link:make', { code, kind: 'host' });
    await host.get('class:end', { code });
    const late = await open({ cookie: await hostCookie(server.secret, 'who:4'), token: last });
    expect(await late.ask('class:watch', { code, cursor: 0 })).toMatchObject(forbidden);
  });

  it('ends on lines that stand, also on those that follow nothing but the board', async () => {
    const { host, code } = await openClass('ends:1');
    const [ana, ben] = [await join(code), await join(code)];
    const { token } = await host.get('link:make', { code, kind: 'view' });
    // These never ask for the class, only for its board.
    const [viewer, quiet] = [await open({ token }), await open({ token: ben.token })];
    for (const page of [viewer, quiet]) await page.get('board:watch', { code, cursors: {} });
    await ana.line('docker run --name first-container motd:1.0 true');
    for (const page of [viewer, quiet]) await until(() => JSON.stringify(page.heard).includes('first-container'));
    await host.get('rules:set', { code, compare: false, names: true });
    await ana.line('docker run --name second-container motd:1.0 true');
    await until(() => JSON.stringify(viewer.heard).includes('second-container'));
    expect(JSON.stringify(quiet.heard)).not.toContain('second-container');
    await host.get('links:revoke', { code });
    await until(() => viewer.news('seat:lost').length);
    await ana.line('docker run --name third-container motd:1.0 true');
    expect(JSON.stringify([viewer.heard, quiet.heard])).not.toContain('third-container');
  });

  it('and a look ends with its consent, with the class, and for a colleague who was not asked', async () => {
    const { host, code } = await openClass('look:1');
    const ana = await join(code);
    const { token } = await host.get('link:make', { code, kind: 'host' });
    const colleague = await open({ cookie: await hostCookie(server.secret, 'look:2'), token });
    await host.get('look:ask', { code, seat: ana.id });
    await ana.client.get('look:grant', { code, typing: true });
    const watch = (client: Client) => client.ask('machine:watch', { code, machine: ana.machine, cursor: 0 });
    expect(await watch(host)).toMatchObject({ ok: true });
    expect(await watch(colleague)).toMatchObject({ ok: false, code: 'forbidden' });
    await ana.line('docker run -dt --name slow motd:1.0 sh -c "sleep 1; while :; do date > /when; sleep 1; done"');
    await host.get('class:end', { code });
    const heard = () => host.heard.filter(({ type }) => type === 'machine:changed').length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = heard();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(heard()).toBe(before);
  });
});
