import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts `NAME.ts` that lies beside the module `here` (its import.meta.url), or, when the server is built, `NAME.mjs` that lies
 * beside the bundle. `data` is the thread's `workerData`.
 */
export function startThread(name: string, here: string, data: object, options: WorkerOptions = {}): Worker {
  if (!here.endsWith('.ts')) return new Worker(new URL(`./${name}.mjs`, here), { ...options, name, workerData: data });
  const module = new URL(`./${name}.ts`, here).href;
  return new Worker(new URL('./dev-thread.mjs', import.meta.url), {
    ...options,
    name,
    workerData: { ...data, module },
    execArgv: [],
  });
}
