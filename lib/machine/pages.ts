/**
 * What a container serves, fetched as a browser on the student's computer would: a connection to a port of the host, one HTTP
 * request, one answer. Only this computer's own ports can be reached.
 */
import type { Clock } from '../clock';
import { refused } from '../errors';
import { FsError } from '../fs';
import type { Network } from '../process';

export interface PageRequest {
  readonly port: number;
  readonly method: string;
  /** With the query: `/index.html?x=1`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Latin-1 text: one character, one byte. */
  readonly body: string;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const longestAnswer = 8 * 1024 * 1024;

/** Milliseconds that a program has to answer. */
const patience = 15_000;

/** @throws Failure `unavailable` when nothing answers, not in time, or not in HTTP; `exhausted` when it is too much. */
export async function fetchPage(network: Network, clock: Clock, request: PageRequest): Promise<PageAnswer> {
  try {
    return parseAnswer(await exchange(network, clock, request));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw refused('page.silent', { port: request.port, errno: error.errno });
  }
}

async function exchange(network: Network, clock: Clock, request: PageRequest): Promise<Uint8Array> {
  const connection = await network.connect('127.0.0.1', request.port);
  const answered = new AbortController();
  const late = clock.sleep(patience, answered.signal).then(() => {
    if (!answered.signal.aborted) throw refused('page.slow', { port: request.port, seconds: patience / 1000 });
  });
  const read = async () => {
    await connection.write(encode(requestText(request)));
    return readAll(() => connection.read());
  };
  try {
    return (await Promise.race([read(), late])) as Uint8Array;
  } finally {
    answered.abort();
    late.catch(() => {});
    connection.close();
  }
}

function requestText({ port, method, path, headers, body }: PageRequest): string {
  const own = {
    Host: `localhost:${port}`,
    Connection: 'close',
    ...(body && { 'Content-Length': String(body.length) }),
  };
  const lines = Object.entries({ ...headers, ...own }).map(([name, value]) => `${clean(name)}: ${clean(value)}`);
  return `${clean(method)} ${clean(path)} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

const clean = (text: string) => text.replace(/[\r\n]/g, ' ');

/** Latin-1, so that a body passes as it is. */
function encode(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);
}

async function readAll(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await read(); part.length > 0; part = await read()) {
    parts.push(part);
    size += part.length;
    if (size > longestAnswer) throw refused('page.large');
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function parseAnswer(bytes: Uint8Array): PageAnswer {
  const end = headEnd(bytes);
  if (end < 0) throw refused('page.notHttp');
  const [first = '', ...lines] = new TextDecoder('latin1').decode(bytes.subarray(0, end)).split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
  if (!status) throw refused('page.notHttp');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = bytes.subarray(end + 4);
  return { status, headers, body: headers['transfer-encoding'] === 'chunked' ? unchunked(body) : body };
}

function headEnd(bytes: Uint8Array): number {
  for (let at = 0; at + 3 < bytes.length; at++)
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at;
  return -1;
}

/** RFC 9112, section 7.1. */
function unchunked(bytes: Uint8Array): Uint8Array {
  const parts: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const line = bytes.indexOf(13, at);
    const size = Number.parseInt(new TextDecoder().decode(bytes.subarray(at, line)), 16);
    if (!(size > 0)) break;
    for (let i = line + 2; i < line + 2 + size; i++) parts.push(bytes[i] ?? 0);
    at = line + 2 + size + 2;
  }
  return Uint8Array.from(parts);
}
