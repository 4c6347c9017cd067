import type { Engine } from '../engine';
import { Failure, refused } from '../errors';
import { errnoText, type FileSystem, FsError, mountFileSystem } from '../fs';
import { signals } from '../process';
import type { ContainerAnswer, NotDone, Outcome } from './machine';

/** Characters of output that are kept of each container: a class full of them has to fit in one answer. */
const mostOutput = 4000;
/** Milliseconds after which a line that does not end is ended, with everything that it started. */
const longest = 5000;
/** Milliseconds that its last output may take then: what it set apart from itself may hold that open. */
const grace = 500;

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
    const late = engine.clock.sleep(longest).then(() => undefined);
    const exitCode = await Promise.race([running.exited, late]);
    if (exitCode !== undefined) return { container, output: output.slice(0, mostOutput), exitCode };
    running.kill();
    const killed = await Promise.race([running.exited, engine.clock.sleep(grace).then(() => 128 + signals.KILL)]);
    return { container, output: output.slice(0, mostOutput), exitCode: killed, endedAfter: longest / 1000 };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { container, output: error.message, exitCode: 126 };
  }
}

/**
 * Puts a file into every running container, or (not `inside`) into the home folder on the host. Answers how many took it, and
 * which containers did not. A Failure when nothing can be put there at all.
 */
export function giveFile(
  engine: Engine,
  host: FileSystem,
  home: string,
  file: { readonly path: string; readonly text: string; readonly inside: boolean },
): Given {
  const bytes = new TextEncoder().encode(file.text);
  const { daemon } = engine;
  const path = file.path.replace(/^\/+/, '');
  if (path.split('/').includes('..')) throw refused('file.path', { path, field: 'path' });
  if (!file.inside) {
    put(host, home, path, bytes);
    return { given: 1 };
  }
  const running = [...daemon.state.containers.values()].filter(({ state }) => state.state === 'running');
  const refusals = running.flatMap(({ name, snapshot }): NotDone[] => {
    try {
      put(mountFileSystem(daemon.union(snapshot)), '', path, bytes);
      return [];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return [{ container: name, message: error.message, detail: error.detail }];
    }
  });
  return { given: running.length - refusals.length, ...(refusals.length > 0 && { refused: refusals }) };
}

type Given = Pick<Extract<Outcome, { ok: true }>, 'given' | 'refused'>;

/** What a person has at that place is theirs: a folder of this name, a full disk. That is their computer's answer, no defect. */
function put(fs: FileSystem, home: string, path: string, bytes: Uint8Array): void {
  try {
    write(fs, `${home}/${path}`, bytes);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw refused('file.unwritten', { path, why: errnoText[error.errno] });
  }
}

function write(fs: FileSystem, path: string, bytes: Uint8Array): void {
  const parts = path.split('/').filter(Boolean);
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = `/${parts.slice(0, depth).join('/')}`;
    if (!fs.exists(folder)) fs.mkdir(folder);
  }
  fs.writeFile(path, bytes);
}
