import type { IncomingHttpHeaders } from 'node:http';
import { getToken } from 'next-auth/jwt';

/** Who signed in: the id that owns classes, and a name to show. */
export interface Signed {
  readonly id: string;
  readonly name: string;
}

/**
 * Who is signed in by the Cookie header of a request or a socket's handshake. next-auth's own reader wants parsed cookies,
 * and behind https the cookie has another name.
 */
export async function signedIn(headers: IncomingHttpHeaders, secret: string): Promise<Signed | undefined> {
  const cookies = parseCookies(headers.cookie ?? '');
  for (const secureCookie of [false, true]) {
    const req = { cookies, headers: {} } as never;
    const token = await getToken({ req, secret, secureCookie });
    if (token?.sub) return { id: token.sub, name: token.name ?? 'Host' };
  }
  return undefined;
}

export function parseCookies(header: string): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null);
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    const name = pair.slice(0, equals).trim();
    cookies[name] ??= decoded(pair.slice(equals + 1).trim());
  }
  return cookies;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * Whether a handshake comes from a page of this very site. A browser sends cookies along with a socket that any other page
 * opens, so a foreign Origin must not be served; programs that are no browsers send none.
 */
export function ownOrigin(headers: IncomingHttpHeaders): boolean {
  if (!headers.origin) return true;
  try {
    const host = new URL(headers.origin).host;
    return host === headers.host || host === headers['x-forwarded-host'];
  } catch {
    return false;
  }
}
