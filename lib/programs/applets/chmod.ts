import type { Stat } from '../../fs';
import { modeText, parseMode } from '../mode';
import { parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';

export async function chmod(run: Run): Promise<number> {
  const options = parseOptions(
    run,
    'Rcvf',
    {
      recursive: 'R',
      changes: 'c',
      verbose: 'v',
      silent: 'f',
      quiet: 'f',
      reference: 'reference:',
    },
    run.args.map(hideMode),
  );
  const [text, ...paths] = options.operands.map(showMode);
  if (text === undefined) throw new UsageError(run.gnu ? 'missing operand' : '');
  if (paths.length === 0) throw new UsageError(run.gnu ? `missing operand after '${text}'` : '');
  const change = parseMode(text);
  if (!change)
    return run.fail(
      run.gnu ? `invalid mode: '${text}'\nTry 'chmod --help' for more information.` : `invalid mode '${text}'`,
    );
  const job: Job = {
    change: (stat) => change(stat.mode, stat.kind === 'directory', run.process.umask),
    recursive: options.has('R'),
    verbose: options.has('v'),
    changes: options.has('c'),
    quiet: options.has('f'),
  };
  let exitCode = 0;
  for (const path of paths) exitCode = (await changeMode(run, path, job, true)) || exitCode;
  return exitCode;
}

interface Job {
  readonly change: (stat: Stat) => number;
  readonly recursive: boolean;
  readonly verbose: boolean;
  readonly changes: boolean;
  readonly quiet: boolean;
}

/** `-x` and `-rw` are modes, not options: hide them from the option parser. */
const hideMode = (word: string) => (/^-[rwxXst]+$/.test(word) ? `\0${word}` : word);
const showMode = (word: string) => word.replace(/^\0/, '');

async function changeMode(run: Run, path: string, job: Job, named: boolean): Promise<number> {
  await run.process.tick();
  try {
    const stat = run.fs.lstat(path);
    if (stat.kind === 'symlink' && !named) return 0;
    const target = stat.kind === 'symlink' ? run.fs.stat(path) : stat;
    const mode = job.change(target);
    run.fs.chmod(path, mode);
    if (job.verbose || (job.changes && mode !== target.mode)) await tell(run, path, target.mode, mode);
    return job.recursive && stat.kind === 'directory' ? await inside(run, path, job) : 0;
  } catch (error) {
    if (job.quiet) return 1;
    const known = run.fs.exists(path);
    return run.failed(
      run.gnu ? (known ? `changing permissions of '${path}'` : `cannot access '${path}'`) : path,
      error,
    );
  }
}

async function inside(run: Run, path: string, job: Job): Promise<number> {
  let exitCode = 0;
  for (const { name } of run.fs.readdir(path))
    exitCode = (await changeMode(run, child(path, name), job, false)) || exitCode;
  return exitCode;
}

async function tell(run: Run, path: string, before: number, after: number): Promise<void> {
  const words = (mode: number) => `${mode.toString(8).padStart(4, '0')} (${modeText('file', mode).slice(1)})`;
  if (!run.gnu) return run.print(`mode of '${path}' changed to ${words(after)}\n`);
  await run.print(
    before === after
      ? `mode of '${path}' retained as ${words(after)}\n`
      : `mode of '${path}' changed from ${words(before)} to ${words(after)}\n`,
  );
}
