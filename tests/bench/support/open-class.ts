import { type Client, connect, hostCookie } from '../../support/client';

export interface BenchClass {
  readonly host: Client;
  /** The host's Cookie header. */
  readonly cookie: string;
  readonly code: string;
}

const usual = 'FROM busybox\nCOPY motd /etc/motd\nCMD ["sh"]\n';

/** A class that has published `motd:1.0`, and its host. */
export async function openClass(server: { url: string; secret: string }, dockerfile = usual): Promise<BenchClass> {
  const cookie = await hostCookie(server.secret);
  const host = await connect(server.url, { cookie });
  const { code } = await host.get('class:open', { title: 'Images never change' });
  const files = [{ path: 'motd', text: 'welcome\n' }];
  await host.get('image:build', { code, reference: 'motd:1.0', dockerfile, files });
  await host.get('image:publish', { code, reference: 'motd:1.0' });
  return { host, cookie, code };
}
