import type { IncomingMessage, ServerResponse } from 'node:http';
import { mayOpenPages } from '../../lib/classroom';
import { Failure, refused } from '../../lib/errors';
import type { PageAnswer, PageRequest } from '../../lib/machine';
import type { Tokens } from '../auth';
import { type Classes, machineOf } from '../classes';
import { Bucket, settled } from '../gateway';
import type { Machines } from '../machines';
import { insideLocation, type PageAddress, parseAddress } from './address';
import { isAlone, isolation } from './isolation';
import { languageOf, notice } from './notice';
import { rewritten } from './rewrite';

export interface PagesOptions {
  readonly classes: Classes;
  readonly machines: Machines;
  readonly tokens: Tokens;
}

/** What a browser tells a container. No cookie, no sign-in, nothing that names the person. */
const passedOn = ['accept', 'accept-language', 'content-type', 'user-agent', 'x-requested-with'];
/** What a container tells a browser. Everything else stays here: cookies, policies, sign-in questions, caching. */
const passedBack = ['content-type', 'content-language'];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const longestBody = 1024 * 1024;

/**
 * The route of students' pages: an address with a signed right in it → the right looked up in the class as it is now → one
 * request to that computer's own port → the answer, stripped and shut in. True: the request was one of these.
 */
export function openPages(options: PagesOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const turnstile = new Turnstile();
  return (request, response) => {
    if (!request.url?.startsWith('/page/')) return false;
    void serve(request, response, options, turnstile).catch((error: unknown) => {
      console.error('a page:', error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
    return true;
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, options: PagesOptions, turnstile: Turnstile) {
  const language = languageOf(request);
  // Nobody after this reads it, whatever a browser may have sent along.
  delete request.headers.cookie;
  const address = parseAddress(request.url!);
  for (const [name, value] of Object.entries(isolation(request, address?.prefix ?? '/page/none')))
    response.setHeader(name, value);
  try {
    if (!address) throw refused('page.none');
    if (isAlone(request)) throw refused('page.alone');
    if (request.method === 'OPTIONS') return preflight(response);
    const machine = await machineFor(address, options);
    if (address.path === '') return redirect(response, `${address.prefix}/`);
    turnstile.pass(machine);
    await relay(request, response, address, machine, options.machines);
  } catch (error) {
    notice(response, error, language);
  }
}

/** The computer that this address gives a right to, now. */
async function machineFor({ token }: PageAddress, { tokens, classes }: PagesOptions): Promise<string> {
  const right = tokens.readPage(token);
  if (!right) throw refused('page.old');
  const state = await classes.state(right.classId);
  if (!state || !mayOpenPages(state, right.reader, right.owner)) throw refused('page.closed');
  return machineOf(right.classId, right.owner);
}

async function relay(
  request: IncomingMessage,
  response: ServerResponse,
  address: PageAddress,
  machine: string,
  machines: Machines,
): Promise<void> {
  const method = request.method ?? 'GET';
  if (!methods.includes(method)) throw refused('page.method', { method });
  const headers = Object.fromEntries(
    passedOn.flatMap((name) => (typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [])),
  ) as Record<string, string>;
  const body = await bodyOf(request);
  const { page } = await fetched(machines, machine, { port: address.port, method, path: address.path, headers, body });
  if (!page) throw new Failure('internal', 'a page was asked for and none was answered');
  answer(response, page, address, method);
}

/** A container that was started just now may not listen yet: what only looks is asked again for a moment. */
async function fetched(machines: Machines, machine: string, request: PageRequest) {
  for (let tries = 1; ; tries++) {
    const outcome = await machines.beside(machine, { type: 'page:fetch', request });
    const early = !outcome.ok && outcome.detail?.errno === 'ECONNREFUSED' && ['GET', 'HEAD'].includes(request.method);
    if (!early || tries >= 8) return settled(outcome);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function answer(response: ServerResponse, page: PageAnswer, address: PageAddress, method: string): void {
  const { location } = page.headers;
  if (location !== undefined && page.status >= 300 && page.status < 400) {
    const inside = insideLocation(location, address);
    if (!inside) throw refused('page.elsewhere', { location });
    response.setHeader('Location', inside);
  }
  for (const name of passedBack) if (page.headers[name]) response.setHeader(name, page.headers[name]);
  const body = rewritten(page.body, page.headers['content-type'] ?? '', address.prefix);
  const bare = method === 'HEAD' || page.status < 200 || page.status === 204 || page.status === 304;
  response.writeHead(page.status < 200 ? 502 : page.status, bare ? {} : { 'Content-Length': body.length });
  response.end(bare ? undefined : body);
}

function preflight(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', methods.join(', '));
  response.setHeader('Access-Control-Allow-Headers', passedOn.join(', '));
  response.writeHead(204).end();
}

const redirect = (response: ServerResponse, to: string) => void response.writeHead(308, { Location: to }).end();

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > longestBody) throw refused('page.body');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('latin1');
}

/** How much one computer's pages may ask for: a page with many pictures passes, one that asks in a loop waits. */
class Turnstile {
  readonly #buckets = new Map<string, Bucket>();

  pass(machine: string): void {
    const bucket = this.#buckets.get(machine) ?? new Bucket(120, 30);
    if (this.#buckets.size > 5000) this.#buckets.clear();
    this.#buckets.set(machine, bucket);
    const retryMs = bucket.take(1);
    if (retryMs) throw refused('page.often', { retryMs });
  }
}
