import type { IncomingMessage } from 'node:http';

const name = /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i;

/**
 * What keeps a student's page away from the class. The frame's own `sandbox` and this policy each suffice: the page has an
 * origin that equals no other, so it can read nothing of ours (cookies, storage, the page around it); it may load and reach only
 * what lies below its own prefix; it is shown in a frame of ours or not at all, so that nobody takes it for us.
 */
export function isolation(request: IncomingMessage, prefix: string): Readonly<Record<string, string>> {
  const own = hosts(request)
    .map((host) => `${host}${prefix}/`)
    .join(' ');
  const policy = [
    'sandbox allow-scripts allow-forms',
    `default-src ${own} 'unsafe-inline' 'unsafe-eval' data: blob:`,
    `connect-src ${own}`,
    `form-action ${own}`,
    `base-uri ${own}`,
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'self'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), clipboard-read=()',
    // Its own scripts' requests come from the origin `null`, as those of any sandboxed frame: the token is what lets them in.
    'Access-Control-Allow-Origin': 'null',
  };
}

/** The address that the browser knows us by; behind a proxy that changes it, also the one it came with. */
function hosts({ headers }: IncomingMessage): readonly string[] {
  return [...new Set([headers.host, headers['x-forwarded-host']])].filter(
    (host): host is string => typeof host === 'string' && name.test(host),
  );
}

/** Shown by itself a page could pretend to be ours. (Browsers say so only to servers that they trust: https, or localhost.) */
export function isAlone({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-dest'] === 'document';
}
