import { FsError } from '../../fs';
import { parseStamp, parseTime } from '../calendar';
import { parseOptions, UsageError } from '../options';
import type { Run } from '../run';

export async function touch(run: Run): Promise<number> {
  const options = parseOptions(run, 'chamfd:t:r:', {
    'no-create': 'c',
    'no-dereference': 'h',
    date: 'd',
    reference: 'r',
    time: 'time:',
  });
  if (options.operands.length === 0) throw new UsageError(run.gnu ? 'missing file operand' : '');
  const times = await timesOf(run, options.value('d'), options.value('t'), options.value('r'));
  if (typeof times === 'number') return times;
  const both = options.has('a') === options.has('m');
  const atime = both || options.has('a') ? times.atime : undefined;
  const mtime = both || options.has('m') ? times.mtime : undefined;
  let exitCode = 0;
  for (const path of options.operands) {
    try {
      touchOne(run, path, { atime, mtime, create: !options.has('c'), link: options.has('h') });
    } catch (error) {
      exitCode = await run.failed(run.gnu ? `cannot touch '${path}'` : path, error);
    }
  }
  return exitCode;
}

interface Times {
  readonly atime: bigint;
  readonly mtime: bigint;
}

async function timesOf(
  run: Run,
  date: string | undefined,
  stamp: string | undefined,
  reference: string | undefined,
): Promise<Times | number> {
  if (reference !== undefined) {
    try {
      return run.fs.stat(reference);
    } catch (error) {
      return run.failed(run.gnu ? `failed to get attributes of '${reference}'` : reference, error);
    }
  }
  const text = date ?? stamp;
  if (text === undefined) {
    const now = run.process.system.clock.now();
    return { atime: now, mtime: now };
  }
  const time = date !== undefined ? parseTime(date, run.now()) : parseStamp(text, run.now());
  if (time === undefined) return run.fail(run.gnu ? `invalid date format '${text}'` : `invalid date '${text}'`);
  return { atime: time, mtime: time };
}

function touchOne(
  run: Run,
  path: string,
  how: { atime?: bigint; mtime?: bigint; create: boolean; link: boolean },
): void {
  const { fs } = run;
  const set = () => (how.link ? fs.lutimes(path, how.atime, how.mtime) : fs.utimes(path, how.atime, how.mtime));
  try {
    set();
  } catch (error) {
    if (!(error instanceof FsError && error.errno === 'ENOENT')) throw error;
    if (!how.create) return;
    fs.open(path, { write: true, create: true }, 0o666 & ~run.process.umask).close();
    set();
  }
}
