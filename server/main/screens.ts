import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Config } from '../config';

export type Screens = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The pages. Next 16 puts its own `upgrade` listener on whatever server it is given, and would answer socket.io's sockets
 * too: it is given a bare emitter instead, which hears of the upgrades that are its own (hot reload, in development).
 */
export async function openScreens(http: Server, screens: Config['screens'], dir: string): Promise<Screens> {
  const dev = screens === 'dev';
  const bus = new EventEmitter();
  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith('/socket.io/')) return;
    if (dev) bus.emit('upgrade', request, socket, head);
    else socket.destroy();
  });
  if (screens === 'none') return (_, response) => void response.writeHead(404).end('This server has no pages.');
  // Imported late: Next looks at the environment when it is loaded.
  const { default: next } = await import('next');
  const app = next({ dev, dir, httpServer: bus as unknown as Server });
  await app.prepare();
  const handle = app.getRequestHandler();
  return (request, response) => void handle(request, response);
}
