import { encode } from 'next-auth/jwt';
import { io, type Socket } from 'socket.io-client';
import type { Announcements, Answer, RequestBody, RequestType } from '../../lib/protocol';
import { protocolVersion } from '../../lib/protocol';

/** A browser's side of the wire, without a browser. */
export class Client {
  /** Everything that was announced to this socket, in order. */
  readonly heard: { readonly type: string; readonly news: unknown }[] = [];
  constructor(readonly socket: Socket) {
    socket.onAny((type: string, news: unknown) => this.heard.push({ type, news }));
  }

  /** As `ask`, of anything at all. Undefined: no answer within `ms`. */
  async say(type: string, body: unknown, ms = 20_000): Promise<unknown> {
    return this.socket
      .timeout(ms)
      .emitWithAck(type, body)
      .catch(() => undefined);
  }

  async ask<T extends RequestType>(type: T, body: RequestBody<T>): Promise<Answer<T>> {
    return (await this.socket.timeout(60_000).emitWithAck(type, body)) as Answer<T>;
  }

  /** As `ask`, for an answer that must be good. */
  async get<T extends RequestType>(type: T, body: RequestBody<T>): Promise<Extract<Answer<T>, { ok: true }>> {
    const answer = await this.ask(type, body);
    if (!answer.ok) throw new Error(`${type}: ${answer.code}: ${answer.message}`);
    return answer as Extract<Answer<T>, { ok: true }>;
  }

  news<E extends keyof Announcements>(type: E): Parameters<Announcements[E]>[0][] {
    return this.heard.filter((one) => one.type === type).map((one) => one.news as Parameters<Announcements[E]>[0]);
  }

  close(): void {
    this.socket.disconnect();
  }
}

export interface ConnectOptions {
  readonly token?: string;
  /** The Cookie header. */
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly auth?: unknown;
  readonly reconnection?: boolean;
}

/** Rejects with socket.io's connect error (its `data.code` tells why). */
export function connect(url: string, options: ConnectOptions = {}): Promise<Client> {
  const { token, cookie, reconnection = false } = options;
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection,
    auth: (options.auth as object) ?? { version: protocolVersion, ...(token !== undefined && { token }) },
    extraHeaders: { ...(cookie && { cookie }), ...options.headers },
  });
  return new Promise((resolve, reject) => {
    const client = new Client(socket);
    socket.once('connect', () => resolve(client));
    socket.once('connect_error', (error) => {
      if (reconnection) return;
      socket.disconnect();
      reject(error);
    });
  });
}

/** The cookie of a signed-in host, as next-auth would have set it. */
export async function hostCookie(secret: string, id = 'passphrase:host', name = 'Ms Host'): Promise<string> {
  return `next-auth.session-token=${await encode({ token: { sub: id, name }, secret })}`;
}

/** Waits until `found` is truthy, looking now and then; it is the test's time limit that ends it. */
export async function until<T>(found: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const value = await found();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
