import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Chance } from '../../lib/clock';
import { openArchives } from '../archives';
import { addressHeader, authOptions, makeTokens, signedIn } from '../auth';
import { Classes } from '../classes';
import type { Config } from '../config';
import { Contents, openGateway } from '../gateway';
import { Machines, type MachinesOptions } from '../machines';
import { openPages } from '../pages';
import { openEmbedded, openRedis, type Store } from '../store';
import { openCluster } from './cluster';
import { secure } from './headers';
import { openScreens, type Screens } from './screens';

const longestRequest = 3600_000;
const chance: Chance = { bytes: (count) => new Uint8Array(randomBytes(count)) };

export interface Served {
  readonly port: number;
  /** Tells everybody, ends the threads, and closes the store. */
  readonly close: () => Promise<void>;
}

/** Puts the rooms together: pages, sockets and health on one port. `machineOptions`: a test's own machines. */
export async function serve(
  config: Config,
  folder: string,
  machineOptions: Partial<MachinesOptions> = {},
): Promise<Served> {
  const { redisUrl, mostSeats, workers } = config;
  const store = redisUrl ? await openRedis(redisUrl) : openEmbedded(join(config.dataDir, 'dockerland.db'));
  const machines = new Machines({ workers, shared: redisUrl !== undefined, ...machineOptions, store });
  const classes = new Classes({ store, machines, chance, mostSeats });
  const shared = {
    classes,
    machines,
    blobs: store.blobs,
    contents: new Contents(classes, machines, redisUrl !== undefined),
    tokens: makeTokens(config.secret),
    signedIn: (headers: IncomingMessage['headers']) => signedIn(headers, config.secret),
  };
  const pages = openPages(shared);
  const archives = openArchives({ ...shared, ...config });
  const cluster = redisUrl ? await openCluster(redisUrl) : undefined;
  shareAuth(config);

  let screens: Screens = (_, response) => void response.writeHead(503, { 'Retry-After': '1' }).end('Starting…');
  const http = createServer((request, response) => {
    secure(request, response, config.screens === 'dev');
    request.headers[addressHeader] = request.socket.remoteAddress ?? 'unknown';
    if (request.url === '/healthz') void health(store, machines, response);
    else if (!pages(request, response) && !archives(request, response)) screens(request, response);
  });
  // An archive takes as long as its sender's line; who falls silent is dropped by the route.
  http.requestTimeout = longestRequest;
  const gateway = openGateway({ ...shared, http, mostSeats, adapter: cluster?.adapter });
  screens = await openScreens(http, config.screens, folder);
  http.listen(config.port, config.host || undefined);
  await once(http, 'listening');

  return {
    port: (http.address() as { port: number }).port,
    async close() {
      await gateway.close();
      http.closeAllConnections();
      await machines.close();
      await store.close();
      await cluster?.close();
    },
  };
}

/** Next's route handlers live in bundles of their own: what they need of this process is found on globalThis. */
function shareAuth(config: Config): void {
  (globalThis as { [key: symbol]: unknown })[Symbol.for('dockerland.auth')] = authOptions(config);
}

async function health(store: Store, machines: Machines, response: ServerResponse): Promise<void> {
  const ok = await store.log.version('health').then(
    () => true,
    () => false,
  );
  response.writeHead(ok ? 200 : 503, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify({ ok, machines: machines.size }));
}
