import type { IncomingMessage, ServerResponse } from 'node:http';
import { Failure, type FailureCode, refused } from '../../lib/errors';
import { refusal } from '../gateway';

const statuses: Partial<Record<FailureCode, number>> = {
  'not-found': 404,
  invalid: 400,
  conflict: 409,
  forbidden: 403,
  unsupported: 415,
  exhausted: 413,
  unavailable: 503,
};

export function answerJson(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ ok: true, ...body }));
}

/**
 * The same refusals as on the socket, with a status besides. A browser hears the answer only when it has sent everything: what
 * still comes of a body is read and thrown away.
 */
export function answerFailure(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.destroyed || (request.destroyed && !request.complete)) return;
  const said = refusal(error, 'an archive');
  if (response.headersSent) return void response.destroy();
  const known = error instanceof Failure ? statuses[error.code] : undefined;
  response.writeHead(known ?? 500, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify(said));
  request.resume();
}

const mostBody = 64 * 1024;

/** A small JSON body; undefined when it is none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBody) throw refused('request.long');
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    return undefined;
  }
}
