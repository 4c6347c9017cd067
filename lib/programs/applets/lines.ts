/** Small tools on lines: rev, tac, nl, fold, expand, unexpand, uniq, paste, comm, split, shuf. */
import { below } from '../../clock';
import { compareNames } from '../../fs';
import { Complaint, parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { parseSize } from '../sizes';
import { encode } from '../text';
import { allLines, eachLine } from './each-line';

export async function rev(run: Run): Promise<number> {
  const { operands } = parseOptions(run, '');
  return eachLine(
    run,
    operands,
    (line, { unterminated }) => run.print([...line].reverse().join('') + (unterminated ? '' : '\n')),
    openWords(run),
  );
}

/** rev of util-linux says it its own way. */
const openWords = (run: Run) => (path: string) => (run.gnu ? `cannot open ${path}` : path);

export async function tac(run: Run): Promise<number> {
  const { operands } = parseOptions(run, '');
  let exitCode = 0;
  for (const path of operands.length > 0 ? operands : ['-']) {
    try {
      const text = await run.readText(path);
      const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
      await run.print(lines.reverse().join(''));
    } catch (error) {
      exitCode = await run.failed(run.gnu ? `failed to open '${path}' for reading` : path, error);
    }
  }
  return exitCode;
}

export async function nl(run: Run): Promise<number> {
  const options = parseOptions(run, 'b:i:l:n:ps:v:w:', {
    'body-numbering': 'b',
    'line-increment': 'i',
    'number-separator': 's',
    'starting-line-number': 'v',
    'number-width': 'w',
    'number-format': 'n',
  });
  const width = Number(options.value('w') ?? 6);
  const separator = options.value('s') ?? '\t';
  const style = options.value('b') ?? 't';
  const pad = (text: string) =>
    ({ ln: text.padEnd(width), rz: text.padStart(width, '0') })[options.value('n') ?? 'rn'] ?? text.padStart(width);
  let number = Number(options.value('v') ?? 1);
  return eachLine(run, options.operands, async (line) => {
    if (style === 'n' || (style === 't' && line === ''))
      return run.print(`${' '.repeat(width + separator.length)}${line}\n`);
    await run.print(`${pad(String(number))}${separator}${line}\n`);
    number += Number(options.value('i') ?? 1);
  });
}

export async function fold(run: Run): Promise<number> {
  const options = parseOptions(run, 'bsw:', { width: 'w', spaces: 's', bytes: 'b' });
  const width = Number(options.value('w') ?? 80);
  if (!Number.isInteger(width) || width < 1)
    throw new Complaint(
      run.gnu ? `invalid number of columns: '${options.value('w')}'` : `invalid number '${options.value('w')}'`,
    );
  return eachLine(run, options.operands, async (line, { unterminated }) => {
    let rest = line;
    while (rest.length > width) {
      const space = options.has('s') ? rest.slice(0, width).lastIndexOf(' ') + 1 : 0;
      const cut = space > 0 ? space : width;
      await run.print(`${rest.slice(0, cut)}\n`);
      rest = rest.slice(cut);
    }
    await run.print(rest + (unterminated ? '' : '\n'));
  });
}

export async function expand(run: Run): Promise<number> {
  const options = parseOptions(run, 'it:', { initial: 'i', tabs: 't' });
  const stop = Number(options.value('t') ?? 8);
  return eachLine(run, options.operands, (line, { unterminated }) =>
    run.print(spread(line, stop, options.has('i')) + (unterminated ? '' : '\n')),
  );
}

function spread(line: string, stop: number, initial: boolean): string {
  let out = '';
  for (const character of line) {
    if (character === '\t' && !(initial && out.trim() !== '')) out += ' '.repeat(stop - (out.length % stop));
    else out += character;
  }
  return out;
}

export async function unexpand(run: Run): Promise<number> {
  const options = parseOptions(run, 'aft:', { all: 'a', 'first-only': 'f', tabs: 't' });
  const stop = Number(options.value('t') ?? 8);
  return eachLine(run, options.operands, (line, { unterminated }) => {
    const [, blank = '', rest = ''] = /^([ \t]*)(.*)$/s.exec(line) ?? [];
    const columns = spread(blank, stop, false).length;
    return run.print(
      '\t'.repeat(Math.floor(columns / stop)) + ' '.repeat(columns % stop) + rest + (unterminated ? '' : '\n'),
    );
  });
}

export async function uniq(run: Run): Promise<number> {
  const options = parseOptions(run, 'cduif:s:w:z', {
    count: 'c',
    repeated: 'd',
    unique: 'u',
    'ignore-case': 'i',
    'skip-fields': 'f',
    'skip-chars': 's',
    'check-chars': 'w',
  });
  const [input, output, extra] = options.operands;
  if (extra !== undefined) throw new UsageError(run.gnu ? `extra operand '${extra}'` : '');
  const key = (line: string) => {
    const fields = line.replace(new RegExp(`^(?:[ \\t]*[^ \\t]+){0,${Number(options.value('f') ?? 0)}}`), '');
    const text = fields
      .slice(Number(options.value('s') ?? 0))
      .slice(0, Number(options.value('w') ?? Number.MAX_SAFE_INTEGER));
    return options.has('i') ? text.toLowerCase() : text;
  };
  let kept = '';
  const print = async (line: string, count: number) => {
    if ((options.has('d') && count === 1) || (options.has('u') && count > 1)) return;
    const text = `${options.has('c') ? `${String(count).padStart(7)} ` : ''}${line}\n`;
    if (output === undefined || output === '-') await run.print(text);
    else kept += text;
  };
  let last: string | undefined;
  let count = 0;
  const exitCode = await eachLine(
    run,
    input === undefined ? [] : [input],
    async (line) => {
      if (last !== undefined && key(line) === key(last)) {
        count++;
        return;
      }
      if (last !== undefined) await print(last, count);
      last = line;
      count = 1;
    },
    (path) => (run.gnu ? path : `can't open '${path}'`),
  );
  if (last !== undefined) await print(last, count);
  if (output !== undefined && output !== '-') await run.writeFile(output, encode(kept));
  return exitCode;
}

export async function paste(run: Run): Promise<number> {
  const options = parseOptions(run, 'd:sz', { delimiters: 'd', serial: 's' });
  const delimiters = [...(options.value('d') ?? '\t').replaceAll('\\n', '\n').replaceAll('\\t', '\t')];
  const joiner = (at: number) => (delimiters.length === 0 ? '' : delimiters[at % delimiters.length]!);
  const columns: string[][] = [];
  for (const path of options.operands.length > 0 ? options.operands : ['-']) {
    const { lines, exitCode } = await allLines(run, [path]);
    if (exitCode !== 0) return exitCode;
    columns.push(lines);
  }
  if (options.has('s')) {
    for (const lines of columns)
      await run.print(`${lines.map((line, at) => (at === 0 ? line : joiner(at - 1) + line)).join('')}\n`);
    return 0;
  }
  const rows = Math.max(0, ...columns.map((lines) => lines.length));
  for (let row = 0; row < rows; row++)
    await run.print(`${columns.map((lines, at) => (at === 0 ? '' : joiner(at - 1)) + (lines[row] ?? '')).join('')}\n`);
  return 0;
}

export async function comm(run: Run): Promise<number> {
  const options = parseOptions(run, '123');
  const [first, second] = options.operands;
  if (first === undefined || second === undefined)
    throw new UsageError(run.gnu ? (first === undefined ? 'missing operand' : `missing operand after '${first}'`) : '');
  const left = await allLines(run, [first]);
  const right = await allLines(run, [second]);
  if (left.exitCode || right.exitCode) return 1;
  const indent = (column: number) =>
    '\t'.repeat(['1', '2'].slice(0, column - 1).filter((flag) => !options.has(flag)).length);
  const show = async (column: number, line: string) => {
    if (!options.has(String(column))) await run.print(`${indent(column)}${line}\n`);
  };
  let [a, b] = [0, 0];
  while (a < left.lines.length || b < right.lines.length) {
    const [x, y] = [left.lines[a], right.lines[b]];
    const order = x === undefined ? 1 : y === undefined ? -1 : compareNames(x, y);
    if (order <= 0) a++;
    if (order >= 0) b++;
    await show(order < 0 ? 1 : order > 0 ? 2 : 3, (order <= 0 ? x : y)!);
  }
  return 0;
}

export async function split(run: Run): Promise<number> {
  const options = parseOptions(run, 'a:b:l:d', {
    lines: 'l',
    bytes: 'b',
    'suffix-length': 'a',
    'numeric-suffixes': 'd',
  });
  const [path = '-', prefix = 'x'] = options.operands;
  const width = Number(options.value('a') ?? 2);
  const bytes = await run
    .readAll(path)
    .catch(async (error) => run.failed(run.gnu ? `cannot open '${path}' for reading` : `can't open '${path}'`, error));
  if (typeof bytes === 'number') return bytes;
  const size = options.value('b');
  const pieces =
    size === undefined ? byLines(bytes, Number(options.value('l') ?? 1000)) : byBytes(bytes, parseSize(size) ?? 0);
  for (const [at, piece] of pieces.entries()) await run.writeFile(prefix + suffix(at, width, options.has('d')), piece);
  return 0;
}

function byLines(bytes: Uint8Array, count: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if (++lines % count !== 0) continue;
    pieces.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  return start < bytes.length ? [...pieces, bytes.subarray(start)] : pieces;
}

function byBytes(bytes: Uint8Array, size: number): Uint8Array[] {
  if (size < 1) throw new Complaint('invalid number of bytes');
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

function suffix(at: number, width: number, digits: boolean): string {
  if (digits) return String(at).padStart(width, '0');
  let text = '';
  for (let left = at, place = 0; place < width; place++, left = Math.floor(left / 26))
    text = String.fromCharCode(97 + (left % 26)) + text;
  return text;
}

export async function shuf(run: Run): Promise<number> {
  const options = parseOptions(run, 'n:o:zei:r', { 'head-count': 'n', output: 'o', echo: 'e', 'input-range': 'i' });
  if (!options.has('e') && options.operands.length > 1)
    throw new UsageError(run.gnu ? `extra operand '${options.operands[1]}'` : '');
  const range = /^(\d+)-(\d+)$/.exec(options.value('i') ?? '');
  const lines = options.has('e')
    ? [...options.operands]
    : range
      ? Array.from({ length: Number(range[2]) - Number(range[1]) + 1 }, (_, at) => String(Number(range[1]) + at))
      : (await allLines(run, options.operands)).lines;
  for (let at = lines.length - 1; at > 0; at--) {
    const other = below(run.process.system.chance, at + 1);
    [lines[at], lines[other]] = [lines[other]!, lines[at]!];
  }
  await run.print(
    lines
      .slice(0, Number(options.value('n') ?? lines.length))
      .map((line) => `${line}\n`)
      .join(''),
  );
  return 0;
}
