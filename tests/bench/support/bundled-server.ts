import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, top } from './bundle';

/** What answers `measure`, `announced` and the like in a server that is measured. */
export const probe = new URL('./probe.mjs', import.meta.url).href;

/** News of machines, by machine and position, and when it was handed to socket.io, milliseconds of the clock that processes share. */
export type Announced = readonly [announcement: string, at: number];

export interface Held {
  /** Bytes that all threads' heaps, and what they hold outside of them, come to after a garbage collection. */
  readonly live: number;
  readonly rss: number;
  readonly threads: readonly { readonly threadId: number; readonly heap: number; readonly external: number }[];
}

export interface BenchServer {
  readonly url: string;
  readonly secret: string;
  readonly pid: number;
  readonly dataDir: string;
  /** Has it ended by itself? */
  readonly ended: boolean;
  /** What it printed, at most the last 100,000 characters. */
  output(): string;
  held(): Promise<Held>;
  /** Since this was asked before. */
  announced(): Promise<readonly Announced[]>;
  /** Writes what the server's own thread holds to this file. */
  snapshot(file: string): Promise<unknown>;
  /**
   * CPU milliseconds of the whole process since it began; and for how many milliseconds at most each thread did not come round
   * to its next event since this was asked before.
   */
  busy(): Promise<{ readonly cpuMs: number; readonly stalls: readonly { threadId: number; ms: number }[] }>;
  stop(): Promise<void>;
}

export interface BenchServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A folder for `node --cpu-prof`. */
  readonly profile?: string;
  /** Where its folder is made; the system's folder for such things by default. */
  readonly disk?: string;
}

/** The server as `npm run build` would make it from the present source, without pages, in a process and a folder of its own. */
export async function startBenchServer({
  env = {},
  profile,
  disk = tmpdir(),
}: BenchServerOptions = {}): Promise<BenchServer> {
  const made = await bundle({
    server: 'server/main.ts',
    'machine-worker': 'server/machines/machine-worker.ts',
    'store-worker': 'server/store/embedded/store-worker.ts',
  });
  const dataDir = mkdtempSync(join(disk, 'dockerland-bench-'));
  const secret = 'the secret of the bench';
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
  const child = fork(join(made, 'server.mjs'), {
    cwd: top,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--expose-gc', '--import', probe, ...profiling],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      SCREENS: 'none',
      PORT: '0',
      HOST_ADDRESS: '127.0.0.1',
      DATA_DIR: dataDir,
      HOST_PASSPHRASE: 'the passphrase of the bench',
      NEXTAUTH_SECRET: secret,
      REDIS_URL: '',
      ...env,
    },
  });
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (text) => (printed = (printed + String(text)).slice(-100_000)));
  const exited = once(child, 'exit');
  const { port } = (await Promise.race([
    heard(child, 'ready'),
    exited.then(() => Promise.reject(new Error(`the server ended:\n${printed}`))),
  ])) as { port: number };
  const ask = async (type: string, answer: string, more: object = {}) => {
    child.send({ type, ...more });
    return heard(child, answer);
  };
  return {
    url: `http://127.0.0.1:${port}`,
    secret,
    pid: child.pid!,
    dataDir,
    get ended() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    output: () => printed,
    async held() {
      const { threads, rss } = (await ask('measure', 'measured')) as Held;
      return { threads, rss, live: threads.reduce((sum, { heap, external }) => sum + heap + external, 0) };
    },
    announced: async () => ((await ask('announced', 'announced')) as { announced: readonly Announced[] }).announced,
    snapshot: (file) => ask('snapshot', 'snapshot', { file }),
    busy: async () => (await ask('cpu', 'cpu')) as Awaited<ReturnType<BenchServer['busy']>>,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(made, { recursive: true, force: true });
    },
  };
}

export function heard(child: ChildProcess, type: string): Promise<unknown> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      if ((message as { type?: string }).type !== type) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
  });
}
