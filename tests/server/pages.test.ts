import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, until } from '../support/client';
import { type RunningServer, startServer } from '../support/start-server';

/** The whole server as `npm start` runs it: pages, sign-in and sockets on one port. */
const built = existsSync(new URL('../../dist/server.mjs', import.meta.url));

/** A browser's cookie jar and next-auth's way of signing in, without a browser. */
class Visitor {
  readonly jar = new Map<string, string>();
  constructor(readonly url: string) {}

  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async fetch(path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(this.url + path, {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      headers: { cookie: this.cookie, ...headers },
      redirect: 'manual',
    });
    for (const text of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(text)!;
      this.jar.set(name!, value!);
    }
    return response;
  }

  async signIn(passphrase: string, headers: Record<string, string> = {}): Promise<string> {
    const { csrfToken } = (await (await this.fetch('/api/auth/csrf')).json()) as { csrfToken: string };
    const form = { csrfToken, passphrase, name: 'Ms Frizzle', callbackUrl: '/host', json: 'true' };
    const answer = await this.fetch('/api/auth/callback/passphrase', form, headers);
    return ((await answer.json()) as { url: string }).url;
  }
}

describe.skipIf(!built)(`the pages' server${built ? '' : ' (SKIPPED: npm run build first)'}`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ pages: true });
  });
  afterAll(async () => {
    await server?.kill();
  });

  it('shows pages whose every script is its own, by nonce, and nothing from elsewhere', async () => {
    for (const path of ['/', '/sign-in', '/join/K7P4QX', '/host', '/nothing-here']) {
      const response = await fetch(server.url + path);
      const page = await response.text();
      const policy = response.headers.get('content-security-policy')!;
      const nonce = /'nonce-([^']+)'/.exec(policy)![1]!;
      const scripts = [...page.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      expect(scripts.length, path).toBeGreaterThan(0);
      for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
      expect(policy).not.toContain("script-src 'self' 'unsafe-inline'");
      const foreign = [...page.matchAll(/(?:src|href)="(https?:)?\/\/([^/"]+)/g)].map(([, , host]) => host);
      expect(
        foreign.filter((host) => !host!.startsWith('localhost')),
        path,
      ).toEqual([]);
    }
  });

  it('lets nobody open a class who does not know the passphrase', async () => {
    const stranger = new Visitor(server.url);
    expect(await stranger.signIn('wrong')).toContain('error=');
    expect(stranger.cookie).not.toContain('session-token');
    const client = await connect(server.url, { cookie: stranger.cookie });
    expect(await client.ask('class:open', { title: 'x' })).toMatchObject({ ok: false, code: 'forbidden' });
    client.close();
  });

  it('signs a host in, and the socket knows them by name', async () => {
    const host = new Visitor(server.url);
    expect(await host.signIn(server.passphrase)).toBe(`${server.url}/host`);
    const session = (await (await host.fetch('/api/auth/session')).json()) as { user: { name: string; id: string } };
    expect(session.user).toMatchObject({ name: 'Ms Frizzle', id: 'passphrase:host' });
    const client = await connect(server.url, { cookie: host.cookie, headers: { origin: server.url } });
    const { code } = await client.get('class:open', { title: 'Signed in' });
    expect(await client.get('seat:look', { code })).toMatchObject({ host: 'Ms Frizzle' });
    client.close();
  });

  it('stops listening to an address that guesses, whatever it claims to be', async () => {
    const guesser = new Visitor(server.url);
    for (let n = 0; n < 11; n++)
      await guesser.signIn(`guess ${n}`, { 'x-dockerland-address': `10.0.0.${n}`, 'x-forwarded-for': `10.0.0.${n}` });
    expect(await guesser.signIn(server.passphrase)).toContain('error=TooMany');
  });

  it('says goodbye, ends by itself and leaves nothing behind', async () => {
    const own = await startServer({ pages: true });
    const client = await connect(own.url);
    const code = await own.stop('SIGINT');
    await until(() => !client.socket.connected);
    expect(client.news('server:stopping')).toHaveLength(1);
    expect(code).toBe(0);
    expect(() => process.kill(own.pid, 0)).toThrow();
  });
});
