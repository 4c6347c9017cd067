import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Every answer says that nothing may be loaded from anywhere else: a class works without the internet, and what students
 * write is only ever text. The one inline script that runs carries the nonce of its own answer; Next finds it in the
 * request's header of the same name and puts it on its own. (next/docs: content-security-policy)
 */
export function secure(request: IncomingMessage, response: ServerResponse, dev: boolean): void {
  const host = /^[\w.:[\]-]+$/.test(request.headers.host ?? '') ? request.headers.host : undefined;
  const policy = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${randomBytes(16).toString('base64')}'${dev ? " 'unsafe-eval'" : ''}`,
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'connect-src': host ? `'self' ws://${host} wss://${host}` : "'self'",
    'worker-src': "'self' blob:",
    // Students' pages (server/pages), which may not lead their frame anywhere else.
    'frame-src': host ? `${host}/page/` : "'none'",
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'self'",
  };
  const text = Object.entries(policy).map(([name, value]) => `${name} ${value}`);
  request.headers['content-security-policy'] = text.join('; ');
  response.setHeader('Content-Security-Policy', text.join('; '));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'SAMEORIGIN');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
}
