import { FsError } from '../../fs';
import { parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';
import { confirm } from './copy';

export async function rm(run: Run): Promise<number> {
  const options = parseOptions(run, 'irfRvdI', {
    recursive: 'r',
    force: 'f',
    interactive: 'interactive::',
    verbose: 'v',
    dir: 'd',
    'preserve-root': 'p',
    'no-preserve-root': 'N',
  });
  const asking = options.last('f', 'i');
  const style = { force: asking === 'f', ask: asking === 'i', verbose: options.has('v') };
  const recursive = options.has('r', 'R');
  if (options.operands.length === 0 && !options.has('f')) throw new UsageError(run.gnu ? 'missing operand' : '');
  let exitCode = 0;
  for (const path of options.operands) {
    const refused = refusal(run, path, recursive, options.has('N'));
    exitCode =
      (refused ? await run.fail(refused) : await remove(run, path, recursive, options.has('d'), style)) || exitCode;
  }
  return exitCode;
}

function refusal(run: Run, path: string, recursive: boolean, anyway: boolean): string | undefined {
  const last = path.replace(/\/+$/, '').split('/').pop();
  if (last === '.' || last === '..')
    return run.gnu ? `refusing to remove '.' or '..' directory: skipping '${path}'` : `can't remove '.' or '..'`;
  if (run.gnu && recursive && !anyway && /^\/+$/.test(path))
    return `it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe`;
  return undefined;
}

export interface RemoveStyle {
  readonly force: boolean;
  readonly ask: boolean;
  readonly verbose: boolean;
}

async function remove(
  run: Run,
  path: string,
  recursive: boolean,
  emptyFolders: boolean,
  style: RemoveStyle,
): Promise<number> {
  try {
    const stat = run.fs.lstat(path);
    if (stat.kind === 'directory' && emptyFolders && !recursive) {
      run.fs.rmdir(path);
      return 0;
    }
    if (stat.kind === 'directory' && !recursive)
      return run.fail(run.gnu ? `cannot remove '${path}': Is a directory` : `'${path}' is a directory`);
    return await removeTree(run, path, style);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (style.force && (error.errno === 'ENOENT' || error.errno === 'ENOTDIR')) return 0;
    return cannot(run, path, error);
  }
}

function cannot(run: Run, path: string, error: unknown): Promise<number> {
  return run.failed(run.gnu ? `cannot remove '${path}'` : `can't remove '${path}'`, error);
}

/** A file, or a folder with all that is in it. Goes on after what it cannot remove. */
export async function removeTree(run: Run, path: string, style: RemoveStyle): Promise<number> {
  await run.process.tick();
  try {
    const stat = run.fs.lstat(path);
    if (stat.kind !== 'directory') {
      if (style.ask && !(await confirm(run, `rm: remove '${path}'? `))) return 0;
      run.fs.unlink(path);
    } else {
      if (style.ask && !(await confirm(run, `rm: descend into directory '${path}'? `))) return 0;
      let exitCode = 0;
      for (const { name } of run.fs.readdir(path))
        exitCode = (await removeTree(run, child(path, name), style)) || exitCode;
      if (exitCode !== 0) return exitCode;
      if (style.ask && !(await confirm(run, `rm: remove directory '${path}'? `))) return 0;
      run.fs.rmdir(path);
    }
    if (style.verbose)
      await run.print(
        `removed ${stat.kind === 'directory' ? (run.gnu ? 'directory ' : 'directory: ') : ''}'${path}'\n`,
      );
    return 0;
  } catch (error) {
    return cannot(run, path, error);
  }
}
