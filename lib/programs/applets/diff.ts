/** diff: the shortest edit between two files, as busybox (unified) and GNU (normal, unified, context-free brief) print it. */
import { FsError } from '../../fs';
import { formatTime } from '../calendar';
import { type Options, parseOptions, UsageError } from '../options';
import { child } from '../path';
import type { Run } from '../run';
import { decode } from '../text';

const longNames = {
  unified: 'u',
  brief: 'q',
  recursive: 'r',
  'new-file': 'N',
  'ignore-case': 'i',
  'ignore-all-space': 'w',
  'ignore-space-change': 'b',
  'ignore-blank-lines': 'B',
  text: 'a',
  'report-identical-files': 's',
  color: 'color::',
  label: 'L',
  'side-by-side': 'y',
};

export async function diff(run: Run): Promise<number> {
  const options = parseOptions(run, 'abBdiNqrTstwuyL:S:U:', longNames);
  const [first, second, extra] = options.operands;
  if (first === undefined || second === undefined || extra !== undefined)
    throw new UsageError(
      run.gnu
        ? first === undefined
          ? 'missing operand'
          : extra !== undefined
            ? `extra operand '${extra}'`
            : `missing operand after '${first}'`
        : '',
      run.gnu ? 2 : 1,
    );
  for (const path of [first, second]) {
    if (path === '-' || run.fs.exists(path) || options.has('N')) continue;
    return run.fail(
      run.gnu ? `${path}: No such file or directory` : `can't stat '${path}': No such file or directory`,
      2,
    );
  }
  return compare(run, options, first, second);
}

const isFolder = (run: Run, path: string) =>
  path !== '-' && run.fs.exists(path) && run.fs.stat(path).kind === 'directory';
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

async function compare(run: Run, options: Options, first: string, second: string): Promise<number> {
  await run.process.tick();
  const [a, b] = [isFolder(run, first), isFolder(run, second)];
  if (a && b) return folders(run, options, first, second);
  if (a) return compare(run, options, child(first, nameOf(second)), second);
  if (b) return compare(run, options, first, child(second, nameOf(first)));
  return files(run, options, first, second);
}

async function folders(run: Run, options: Options, first: string, second: string): Promise<number> {
  const names = (path: string) => run.fs.readdir(path).map(({ name }) => name);
  const [left, right] = [names(first), names(second)];
  let exitCode = 0;
  for (const name of [...new Set([...left, ...right])].sort()) {
    const [a, b] = [child(first, name), child(second, name)];
    const only = !left.includes(name) ? second : !right.includes(name) ? first : undefined;
    if (only !== undefined && !options.has('N')) {
      await run.print(`Only in ${only}: ${name}\n`);
      exitCode = 1;
    } else if (isFolder(run, a) && isFolder(run, b) && !options.has('r'))
      await run.print(`Common subdirectories: ${a} and ${b}\n`);
    else exitCode = Math.max(exitCode, await compare(run, options, a, b));
  }
  return exitCode;
}

async function bytesOf(run: Run, options: Options, path: string): Promise<Uint8Array | number> {
  if (options.has('N') && path !== '-' && !run.fs.exists(path)) return new Uint8Array(0);
  try {
    return await run.readAll(path);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return run.failed(run.gnu ? path : `can't stat '${path}'`, error, 2);
  }
}

async function files(run: Run, options: Options, first: string, second: string): Promise<number> {
  const a = await bytesOf(run, options, first);
  const b = typeof a === 'number' ? a : await bytesOf(run, options, second);
  if (typeof a === 'number') return a;
  if (typeof b === 'number') return b;
  const same = a.length === b.length && a.every((byte, at) => byte === b[at]);
  if (same) {
    if (options.has('s')) await run.print(`Files ${first} and ${second} are identical\n`);
    return 0;
  }
  const binary = !options.has('a') && (a.includes(0) || b.includes(0));
  if (binary || options.has('q')) {
    await run.print(
      `${binary && run.gnu && !options.has('q') ? 'Binary files' : 'Files'} ${first} and ${second} differ\n`,
    );
    return 1;
  }
  const [left, right] = [linesOf(decode(a)), linesOf(decode(b))];
  const edits = shortest(left, right, keyFor(options));
  if (edits.length === 0) return 0;
  const unified = !run.gnu || options.has('u', 'U');
  await run.print(
    unified
      ? header(run, options, first, second) + unify(edits, left, right, Number(options.value('U') ?? 3))
      : normal(edits, left, right),
  );
  return 1;
}

/** Each line with its newline, so that a missing one at the end is a difference. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function keyFor(options: Options): (line: string) => string {
  return (line) => {
    let key = options.has('w')
      ? line.replace(/\s+/g, '')
      : options.has('b')
        ? line.replace(/\s+/g, ' ').trimEnd()
        : line;
    if (options.has('i')) key = key.toLowerCase();
    return key;
  };
}

function header(run: Run, options: Options, first: string, second: string): string {
  const [a, b] = options.all('L');
  const stamp = (path: string) =>
    run.gnu
      ? `\t${formatTime('%F %T.%N %z', path === '-' ? run.process.system.clock.now() : run.fs.exists(path) ? run.fs.stat(path).mtime : 0n)}`
      : '';
  return `--- ${a ?? `${first}${stamp(first)}`}\n+++ ${b ?? `${second}${stamp(second)}`}\n`;
}

/** Lines `from`…`to` of the left side become lines `start`…`end` of the right side. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** The edits of a shortest script. (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986) */
function shortest(left: readonly string[], right: readonly string[], keyOf: (line: string) => string): Edit[] {
  const [a, b] = [left.map(keyOf), right.map(keyOf)];
  const most = Math.min(a.length + b.length, 20_000);
  const reach = new Int32Array(2 * most + 3);
  const trail: Int32Array[] = [];
  const middle = most + 1;
  for (let depth = 0; depth <= most; depth++) {
    trail.push(reach.slice(middle - depth - 1, middle + depth + 2));
    for (let diagonal = -depth; diagonal <= depth; diagonal += 2) {
      const down =
        diagonal === -depth || (diagonal !== depth && reach[middle + diagonal - 1]! < reach[middle + diagonal + 1]!);
      let x = down ? reach[middle + diagonal + 1]! : reach[middle + diagonal - 1]! + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reach[middle + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return joined(walkBack(trail, a.length, b.length));
    }
  }
  return [{ from: 0, to: a.length, start: 0, end: b.length }];
}

/** Single deletions and insertions, from the front. */
function walkBack(trail: readonly Int32Array[], endX: number, endY: number): Edit[] {
  const steps: Edit[] = [];
  let [x, y] = [endX, endY];
  for (let depth = trail.length - 1; depth > 0; depth--) {
    const row = trail[depth]!;
    const at = (diagonal: number) => row[diagonal + depth + 1]!;
    const diagonal = x - y;
    const down = diagonal === -depth || (diagonal !== depth && at(diagonal - 1) < at(diagonal + 1));
    const before = down ? diagonal + 1 : diagonal - 1;
    const fromX = at(before);
    const fromY = fromX - before;
    steps.push(
      down
        ? { from: fromX, to: fromX, start: fromY, end: fromY + 1 }
        : { from: fromX, to: fromX + 1, start: fromY, end: fromY },
    );
    [x, y] = [fromX, fromY];
  }
  return steps.reverse();
}

function joined(steps: readonly Edit[]): Edit[] {
  const edits: Edit[] = [];
  for (const step of steps) {
    const last = edits.at(-1);
    if (last && last.to === step.from && last.end === step.start)
      edits[edits.length - 1] = { ...last, to: step.to, end: step.end };
    else edits.push(step);
  }
  return edits;
}

function marked(mark: string, lines: readonly string[]): string {
  return lines
    .map((line) => (line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`))
    .join('');
}

const range = (from: number, to: number) =>
  to - from <= 1 ? String(to > from ? from + 1 : from) : `${from + 1},${to}`;

function normal(edits: readonly Edit[], left: readonly string[], right: readonly string[]): string {
  return edits
    .map(({ from, to, start, end }) => {
      const letter = from === to ? 'a' : start === end ? 'd' : 'c';
      return `${range(from, to)}${letter}${range(start, end)}\n${marked('< ', left.slice(from, to))}${letter === 'c' ? '---\n' : ''}${marked('> ', right.slice(start, end))}`;
    })
    .join('');
}

function unify(edits: readonly Edit[], left: readonly string[], right: readonly string[], context: number): string {
  const hunks: Edit[][] = [];
  for (const edit of edits) {
    const last = hunks.at(-1)?.at(-1);
    if (last && edit.from - last.to <= 2 * context) hunks.at(-1)!.push(edit);
    else hunks.push([edit]);
  }
  return hunks.map((hunk) => hunkText(hunk, left, right, context)).join('');
}

function hunkText(hunk: readonly Edit[], left: readonly string[], right: readonly string[], context: number): string {
  const [first, last] = [hunk[0]!, hunk.at(-1)!];
  const from = Math.max(0, first.from - context);
  const to = Math.min(left.length, last.to + context);
  const start = first.start - (first.from - from);
  const end = last.end + (to - last.to);
  let body = '';
  let at = from;
  for (const edit of hunk) {
    body +=
      marked(' ', left.slice(at, edit.from)) +
      marked('-', left.slice(edit.from, edit.to)) +
      marked('+', right.slice(edit.start, edit.end));
    at = edit.to;
  }
  body += marked(' ', left.slice(at, to));
  const span = (low: number, high: number) =>
    high - low === 1 ? String(low + 1) : `${high > low ? low + 1 : low},${high - low}`;
  return `@@ -${span(from, to)} +${span(start, end)} @@\n${body}`;
}
