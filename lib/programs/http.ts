/** HTTP/1.1 over a Connection: what wget and curl send, and what servers answer. (RFC 9112, the part a class meets) */
import type { Connection } from '../process';
import { concat, decode, encode, latin1 } from './text';

export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

const messageLimit = 32 * 1024 * 1024;

/** Bytes of a connection with a memory: reads up to a blank line, then as many as wanted. */
export class Incoming {
  #held: Uint8Array = new Uint8Array(0);
  #ended = false;

  constructor(
    readonly connection: Connection,
    /** Waits for a promise in the way of the process that reads. */
    readonly until: <T>(promise: Promise<T>) => Promise<T>,
  ) {}

  async #more(): Promise<boolean> {
    if (this.#ended || this.#held.length > messageLimit) return false;
    const bytes = await this.until(this.connection.read());
    if (bytes.length === 0) this.#ended = true;
    else this.#held = this.#held.length === 0 ? bytes : concat([this.#held, bytes]);
    return !this.#ended;
  }

  /** The lines of a message's head; undefined when the other side has hung up. */
  async head(): Promise<string[] | undefined> {
    for (;;) {
      const text = latin1(this.#held.subarray(0, 65536));
      const end = /\r?\n\r?\n/.exec(text);
      if (end) {
        this.#held = this.#held.subarray(end.index + end[0].length);
        return decode(Uint8Array.from(text.slice(0, end.index), (character) => character.charCodeAt(0))).split(/\r?\n/);
      }
      if (!(await this.#more())) return undefined;
    }
  }

  async take(length: number): Promise<Uint8Array> {
    while (this.#held.length < length && (await this.#more()));
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  async rest(): Promise<Uint8Array> {
    while (await this.#more());
    return this.take(this.#held.length);
  }

  async chunked(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const size = Number.parseInt(await this.#line(), 16);
      if (!(size > 0)) break;
      parts.push(await this.take(size));
      await this.#line();
    }
    return concat(parts.length > 0 ? parts : [new Uint8Array(0)]);
  }

  async #line(): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf(10);
      if (at >= 0) return decode(await this.take(at + 1)).trim();
      if (!(await this.#more())) return '';
    }
  }
}

function headersOf(lines: readonly string[]): [string, string][] {
  return lines.flatMap((line): [string, string][] => {
    const at = line.indexOf(':');
    return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
  });
}

export async function readRequest(incoming: Incoming): Promise<HttpRequest | 'bad' | undefined> {
  const lines = await incoming.head();
  if (!lines) return undefined;
  const [, method, target, version = '0.9'] = /^([A-Z]+) (\S+)(?: HTTP\/(\d\.\d))?$/.exec(lines[0] ?? '') ?? [];
  if (!method || !target) return 'bad';
  const headers = new Map(headersOf(lines.slice(1)).map(([name, value]) => [name.toLowerCase(), value]));
  const length = Number(headers.get('content-length') ?? 0);
  const body =
    headers.get('transfer-encoding') === 'chunked'
      ? await incoming.chunked()
      : await incoming.take(Math.min(length, messageLimit));
  return { method, target, version, headers, body };
}

export async function readResponse(incoming: Incoming, method: string): Promise<HttpResponse | undefined> {
  const lines = await incoming.head();
  const [, version = '', status, reason = ''] = /^HTTP\/(\d\.\d) (\d{3}) ?(.*)$/.exec(lines?.[0] ?? '') ?? [];
  if (!lines || !status) return undefined;
  const headers = headersOf(lines.slice(1));
  const header = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const length = header('content-length');
  const empty = method === 'HEAD' || status === '204' || status === '304';
  const body = empty
    ? new Uint8Array(0)
    : header('transfer-encoding') === 'chunked'
      ? await incoming.chunked()
      : length === undefined
        ? await incoming.rest()
        : await incoming.take(Number(length));
  return { version, status: Number(status), reason, headers, body };
}

export function writeMessage(
  first: string,
  headers: readonly (readonly [string, string])[],
  body: Uint8Array,
): Uint8Array {
  return concat([encode(`${first}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`), body]);
}

export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** `host:8080/path`, `http://host/`: undefined when it is no http address. */
export function parseUrl(text: string): Url | undefined {
  const [, scheme = 'http', host = '', port, path = ''] =
    /^(?:([a-z]+):\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?([/?][^#]*)?/i.exec(text) ?? [];
  if (!host) return undefined;
  return {
    scheme: scheme.toLowerCase(),
    host,
    port: port ? Number(port) : scheme === 'https' ? 443 : 80,
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

export const reasonOf = (status: number): string => reasons[status] ?? 'OK';

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  mjs: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  ico: 'image/x-icon',
  webp: 'image/webp',
  pdf: 'application/pdf',
  md: 'text/markdown',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
  csv: 'text/csv',
};

/** The type that a name's ending stands for. */
export function typeOf(path: string): string | undefined {
  return types[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
}
