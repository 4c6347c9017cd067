/** mkdir and rmdir. */
import { dirname, FsError } from '../../fs';
import { parseMode } from '../mode';
import { parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { isDirectory } from './copy';

export async function mkdir(run: Run): Promise<number> {
  const options = parseOptions(run, 'm:pv', { mode: 'm', parents: 'p', verbose: 'v' });
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing operand' : '');
  const text = options.value('m');
  const change = text === undefined ? undefined : parseMode(text);
  if (text !== undefined && !change) return run.fail(`invalid mode '${text}'`);
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      const made = options.has('p') ? makeAll(run, path) : makeOne(run, path);
      if (change && made.length > 0) run.fs.chmod(path, change(0o777, true, run.process.umask));
      if (options.has('v'))
        for (const each of made)
          await run.print(
            run.gnu
              ? `mkdir: created directory '${each}'\n`
              : `created directory: '${each}${each === path ? '' : '/'}'\n`,
          );
    } catch (error) {
      exitCode = await run.failed(`${run.gnu ? 'cannot' : "can't"} create directory '${path}'`, error);
    }
  }
  return exitCode;
}

function makeOne(run: Run, path: string): string[] {
  run.fs.mkdir(path);
  return [path];
}

/** The folders that were missing, from the top. */
export function makeAll(run: Run, path: string): string[] {
  if (isDirectory(run, path)) return [];
  const above = dirname(path);
  const made = above === path || above === '' ? [] : makeAll(run, above);
  try {
    run.fs.mkdir(path);
  } catch (error) {
    if (!(error instanceof FsError && error.errno === 'EEXIST' && isDirectory(run, path))) throw error;
  }
  return [...made, path];
}

export async function rmdir(run: Run): Promise<number> {
  const options = parseOptions(run, 'pv', { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': 'ignore' });
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing operand' : '');
  let exitCode = 0;
  for (const path of options.operands) {
    for (let at = path; at && at !== '/' && at !== '.'; at = dirname(at)) {
      try {
        if (options.has('v')) await run.print(`rmdir: removing directory, '${at}'\n`);
        run.fs.rmdir(at);
      } catch (error) {
        if (error instanceof FsError && error.errno === 'ENOTEMPTY' && options.has('ignore')) break;
        exitCode = await run.failed(run.gnu ? `failed to remove '${at}'` : `'${at}'`, error);
        break;
      }
      if (!options.has('p')) break;
    }
  }
  return exitCode;
}
