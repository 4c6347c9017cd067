/**
 * A process that answers on a port until a signal ends it. Connections are served side by side in the one process, as an
 * event-driven server does; each handler waits in the way of the process, so a signal reaches it.
 */
import { FsError } from '../../fs';
import type { Connection, Listener } from '../../process';
import { type HttpRequest, Incoming, readRequest, reasonOf, writeMessage } from '../http';
import type { Run } from '../run';
import { encode } from '../text';

export interface Reply {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array | string;
}

export interface Exchange {
  readonly request: HttpRequest;
  readonly remote: string;
  readonly remotePort: number;
  readonly port: number;
}

/** Accepts until the listener closes. What a handler throws ends its connection only. */
export async function acceptLoop(
  run: Run,
  listener: Listener,
  handle: (connection: Connection) => Promise<void>,
): Promise<void> {
  for (;;) {
    const connection = await run.process.until(listener.accept());
    void handle(connection)
      .catch(() => undefined)
      .finally(() => connection.close());
  }
}

export interface HttpService {
  /** The `Server` header; without it none is sent. */
  readonly name?: string;
  /** Every answer ends its connection. */
  readonly closes?: boolean;
  answer(exchange: Exchange): Promise<Reply> | Reply;
  /** After an answer was sent: a line in the log. */
  log?(exchange: Exchange, reply: Reply, size: number): Promise<void>;
}

export function httpConnection(
  run: Run,
  service: HttpService,
  port: number,
): (connection: Connection) => Promise<void> {
  return async (connection) => {
    const incoming = new Incoming(connection, (promise) => run.process.until(promise));
    for (;;) {
      const request = await readRequest(incoming);
      if (request === undefined) return;
      if (request === 'bad')
        return void (await connection.write(
          writeMessage('HTTP/1.1 400 Bad Request', [['Connection', 'close']], new Uint8Array(0)),
        ));
      const exchange = {
        request,
        remote: connection.remote.address,
        remotePort: connection.remote.port,
        port,
      };
      const reply = await service.answer(exchange);
      const body = typeof reply.body === 'string' ? encode(reply.body) : (reply.body ?? new Uint8Array(0));
      const last =
        service.closes || request.headers.get('connection')?.toLowerCase() === 'close' || request.version === '1.0';
      const headers: (readonly [string, string])[] = [
        ...(service.name === undefined ? [] : [['Server', service.name] as const]),
        ['Date', httpDate(run.now())],
        ...(reply.headers ?? []),
        ['Content-Length', String(body.length)],
        ['Connection', last ? 'close' : 'keep-alive'],
      ];
      const sent = request.method === 'HEAD' ? new Uint8Array(0) : body;
      await run.process.until(
        connection.write(writeMessage(`HTTP/1.1 ${reply.status} ${reasonOf(reply.status)}`, headers, sent)),
      );
      await service.log?.(exchange, reply, sent.length);
      if (last) return;
    }
  };
}

export function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}

/** A file below a root, by its decoded path; a folder when it ends there; undefined when it is not there. */
export function findFile(
  run: Run,
  root: string,
  target: string,
): { path: string; kind: 'file' | 'directory' } | 'forbidden' | undefined {
  const path = `${root}/${safePath(target)}`.replace(/\/{2,}/g, '/');
  try {
    const { kind } = run.fs.stat(path);
    if (kind !== 'file' && kind !== 'directory') return 'forbidden';
    run.fs.access(path, kind === 'file' ? 4 : 1);
    return { path, kind };
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return error.errno === 'EACCES' ? 'forbidden' : undefined;
  }
}

/** The path of a request without its query, decoded, and never above the root. */
export function safePath(target: string): string {
  const raw = target.replace(/[?#].*$/, '');
  let decoded = raw;
  try {
    decoded = decodeURIComponent(raw);
  } catch {
    // A stray percent sign stands for itself.
  }
  const parts: string[] = [];
  for (const part of decoded.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.' && !part.includes('\0')) parts.push(part);
  }
  return parts.join('/') + (decoded.endsWith('/') && parts.length > 0 ? '/' : '');
}

/** The common log line: who, when, what, and how it ended. */
export function commonLog(
  { request, remote }: Exchange,
  status: number,
  size: number,
  time: string,
  quoted: 'combined' | 'common',
): string {
  const line = `${remote} - - [${time}] "${request.method} ${request.target} HTTP/${request.version}" ${status} ${size}`;
  if (quoted === 'common') return `${line}\n`;
  return `${line} "${request.headers.get('referer') ?? '-'}" "${request.headers.get('user-agent') ?? '-'}"`;
}
