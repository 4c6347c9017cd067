import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StartOptions {
  /** Kept after `stop` when given; otherwise a folder of its own that goes with the server. */
  readonly dataDir?: string;
  readonly port?: number;
  /** Pages as `npm run build` made them. Without: sockets only, from the source. */
  readonly pages?: boolean;
  /** Machines that only echo (fake-kit.ts), to test the server around them. */
  readonly fakeMachines?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly passphrase: string;
  /** Of sessions and seat tokens: a test signs in with it where no browser is needed (sign-in.ts). */
  readonly secret: string;
  readonly pid: number;
  /** Everything that it printed. */
  output(): string;
  /** kill -9. */
  kill(): Promise<void>;
  /** As Ctrl-C or a service manager does; resolves with the exit code. */
  stop(signal?: 'SIGINT' | 'SIGTERM'): Promise<number | null>;
}

const top = fileURLToPath(new URL('../..', import.meta.url));

/** A whole server in a process of its own, on a free port of this computer, with a known passphrase. */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const own = options.dataDir === undefined;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'dockerland-'));
  const passphrase = 'the passphrase of the tests';
  const secret = 'the secret of the tests';
  const built = join(top, 'dist/server.mjs');
  if (options.pages && !existsSync(built)) throw new Error('npm run build first');
  const source = options.fakeMachines ? 'tests/support/fake-server.ts' : 'server/main.ts';
  const entry = options.pages ? [built] : ['--import', 'tsx', join(top, source)];
  const child = spawn(process.execPath, entry, {
    cwd: top,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: options.pages ? 'production' : 'development',
      SCREENS: options.pages ? '' : 'none',
      PORT: String(options.port ?? 0),
      HOST_ADDRESS: '127.0.0.1',
      DATA_DIR: dataDir,
      HOST_PASSPHRASE: passphrase,
      NEXTAUTH_SECRET: secret,
      REDIS_URL: '',
      ...options.env,
    },
  });
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text) => (printed += String(text)));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = await exited;
    if (own) rmSync(dataDir, { recursive: true, force: true });
    return code;
  };
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    void exited.then(([code]) => reject(new Error(`the server ended with ${code}:\n${printed}`)));
  });
  return {
    url: `http://localhost:${port}`,
    port,
    dataDir,
    passphrase,
    secret,
    pid: child.pid!,
    output: () => printed,
    kill: async () => void (await end('SIGKILL')),
    stop: (signal = 'SIGTERM') => end(signal),
  };
}
