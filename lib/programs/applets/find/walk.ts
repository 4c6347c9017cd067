/** find's walk: each file below a path, before or after what is inside of it. */
import { FsError, type Stat } from '../../../fs';
import { child } from '../../path';
import type { Here, Search, Test } from './search';

export interface Walk {
  readonly search: Search;
  readonly root: string;
  readonly test: Test;
  /** Of the first file that was seen. */
  device: number | undefined;
}

export async function visit(walk: Walk, path: string, depth: number): Promise<void> {
  const { search, root, test } = walk;
  await search.run.process.tick();
  const stat = await look(search, path, depth);
  if (!stat || search.stopped) return;
  walk.device ??= stat.dev;
  const here: Here = { path, root, name: nameOf(path), depth, stat, prune: false };
  const act = async () => depth >= search.shallowest && test(here);
  if (!search.depthFirst) await act();
  if (enters(walk, here) && !search.stopped) await inside(walk, path, depth);
  if (search.depthFirst && !search.stopped) await act();
}

function nameOf(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1) || path;
}

function enters({ search, device }: Walk, { stat, depth, prune }: Here): boolean {
  return stat.kind === 'directory' && depth < search.deepest && !prune && !(search.sameDevice && stat.dev !== device);
}

async function inside(walk: Walk, path: string, depth: number): Promise<void> {
  try {
    for (const { name } of walk.search.run.fs.readdir(path)) {
      if (walk.search.stopped) return;
      await visit(walk, child(path, name), depth + 1);
    }
  } catch (error) {
    await complain(walk.search, path, error);
  }
}

async function look(search: Search, path: string, depth: number): Promise<Stat | undefined> {
  try {
    return stat(search, path);
  } catch (error) {
    // A file that an action removed meanwhile is no error.
    if (depth === 0 || !isMissing(error)) await complain(search, path, error);
    return undefined;
  }
}

/** Of a link that leads nowhere: the link's own. */
function stat({ run: { fs }, follow }: Search, path: string): Stat {
  if (!follow) return fs.lstat(path);
  try {
    return fs.stat(path);
  } catch (error) {
    if (isMissing(error)) return fs.lstat(path);
    throw error;
  }
}

const isMissing = (error: unknown) => error instanceof FsError && error.errno === 'ENOENT';

async function complain(search: Search, path: string, error: unknown): Promise<void> {
  search.exitCode = await search.run.failed(search.run.gnu ? `'${path}'` : path, error);
}
