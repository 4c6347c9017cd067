/** head and tail. */
import { type Errno, FsError } from '../../fs';
import type { Descriptor } from '../../process';
import { Complaint, parseOptions } from '../options';
import type { Run } from '../run';
import { parseSize } from '../sizes';
import { concat } from '../text';

const headNames = { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v' };

/** `-5` is `-n 5`. */
const oldStyle = (args: readonly string[]) =>
  args.map((word, at) =>
    /^-\d+$/.test(word) && !/^-\w*[ncs]$/.test(args[at - 1] ?? '') ? `-n${word.slice(1)}` : word,
  );

interface Count {
  readonly amount: number;
  readonly bytes: boolean;
  /** `-n -5` of head, `-n +5` of tail: counted from the other end. */
  readonly other: boolean;
}

function countOf(run: Run, lines: string | undefined, bytes: string | undefined, sign: '-' | '+'): Count {
  const text = bytes ?? lines ?? '10';
  const amount = parseSize(text.replace(/^[-+]/, ''));
  if (amount === undefined)
    throw new Complaint(
      run.gnu ? `invalid number of ${bytes === undefined ? 'lines' : 'bytes'}: '${text}'` : `invalid number '${text}'`,
    );
  return { amount, bytes: bytes !== undefined, other: text.startsWith(sign) };
}

export async function head(run: Run): Promise<number> {
  const options = parseOptions(run, 'n:c:qvz', headNames, oldStyle(run.args));
  const count = countOf(run, options.value('n'), options.value('c'), '-');
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  const titled = options.has('v') || (paths.length > 1 && !options.has('q'));
  let exitCode = 0;
  let first = true;
  for (const path of paths) {
    try {
      const input = await run.open(path);
      try {
        if (titled) await run.print(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
        first = false;
        await (count.other ? allBut(run, input, count) : firstPart(run, input, count));
      } finally {
        input.close();
      }
    } catch (error) {
      exitCode = await readError(run, path, error, path);
    }
  }
  return exitCode;
}

function readError(run: Run, path: string, error: unknown, busyboxWords: string): Promise<number> {
  if (!run.gnu) return run.failed(busyboxWords, error);
  const directory: Errno = 'EISDIR';
  if (error instanceof FsError && error.errno === directory) return run.failed(`error reading '${path}'`, error);
  return run.failed(`cannot open '${path}' for reading`, error);
}

async function firstPart(run: Run, input: Descriptor, { amount, bytes }: Count): Promise<void> {
  let left = amount;
  while (left > 0) {
    const chunk = await run.read(input, bytes ? Math.min(left, 65536) : undefined);
    if (chunk.length === 0) return;
    const part = bytes ? chunk.subarray(0, left) : chunk.subarray(0, endOfLines(chunk, left));
    await run.write(part);
    left -= bytes ? part.length : newlines(part);
    if (!input.file) await run.flush();
    else if (left === 0 && !bytes) input.file.seek(part.length - chunk.length, 'current');
  }
}

/** The offset just after the `count`th newline, or the end. */
function endOfLines(chunk: Uint8Array, count: number): number {
  let at = 0;
  for (let seen = 0; seen < count; seen++) {
    const next = chunk.indexOf(10, at);
    if (next < 0) return chunk.length;
    at = next + 1;
  }
  return at;
}

function newlines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count++;
  return count;
}

async function allBut(run: Run, input: Descriptor, { amount, bytes }: Count): Promise<void> {
  const all = await run.drain(input);
  await run.write(all.subarray(0, bytes ? Math.max(0, all.length - amount) : startOfLast(all, amount)));
}

/** Where the last `count` lines begin. */
function startOfLast(all: Uint8Array, count: number): number {
  if (count === 0) return all.length;
  let at = all.length - (all.at(-1) === 10 ? 1 : 0);
  for (let seen = 0; seen < count; seen++) {
    at = all.lastIndexOf(10, at - 1);
    if (at < 0) return 0;
  }
  return at + 1;
}

const tailNames = { ...headNames, follow: 'follow::', retry: 'F', 'sleep-interval': 's', pid: 'pid:' };

export async function tail(run: Run): Promise<number> {
  const args = oldStyle(run.args).map((word, at) =>
    /^\+\d+$/.test(word) && !/^-\w*[ncs]$/.test(run.args[at - 1] ?? '') ? `-n${word}` : word,
  );
  const options = parseOptions(run, 'n:c:qvfFs:z', tailNames, args);
  const count = countOf(run, options.value('n'), options.value('c'), '+');
  const paths = options.operands.length > 0 ? options.operands : ['-'];
  const follow = options.has('f', 'F', 'follow');
  const seconds = Number(options.value('s') ?? 1);
  const titled = options.has('v') || (paths.length > 1 && !options.has('q'));
  const watched: Watched[] = [];
  let exitCode = 0;
  for (const path of paths) {
    try {
      const input = await run.open(path);
      if (titled)
        await run.print(`${watched.length === 0 ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`);
      await lastPart(run, input, count);
      watched.push({ path, input, size: input.file?.stat().size ?? 0 });
      if (!follow) input.close();
    } catch (error) {
      exitCode = await readError(run, path, error, `can't open '${path}'`);
    }
  }
  if (watched.length === 0) return run.gnu ? exitCode : run.fail('no files');
  if (follow) await keepWatching(run, watched, { seconds, titled, byName: options.has('F') });
  return exitCode;
}

async function lastPart(run: Run, input: Descriptor, { amount, bytes, other }: Count): Promise<void> {
  const all = await run.drain(input);
  if (other) {
    const skip = Math.max(0, amount - 1);
    await run.write(all.subarray(bytes ? skip : endOfLines(all, skip)));
  } else await run.write(all.subarray(bytes ? Math.max(0, all.length - amount) : startOfLast(all, amount)));
}

interface Watched {
  readonly path: string;
  input: Descriptor;
  size: number;
}

async function keepWatching(
  run: Run,
  watched: Watched[],
  how: { seconds: number; titled: boolean; byName: boolean },
): Promise<never> {
  let latest = watched.at(-1);
  for (;;) {
    await run.flush();
    await run.process.sleep(how.seconds * 1000);
    for (const file of watched) {
      if (how.byName) await reopen(run, file);
      const news = await whatIsNew(run, file);
      if (news.length === 0) continue;
      if (how.titled && file !== latest) await run.print(`\n==> ${file.path} <==\n`);
      latest = file;
      await run.write(news);
    }
  }
}

async function whatIsNew(run: Run, file: Watched): Promise<Uint8Array> {
  const open = file.input.file;
  if (!open) {
    const news = await run.read(file.input);
    return news;
  }
  const { size } = open.stat();
  if (size < file.size) open.seek(0, 'set');
  file.size = size;
  const parts: Uint8Array[] = [];
  for (let part = open.read(65536); part.length > 0; part = open.read(65536)) parts.push(part);
  return parts.length === 0 ? new Uint8Array(0) : concat(parts);
}

/** `-F`: the name may stand for another file by now. */
async function reopen(run: Run, file: Watched): Promise<void> {
  try {
    const now = run.fs.stat(file.path);
    const before = file.input.file?.stat();
    if (!before || (before.ino === now.ino && before.dev === now.dev)) return;
    const input = await run.open(file.path);
    file.input.close();
    file.input = input;
    file.size = 0;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
  }
}
