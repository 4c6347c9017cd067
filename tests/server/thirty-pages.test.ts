import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, connect, hostCookie } from '../support/client';
import { Desk } from '../support/desk';
import { type RunningServer, startServer } from '../support/start-server';

const students = 30;
const names = Array.from({ length: students }, (_, at) => `Student ${at + 1}`);

/** Thirty people, one image, a page each: over real sockets, from real computers. */
describe('thirty pages at once', () => {
  let server: RunningServer;
  let code: string;
  let desks: Desk[];
  let host: Client;

  beforeAll(async () => {
    server = await startServer();
    host = await connect(server.url, { cookie: await hostCookie(server.secret) });
    ({ code } = await host.get('class:open', { title: 'Pages' }));
    const dockerfile =
      'FROM busybox\nCOPY index.html /www/index.html\nEXPOSE 80\nCMD ["httpd", "-f", "-p", "80", "-h", "/www"]\n';
    const files = [{ path: 'index.html', text: 'the same for everybody\n' }];
    await host.get('image:build', { code, reference: 'page:1.0', dockerfile, files });
    await host.get('image:publish', { code, reference: 'page:1.0' });
    desks = await Promise.all(
      names.map(async (name) => {
        const client = await connect(server.url);
        await client.get('seat:take', { code, name });
        return Desk.open(client, code);
      }),
    );
  }, 120_000);

  afterAll(async () => {
    for (const { client } of desks ?? []) client.close();
    host?.close();
    await server?.stop();
  });

  const pageOf = async ({ client, machine }: Desk, path = '/') => {
    const { path: prefix } = await client.get('page:link', { code, machine });
    const response = await fetch(`${server.url}${prefix.replace(/\/$/, '')}/8080${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('begin as the one image has them', { timeout: 120_000 }, async () => {
    await Promise.all(desks.map((desk) => desk.line('docker run -d -p 8080:80 --name page page:1.0')));
    const pages = await Promise.all(desks.map((desk) => pageOf(desk)));
    expect(pages).toEqual(names.map(() => ({ status: 200, text: 'the same for everybody\n' })));
  });

  it('become everybody’s own, in their frame and for their curl', { timeout: 120_000 }, async () => {
    await Promise.all(
      desks.map((desk, at) => desk.line(`docker exec page sh -c "echo the page of ${names[at]} > /www/index.html"`)),
    );
    const pages = await Promise.all(desks.map((desk) => pageOf(desk)));
    expect(pages.map(({ text }) => text)).toEqual(names.map((name) => `the page of ${name}\n`));
    const curled = await Promise.all(desks.map((desk) => desk.line('curl -s localhost:8080')));
    expect(curled).toEqual(names.map((name) => `the page of ${name}`));
    expect(await pageOf(desks[0]!, '/nope')).toMatchObject({ status: 404 });
  });

  it('and the image stays as it was', { timeout: 60_000 }, async () => {
    const [first] = desks;
    expect(await first!.line('docker run --rm page:1.0 cat /www/index.html')).toBe('the same for everybody');
  });
});
