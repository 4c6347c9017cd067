import { io, type Socket } from 'socket.io-client';
import type { RefusalId } from '../../lib/errors';
import type { Worded } from '../../lib/errors/wording';
import type { Announcements, Answer, Refusal, RequestBody, Requests, RequestType } from '../../lib/protocol';
import { newKey } from './keep';
import { Store } from './store';

/** Must equal lib/protocol's protocolVersion (a test compares): importing that room's door would bring all its schemas. */
export const version = 1;

export type Line =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly since: number }
  | { readonly kind: 'restarting'; readonly since: number }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * What is not asked again by itself when the line breaks before its answer: streams are watched anew with each line, and typing
 * is numbered. Everything else goes out with a key, by which the server does it once however often it comes.
 */
export const notAgain: ReadonlySet<RequestType> = new Set([
  'class:watch',
  'board:watch',
  'machine:watch',
  'screen:watch',
  'terminal:type',
  'editor:draft',
]);

/** Between two tries to follow a stream, where the server does not say. */
const watchAgainMs = 1000;

/** Milliseconds that an answer may take; a build takes its time, and so does a layer of many megabytes. */
const patience = (type: RequestType) =>
  type === 'image:build' || type === 'image:publish' || type === 'content:get' ? 90_000 : 12_000;

/**
 * One connection to the server: questions with their answers, and what it says unasked. It connects again by itself for as
 * long as the page lives; whoever watches a stream asks again on each `onOnline`.
 */
export class Wire {
  readonly line = new Store<Line>({ kind: 'connecting' });
  readonly #socket: Socket<Announcements, Requests>;
  readonly #online = new Set<() => void>();
  readonly #unsure = new Unsure();

  /** A refusal in the reader's language. Set by the page; a wire without a page speaks as the server does. */
  inWords: (refusal: Worded) => string = ({ message }) => message;
  #token: string | undefined;
  #open = false;

  /** `token`: a seat's or a link's, by which the server knows this page. */
  constructor(token?: string) {
    this.#token = token;
    this.#socket = io({
      auth: (give) => give({ version, ...(this.#token && { token: this.#token }) }),
      transports: ['websocket', 'polling'],
      reconnectionDelayMax: 3000,
      autoConnect: false,
    });
    this.#socket.on('connect', () => this.#connected());
    this.#socket.on('disconnect', () => this.#lost());
    this.#socket.on('connect_error', (error: Error & { data?: { code?: string } }) => this.#failed(error));
    this.#socket.on('server:stopping', () => this.line.set({ kind: 'restarting', since: Date.now() }));
  }

  get token(): string | undefined {
    return this.#token;
  }

  /** A seat was taken over this line: whenever it comes back it is that seat's. */
  become(token: string): void {
    this.#token = token;
  }

  open(): void {
    this.#open = true;
    this.#socket.connect();
    window.addEventListener('online', this.#wake);
    window.addEventListener('offline', this.#cut);
    document.addEventListener('visibilitychange', this.#wake);
  }

  close(): void {
    this.#open = false;
    window.removeEventListener('online', this.#wake);
    window.removeEventListener('offline', this.#cut);
    document.removeEventListener('visibilitychange', this.#wake);
    this.#socket.disconnect();
  }

  /** Asks and waits: while the line is down, for it to come back. Never rejects. A refusal is in the reader's words. */
  async ask<T extends RequestType>(type: T, body: RequestBody<T>): Promise<Answer<T>> {
    if (notAgain.has(type))
      return this.worded((await this.#ask<T>(type, body, patience(type))) ?? ownRefusal('server.silent'));
    const words = JSON.stringify(body);
    const key = this.#unsure.key(type, words);
    const until = Date.now() + patience(type);
    for (let left = patience(type); left > 0; left = until - Date.now()) {
      const answer = await this.#ask<T>(type, { key, ...body }, left);
      if (!answer) continue;
      if (answer.ok || answer.code !== 'unavailable') this.#unsure.settled(type);
      return this.worded(answer);
    }
    return this.worded(ownRefusal('server.silent'));
  }

  /**
   * Asks for a stream, again while the answer is “not now” on a line that stands: nobody else would ask again. When the line is
   * down, the next one asks.
   */
  async watch<T extends RequestType>(type: T, body: RequestBody<T>): Promise<Answer<T>> {
    for (;;) {
      const answer = await this.ask(type, body);
      if (answer.ok || answer.code !== 'unavailable' || this.line.get().kind !== 'online') return answer;
      const wait = Number(answer.detail?.retryMs ?? watchAgainMs);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  /** Undefined: no answer came in time, or the line broke before it. */
  async #ask<T extends RequestType>(type: T, body: object, ms: number): Promise<Answer<T> | undefined> {
    try {
      const socket = this.#socket.timeout(ms) as unknown as Asking;
      const answer = await socket.emitWithAck(type, body);
      return isAnswer(answer) ? (answer as Answer<T>) : (ownRefusal('server.strange') as Answer<T>);
    } catch {
      return undefined;
    }
  }

  /** The same answer; a refusal in the reader's words. */
  worded<T extends object>(answer: T | Refusal): T | Refusal {
    return isRefusal(answer) ? { ...answer, message: this.inWords(answer) } : answer;
  }

  on<E extends keyof Announcements>(event: E, listener: Announcements[E]): void {
    this.#socket.on(event, listener as never);
  }

  /** Each time the line is up, the first time too. */
  onOnline(listener: () => void): void {
    this.#online.add(listener);
    if (this.line.get().kind === 'online') listener();
  }

  #connected(): void {
    this.line.set({ kind: 'online' });
    for (const listener of this.#online) listener();
  }

  #lost(): void {
    if (this.line.get().kind === 'online') this.line.set({ kind: 'offline', since: Date.now() });
    // The server ended this socket on purpose: socket.io leaves coming back to us.
    if (this.#open && !this.#socket.active) setTimeout(() => this.#open && this.#socket.connect(), 1000);
  }

  #failed(error: Error & { data?: { code?: string } }): void {
    const code = error.data?.code;
    if (code === 'version') reloadOnce();
    else if (code) {
      this.#socket.disconnect();
      this.line.set({ kind: 'refused', message: error.message });
    } else if (this.line.get().kind === 'connecting') this.line.set({ kind: 'offline', since: Date.now() });
  }

  /** The browser has no network: the line is down now, not when the next ping is missed. */
  #cut = (): void => {
    this.#socket.io.engine?.close();
  };

  /** After sleep, or with the network back, there is no reason to wait for the next try. */
  #wake = (): void => {
    if (document.visibilityState === 'visible' && !this.#socket.connected && this.line.get().kind !== 'refused')
      this.#socket.connect();
  };
}

/**
 * Keys of what may or may not have been done: who gets no answer and asks the same again in the same words makes the same
 * request. It is another one as soon as something else was said of the same matter (a hand that was lowered since is raised
 * anew).
 */
class Unsure {
  /** By matter (`hand`) and words. */
  readonly #keys = new Map<string, Map<string, string>>();

  key(type: RequestType, words: string): string {
    const said = `${type} ${words}`;
    const known = this.#keys.get(matter(type)) ?? new Map<string, string>();
    this.#keys.set(matter(type), known);
    const key = known.get(said) ?? newKey();
    known.set(said, key);
    return key;
  }

  settled(type: RequestType): void {
    this.#keys.delete(matter(type));
  }
}

const matter = (type: RequestType) => type.slice(0, type.indexOf(':'));

/** An old page meets a new server: load the new page, but not for ever. */
function reloadOnce(): void {
  const last = Number(sessionStorage.getItem('reloaded') ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem('reloaded', String(Date.now()));
  location.reload();
}

interface Asking {
  emitWithAck(type: string, body: unknown): Promise<unknown>;
}

function isAnswer(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && typeof (answer as { ok?: unknown }).ok === 'boolean';
}

const isRefusal = (answer: object): answer is Refusal => (answer as { ok?: unknown }).ok === false;

/** What the page itself says when the server says nothing that it understands. */
export function ownRefusal(reason: Extract<RefusalId, `server.${string}`>): Refusal {
  return {
    ok: false,
    code: reason === 'server.silent' ? 'unavailable' : 'internal',
    message: reason,
    detail: { reason },
  };
}
