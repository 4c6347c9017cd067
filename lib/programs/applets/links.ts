/** ln, link, unlink, readlink, realpath. */
import { basename, dirname, FsError, join, resolve } from '../../fs';
import { parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';
import { isDirectory, lstatOrNothing } from './copy';

export async function ln(run: Run): Promise<number> {
  const options = parseOptions(run, 'sfnTvbrit:S:', {
    symbolic: 's',
    force: 'f',
    'no-dereference': 'n',
    'no-target-directory': 'T',
    verbose: 'v',
    relative: 'r',
    'target-directory': 't',
    backup: 'b',
    suffix: 'S',
  });
  const words = [...options.operands];
  if (words.length === 0) throw new UsageError(run.gnu ? 'missing file operand' : '');
  const folder = options.value('t');
  if (words.length === 1 && folder === undefined && !run.gnu) throw new UsageError();
  const last = folder ?? (words.length === 1 ? '.' : words.pop()!);
  const aLink = options.has('n') && lstatOrNothing(run, last)?.kind === 'symlink';
  const into = isDirectory(run, last) && !options.has('T') && !aLink;
  let exitCode = 0;
  for (const target of words) {
    const path = into ? child(last, basename(target)) : last;
    exitCode =
      (await linkOne(run, target, path, {
        symbolic: options.has('s'),
        force: options.has('f'),
        verbose: options.has('v'),
      })) || exitCode;
  }
  return exitCode;
}

async function linkOne(
  run: Run,
  target: string,
  path: string,
  how: { symbolic: boolean; force: boolean; verbose: boolean },
): Promise<number> {
  const { fs } = run;
  try {
    if (!how.symbolic && !lstatOrNothing(run, target)) return missingTarget(run, target);
    if (!how.symbolic && run.gnu && fs.lstat(target).kind === 'directory')
      return run.fail(`${target}: hard link not allowed for directory`);
    if (how.force && lstatOrNothing(run, path)) fs.unlink(path);
    if (how.symbolic) fs.symlink(target, path);
    else fs.link(target, path);
    if (how.verbose) await run.print(`'${path}' ${how.symbolic ? '->' : '=>'} '${target}'\n`);
    return 0;
  } catch (error) {
    if (!run.gnu) return run.failed(path, error);
    const kind = how.symbolic ? 'symbolic' : 'hard';
    return run.failed(`failed to create ${kind} link '${path}'`, error);
  }
}

function missingTarget(run: Run, target: string): Promise<number> {
  return run.fail(
    run.gnu ? `failed to access '${target}': No such file or directory` : `${target}: No such file or directory`,
  );
}

export async function link(run: Run): Promise<number> {
  const [from, to, more] = parseOptions(run, '').operands;
  if (from === undefined || to === undefined || more !== undefined) throw new UsageError();
  try {
    run.fs.link(from, to);
    return 0;
  } catch (error) {
    return run.fail(`can't create link '${to}' to '${from}': ${run.say(error)}`);
  }
}

export async function unlink(run: Run): Promise<number> {
  const [path, more] = parseOptions(run, '').operands;
  if (path === undefined || more !== undefined)
    throw new UsageError(run.gnu && path === undefined ? 'missing operand' : '');
  try {
    run.fs.unlink(path);
    return 0;
  } catch (error) {
    return run.failed(run.gnu ? `cannot unlink '${path}'` : `can't remove file '${path}'`, error);
  }
}

export async function readlink(run: Run): Promise<number> {
  const options = parseOptions(run, 'fnvemqsz', {
    canonicalize: 'f',
    'canonicalize-existing': 'e',
    'canonicalize-missing': 'm',
    'no-newline': 'n',
    verbose: 'v',
  });
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing operand' : '');
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      const text = options.has('m')
        ? resolve(run.process.cwd, path)
        : options.has('f', 'e')
          ? canonical(run, path, options.has('e'))
          : run.fs.readlink(path);
      await run.print(options.has('n') ? text : `${text}\n`);
    } catch (error) {
      exitCode = options.has('v') ? await run.failed(path, error) : 1;
    }
  }
  return exitCode;
}

/** The absolute path; its last component need not be there. */
function canonical(run: Run, path: string, mustExist: boolean): string {
  try {
    return run.fs.realpath(path);
  } catch (error) {
    if (!(error instanceof FsError && error.errno === 'ENOENT') || mustExist) throw error;
    const stat = lstatOrNothing(run, path);
    if (stat?.kind === 'symlink') return canonical(run, join(dirname(path), run.fs.readlink(path)), false);
    return join(run.fs.realpath(dirname(path) || '.'), basename(path));
  }
}

export async function realpath(run: Run): Promise<number> {
  const options = parseOptions(run, 'emsqzLP', {
    'canonicalize-existing': 'e',
    'canonicalize-missing': 'm',
    strip: 's',
    quiet: 'q',
  });
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing operand' : '');
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      const text = options.has('m', 's') ? resolve(run.process.cwd, path) : canonical(run, path, options.has('e'));
      await run.print(`${text}\n`);
    } catch (error) {
      exitCode = options.has('q') ? 1 : await run.failed(path, error);
    }
  }
  return exitCode;
}
