import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from './config';
import { greeting } from './main/greeting';
import { serve } from './main/serve';

/** From the source (development, tests) or from the bundle: the project is the folder above either. */
const fromSource = import.meta.url.endsWith('.ts');
const folder = dirname(dirname(fileURLToPath(import.meta.url)));

// Next and next-auth read these themselves, when they are first imported.
const environment: Record<string, string | undefined> = process.env;
environment.NODE_ENV ??= fromSource ? 'development' : 'production';
environment.NEXT_TELEMETRY_DISABLED ??= '1';
// Links lead to the address by which people came, not to localhost.
environment.AUTH_TRUST_HOST ??= 'true';

try {
  const config = readConfig(environment, process.cwd());
  const server = await serve(config, folder);
  console.log(greeting(config, server.port));
  process.send?.({ type: 'ready', port: server.port });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(signal, server.close));
  // Whoever started it with a channel (a test) is gone: nothing is left behind.
  process.once('disconnect', () => void end('SIGTERM', server.close));
} catch (error) {
  const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  console.error(
    inUse ? `${(error as Error).message}\nAnother server has this port. Choose one: PORT=3001 npm start` : error,
  );
  process.exit(1);
}

let ending = false;

/** Within two seconds, whatever hangs; at once when asked again. */
async function end(signal: 'SIGINT' | 'SIGTERM', close: () => Promise<void>): Promise<void> {
  if (ending) process.exit(1);
  ending = true;
  setTimeout(() => process.exit(1), 1800).unref();
  if (signal === 'SIGINT') console.log('\nEnding. Everything is stored.');
  await close();
  process.exit(0);
}
