/** One page fetched over HTTP, as wget and curl do it; what went wrong is a `FetchFault`, which each says in its own words. */
import { type Errno, FsError } from '../../../fs';
import type { Connection } from '../../../process';
import { addressOf } from '../../address';
import { type HttpResponse, Incoming, parseUrl, readResponse, type Url, writeMessage } from '../../http';
import type { Run } from '../../run';

type Header = readonly [name: string, value: string];

export interface PageRequest {
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface Fetched extends HttpResponse {
  /** The request's head, as `curl -v` shows it. */
  readonly sent: string;
}

export class FetchFault extends Error {
  constructor(
    readonly kind: 'name' | 'connect' | 'https' | 'empty',
    readonly host: string,
    readonly port: number,
    readonly errno: Errno = 'ECONNREFUSED',
  ) {
    super(kind);
  }
}

/** For both: there is nobody to speak TLS with. */
export const noHttps = 'https is not simulated: only plain http between the containers of this computer';

/** `Name: value`, as given on a command line. */
export function headerOf(line: string): Header {
  return [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()];
}

/** The file that a page is kept in when none is named. */
export function nameFor(path: string): string {
  const name = path
    .replace(/[?#].*$/, '')
    .split('/')
    .pop();
  return name || 'index.html';
}

/** Follows redirections as both programs do: at most so many. */
export async function fetchFollowing(
  run: Run,
  start: string,
  request: PageRequest,
  most: number,
): Promise<{ page: Fetched; url: string }> {
  let url = start;
  for (let hops = 0; ; hops++) {
    const page = await fetchPage(run, url, request);
    const location = page.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (page.status < 300 || page.status >= 400 || location === undefined || hops >= most) return { page, url };
    url = relativeTo(parseUrl(url)!, location);
  }
}

function relativeTo({ scheme, host, port }: Url, location: string): string {
  if (/^[a-z]+:\/\//i.test(location)) return location;
  return `${scheme}://${host}:${port}${location.startsWith('/') ? '' : '/'}${location}`;
}

async function fetchPage(run: Run, text: string, request: PageRequest): Promise<Fetched> {
  const url = parseUrl(text);
  if (!url) throw new FetchFault('name', text, 0);
  const connection = await connect(run, url);
  try {
    const host = url.port === 80 ? url.host : `${url.host}:${url.port}`;
    const headers: Header[] = [['Host', host], ...request.headers];
    if (request.body.length > 0) headers.push(['Content-Length', String(request.body.length)]);
    const first = `${request.method} ${url.path} HTTP/1.1`;
    await run.process.until(connection.write(writeMessage(first, headers, request.body)));
    const incoming = new Incoming(connection, (promise) => run.process.until(promise));
    const response = await readResponse(incoming, request.method);
    if (!response) throw new FetchFault('empty', url.host, url.port);
    return { ...response, sent: `> ${first}\n${headers.map(([name, value]) => `> ${name}: ${value}\n`).join('')}> \n` };
  } finally {
    connection.close();
  }
}

async function connect(run: Run, { scheme, host, port }: Url): Promise<Connection> {
  const { network } = run.process.system;
  const address = host === 'localhost' ? '127.0.0.1' : addressOf(network, host);
  if (address === undefined) throw new FetchFault('name', host, port);
  if (scheme === 'https') throw new FetchFault('https', host, port);
  try {
    return await run.process.until(network.connect(address, port));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw new FetchFault('connect', host, port, error.errno);
  }
}
