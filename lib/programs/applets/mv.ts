import { FsError } from '../../fs';
import { parseOptions } from '../options';
import type { Run } from '../run';
import { Copier, confirm, destinationOf, lstatOrNothing } from './copy';
import { targets } from './cp';
import { removeTree } from './rm';

export async function mv(run: Run): Promise<number> {
  const options = parseOptions(run, 'finTvut:', {
    force: 'f',
    interactive: 'i',
    'no-clobber': 'n',
    'target-directory': 't',
    'no-target-directory': 'T',
    verbose: 'v',
    update: 'u',
  });
  const { sources, target, into } = await targets(run, options);
  const asking = options.last('f', 'i', 'n');
  let exitCode = 0;
  for (const source of sources) {
    const to = destinationOf(source, target, into);
    const there = lstatOrNothing(run, to);
    if (there && asking === 'n') continue;
    if (there && options.has('u') && (lstatOrNothing(run, source)?.mtime ?? 0n) <= there.mtime) continue;
    if (there && asking === 'i' && !(await confirm(run, `mv: overwrite '${to}'? `))) continue;
    exitCode = (await move(run, source, to)) || exitCode;
    if (exitCode === 0 && options.has('v'))
      await run.print(run.gnu ? `renamed '${source}' -> '${to}'\n` : `'${source}' -> '${to}'\n`);
  }
  return exitCode;
}

async function move(run: Run, source: string, to: string): Promise<number> {
  try {
    if (run.gnu && sameFile(run, source, to)) return run.fail(`'${source}' and '${to}' are the same file`);
    run.fs.rename(source, to);
    return 0;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (error.errno === 'EXDEV') return moveAcross(run, source, to);
    return run.fail(complaint(run, error, source, to));
  }
}

function sameFile(run: Run, source: string, to: string): boolean {
  const [a, b] = [lstatOrNothing(run, source), lstatOrNothing(run, to)];
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function complaint(run: Run, error: FsError, source: string, to: string): string {
  if (!run.gnu) return `can't rename '${source}': ${run.say(error)}`;
  if (!lstatOrNothing(run, source)) return `cannot stat '${source}': ${run.say(error)}`;
  if (error.errno === 'EINVAL') return `cannot move '${source}' to a subdirectory of itself, '${to}'`;
  return `cannot move '${source}' to '${to}': ${run.say(error)}`;
}

/** Another mount: copy, then remove. */
async function moveAcross(run: Run, source: string, to: string): Promise<number> {
  const copier = new Copier(run, {
    recursive: true,
    preserve: true,
    follow: 'none',
    force: true,
    interactive: false,
    keep: false,
    update: false,
    link: undefined,
    verbose: false,
  });
  await copier.copy(source, to);
  if (copier.exitCode !== 0) return copier.exitCode;
  return removeTree(run, source, { force: false, ask: false, verbose: false });
}
