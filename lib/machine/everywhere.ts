import type { Engine } from '../engine';
import { Failure, refused } from '../errors';
import { type FileSystem, mountFileSystem } from '../fs';
import type { ContainerAnswer } from './machine';

/** Characters of output that are kept of each container: a class full of them has to fit in one answer. */
const mostOutput = 4000;
/** Milliseconds after which a line that does not end is given up. */
const longest = 5000;

/** Runs a line with `sh -c` in every running container that stands on one of these images. */
export async function runEverywhere(
  engine: Engine,
  line: string,
  imageIds: readonly string[],
): Promise<readonly ContainerAnswer[]> {
  const wanted = new Set(imageIds);
  const running = [...engine.daemon.state.containers.values()].filter(
    ({ state, imageId }) => state.state === 'running' && wanted.has(imageId),
  );
  return Promise.all(running.map(({ id, name }) => runIn(engine, id, name, line)));
}

async function runIn(engine: Engine, id: string, container: string, line: string): Promise<ContainerAnswer> {
  let output = '';
  const decoder = new TextDecoder();
  const client = {
    output: (_stream: string, bytes: Uint8Array) => {
      if (output.length < mostOutput) output += decoder.decode(bytes, { stream: true });
    },
  };
  try {
    const running = await engine.exec(id, { argv: ['sh', '-c', line], client });
    const given = engine.clock.sleep(longest).then(() => 'too long' as const);
    const exitCode = await Promise.race([running.exited, given]);
    if (exitCode === 'too long')
      return { container, output: `${output}(still running after ${longest / 1000} s)`, exitCode: 124 };
    return { container, output: output.slice(0, mostOutput), exitCode };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { container, output: error.message, exitCode: 126 };
  }
}

/** Puts a file into every running container, or (not `inside`) into the home folder on the host. Answers how many got it. */
export function giveFile(
  engine: Engine,
  host: FileSystem,
  home: string,
  file: { readonly path: string; readonly text: string; readonly inside: boolean },
): number {
  const bytes = new TextEncoder().encode(file.text);
  const { daemon } = engine;
  if (!file.inside) {
    put(host, `${home}/${file.path.replace(/^\/+/, '')}`, bytes);
    return 1;
  }
  const running = [...daemon.state.containers.values()].filter(({ state }) => state.state === 'running');
  for (const { snapshot } of running)
    put(mountFileSystem(daemon.union(snapshot)), `/${file.path.replace(/^\/+/, '')}`, bytes);
  return running.length;
}

function put(fs: FileSystem, path: string, bytes: Uint8Array): void {
  if (path.split('/').includes('..')) throw refused('file.path', { path, field: 'path' });
  const parts = path.split('/').filter(Boolean);
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = `/${parts.slice(0, depth).join('/')}`;
    if (!fs.exists(folder)) fs.mkdir(folder);
  }
  fs.writeFile(path, bytes);
}
