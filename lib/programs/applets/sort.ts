import { compareNames } from '../../fs';
import { Complaint, type Options, parseOptions } from '../options';
import type { Run } from '../run';
import { encode } from '../text';
import { allLines } from './each-line';
import { compareVersions } from './ls';

const longNames = {
  'numeric-sort': 'n',
  reverse: 'r',
  unique: 'u',
  key: 'k',
  'field-separator': 't',
  output: 'o',
  'ignore-case': 'f',
  'ignore-leading-blanks': 'b',
  stable: 's',
  check: 'c',
  'human-numeric-sort': 'h',
  'month-sort': 'M',
  'general-numeric-sort': 'g',
  'version-sort': 'V',
  'dictionary-order': 'd',
  'zero-terminated': 'z',
  'random-sort': 'R',
};

interface Key {
  readonly start: readonly [field: number, character: number];
  readonly end: readonly [field: number, character: number] | undefined;
  readonly flags: string;
}

export async function sort(run: Run): Promise<number> {
  const options = parseOptions(run, 'nrughMcszbdfiVRo:k:t:mT:S:C', longNames);
  const { lines, exitCode } = await allLines(run, options.operands, (path) =>
    run.gnu ? `cannot read: ${path}` : path,
  );
  if (exitCode !== 0) return 2;
  const compare = comparison(run, options);
  if (options.has('c', 'C')) return check(run, lines, compare, options);
  await run.process.tick();
  const sorted = lines.sort(compare.whole);
  const kept = options.has('u')
    ? sorted.filter((line, at) => at === 0 || compare.keys(sorted[at - 1]!, line) !== 0)
    : sorted;
  const text = kept.map((line) => `${line}\n`).join('');
  const output = options.value('o');
  if (output === undefined) await run.print(text);
  else await run.writeFile(output, encode(text));
  return 0;
}

interface Comparison {
  /** By the keys alone. */
  readonly keys: (a: string, b: string) => number;
  /** And by the whole line where they are equal. */
  readonly whole: (a: string, b: string) => number;
}

function comparison(run: Run, options: Options): Comparison {
  const global = ['n', 'g', 'h', 'M', 'V', 'd', 'f', 'b', 'r', 'i'].filter((flag) => options.has(flag)).join('');
  const separator = options.value('t');
  if (separator !== undefined && separator !== '\\0' && [...separator].length !== 1)
    throw new Complaint(run.gnu ? `multi-character tab '${separator}'` : `bad -t parameter`, 2);
  const keys = options.all('k').map((text) => parseKey(run, text));
  const each =
    keys.length > 0 ? keys.map((key) => byKey(key, key.flags || global, separator)) : [byFlags(global, (line) => line)];
  const compareKeys = (a: string, b: string) => each.reduce((order, compare) => order || compare(a, b), 0);
  const stable = options.has('s', 'u');
  const sign = options.has('r') ? -1 : 1;
  return { keys: compareKeys, whole: (a, b) => compareKeys(a, b) || (stable ? 0 : sign * compareNames(a, b)) };
}

function parseKey(run: Run, text: string): Key {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text);
  if (!match || match[1] === '0')
    throw new Complaint(run.gnu ? `-: invalid field specification '${text}'` : `bad field specification`, 2);
  const [, field, character = '1', flags = '', endField, endCharacter = '0', endFlags = ''] = match;
  return {
    start: [Number(field), Number(character)],
    end: endField === undefined ? undefined : [Number(endField), Number(endCharacter)],
    flags: flags + endFlags,
  };
}

function byKey(key: Key, flags: string, separator: string | undefined): (a: string, b: string) => number {
  return byFlags(flags, (line) => extract(line, key, separator));
}

function extract(line: string, { start, end }: Key, separator: string | undefined): string {
  const spans = separator === undefined ? blankFields(line) : separatedFields(line, separator);
  const from = spans[start[0] - 1];
  if (!from) return '';
  const first = from[0] + start[1] - 1;
  if (!end) return line.slice(first);
  const to = spans[end[0] - 1];
  if (!to) return line.slice(first);
  return line.slice(first, end[1] === 0 ? to[1] : to[0] + end[1]);
}

type Span = readonly [from: number, to: number];

function blankFields(line: string): Span[] {
  return [...line.matchAll(/[ \t]*[^ \t]+/g)].map((match) => [match.index, match.index + match[0].length]);
}

function separatedFields(line: string, separator: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, from)) {
    spans.push([from, at]);
    from = at + separator.length;
  }
  return [...spans, [from, line.length]];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function byFlags(flags: string, pick: (line: string) => string): (a: string, b: string) => number {
  const sign = flags.includes('r') ? -1 : 1;
  const number = numberReader(flags);
  if (number) return (a, b) => sign * (number(pick(a)) - number(pick(b)) || 0);
  const clean = (text: string) => {
    let cleaned = flags.includes('b') ? text.replace(/^[ \t]+/, '') : text;
    if (flags.includes('d')) cleaned = cleaned.replace(/[^\p{L}\p{N} \t]/gu, '');
    return flags.includes('f') ? cleaned.toUpperCase() : cleaned;
  };
  const compare = flags.includes('V') ? compareVersions : compareNames;
  return (a, b) => sign * compare(clean(pick(a)), clean(pick(b)));
}

function numberReader(flags: string): ((text: string) => number) | undefined {
  if (flags.includes('h'))
    return (text) => {
      const match = /^\s*(-?[\d.]+)([KMGTP]?)/i.exec(text);
      return match ? Number.parseFloat(match[1]!) * 1024 ** ' KMGTP'.indexOf(match[2]!.toUpperCase() || ' ') : 0;
    };
  if (flags.includes('M')) return (text) => months.indexOf(text.trim().slice(0, 3).toUpperCase());
  if (flags.includes('g')) return (text) => Number.parseFloat(text) || 0;
  if (flags.includes('n')) return (text) => Number(/^\s*-?\d*\.?\d*/.exec(text)?.[0]) || 0;
  return undefined;
}

async function check(run: Run, lines: readonly string[], compare: Comparison, options: Options): Promise<number> {
  for (const [at, line] of lines.entries()) {
    if (at === 0) continue;
    const order = options.has('u') ? compare.keys(lines[at - 1]!, line) : compare.whole(lines[at - 1]!, line);
    if (order < 0 || (order === 0 && !options.has('u'))) continue;
    if (options.has('C')) return 1;
    if (!run.gnu) return run.complain(`Check line ${at}\n`).then(() => 1);
    return run.fail(`${options.operands[0] ?? '-'}:${at + 1}: disorder: ${line}`);
  }
  return 0;
}
