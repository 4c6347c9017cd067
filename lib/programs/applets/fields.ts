/** cut and tr. */
import { Complaint, type Options, parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { decode, encode, latin1 } from '../text';
import { eachLine } from './each-line';

type Range = readonly [from: number, to: number];

const cutNames = {
  bytes: 'b',
  characters: 'c',
  fields: 'f',
  delimiter: 'd',
  'only-delimited': 's',
  complement: 'complement',
  'output-delimiter': 'O',
};

export async function cut(run: Run): Promise<number> {
  const options = parseOptions(run, 'b:c:f:F:d:snDO:z', cutNames);
  const list = options.value('f') ?? options.value('F') ?? options.value('c') ?? options.value('b');
  if (list === undefined)
    throw new UsageError(run.gnu ? 'you must specify a list of bytes, characters, or fields' : '');
  const given = options.value('d') ?? '\t';
  if (run.gnu && [...given].length > 1) throw new UsageError('the delimiter must be a single character');
  const delimiter = [...given][0] ?? '\0';
  const picks = chooser(rangesOf(run, list), options.has('complement'));
  const take = options.has('f', 'F')
    ? fieldTaker(delimiter, picks, options)
    : options.has('b') && !options.has('c')
      ? byteTaker(picks)
      : characterTaker(picks);
  return eachLine(run, options.operands, async (line) => {
    const text = take(line);
    if (text !== undefined) await run.print(`${text}\n`);
  });
}

function rangesOf(run: Run, list: string): Range[] {
  return list.split(',').map((part) => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!match || part === '' || part === '-')
      throw new Complaint(run.gnu ? `invalid field value '${part}'` : `invalid number '${part}'`);
    const [, from = '', dash, to = ''] = match;
    if (from === '0')
      throw run.gnu
        ? new UsageError('fields are numbered from 1')
        : new Complaint(`invalid range ${part}${part.includes('-') ? '' : `-${part}`}`);
    if (!dash) return [Number(from), Number(from)];
    if (from && to && Number(to) < Number(from))
      throw run.gnu ? new UsageError('invalid decreasing range') : new Complaint(`invalid range ${part}`);
    return [from ? Number(from) : 1, to ? Number(to) : Number.POSITIVE_INFINITY];
  });
}

function chooser(ranges: readonly Range[], complement: boolean): (position: number) => boolean {
  return (position) => ranges.some(([from, to]) => position >= from && position <= to) !== complement;
}

function fieldTaker(
  delimiter: string,
  picks: (position: number) => boolean,
  options: Options,
): (line: string) => string | undefined {
  const joiner = options.value('O') ?? delimiter;
  return (line) => {
    if (!line.includes(delimiter)) return options.has('s') ? undefined : line;
    return line
      .split(delimiter)
      .filter((_field, at) => picks(at + 1))
      .join(joiner);
  };
}

function characterTaker(picks: (position: number) => boolean): (line: string) => string {
  return (line) => [...line].filter((_character, at) => picks(at + 1)).join('');
}

function byteTaker(picks: (position: number) => boolean): (line: string) => string {
  return (line) => decode(encode(line).filter((_byte, at) => picks(at + 1)));
}

// tr works on bytes

export async function tr(run: Run): Promise<number> {
  const options = parseOptions(run, '+cCdst', {
    complement: 'c',
    delete: 'd',
    'squeeze-repeats': 's',
    'truncate-set1': 't',
  });
  const [first, second, extra] = options.operands;
  if (first === undefined) throw new UsageError(run.gnu ? 'missing operand' : '');
  if (extra !== undefined) throw new UsageError(run.gnu ? `extra operand '${extra}'` : '');
  if (run.gnu && second === undefined && !options.has('d', 's'))
    throw new UsageError(`missing operand after '${first}'\nTwo strings must be given when translating.`);
  const translate = translator(first, second, options);
  const input = run.process.stdin;
  for (let bytes = await run.read(input); bytes.length > 0; bytes = await run.read(input))
    await run.write(translate(bytes));
  return 0;
}

function translator(first: string, second: string | undefined, options: Options): (bytes: Uint8Array) => Uint8Array {
  const listed = expandSet(first);
  const from = options.has('c', 'C')
    ? Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !listed.includes(byte))
    : listed;
  const to = second === undefined ? [] : expandSet(second, from.length);
  const removed = new Set(options.has('d') ? from : []);
  const squeezed = new Set(options.has('s') ? (second === undefined ? from : to) : []);
  const map = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  if (!options.has('d') && to.length > 0)
    for (const [at, byte] of from.entries()) map[byte] = to[Math.min(at, to.length - 1)]!;
  let last = -1;
  return (bytes) => {
    const out = new Uint8Array(bytes.length);
    let length = 0;
    for (const byte of bytes) {
      if (removed.has(byte)) continue;
      const mapped = map[byte]!;
      if (mapped === last && squeezed.has(mapped)) continue;
      last = mapped;
      out[length++] = mapped;
    }
    return out.subarray(0, length);
  };
}

const namedSets: Readonly<Record<string, (byte: number) => boolean>> = {
  alpha: (byte) => /[a-zA-Z]/.test(String.fromCharCode(byte)),
  digit: (byte) => byte >= 48 && byte <= 57,
  alnum: (byte) => /[a-zA-Z0-9]/.test(String.fromCharCode(byte)),
  upper: (byte) => byte >= 65 && byte <= 90,
  lower: (byte) => byte >= 97 && byte <= 122,
  space: (byte) => byte === 32 || (byte >= 9 && byte <= 13),
  blank: (byte) => byte === 32 || byte === 9,
  punct: (byte) => byte > 32 && byte < 127 && !/[a-zA-Z0-9]/.test(String.fromCharCode(byte)),
  cntrl: (byte) => byte < 32 || byte === 127,
  print: (byte) => byte >= 32 && byte < 127,
  graph: (byte) => byte > 32 && byte < 127,
  xdigit: (byte) => /[0-9a-fA-F]/.test(String.fromCharCode(byte)),
};

const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11, '\\': 92 };

function expandSet(text: string, wanted = 0): number[] {
  const characters = latin1(encode(text));
  const bytes: number[] = [];
  for (let at = 0; at < characters.length; ) {
    const rest = characters.slice(at);
    const named = /^\[:(\w+):\]/.exec(rest);
    const repeated = /^\[(.)\*(\d*)\]/s.exec(rest);
    if (named && namedSets[named[1]!]) {
      for (let byte = 0; byte < 256; byte++) if (namedSets[named[1]!]!(byte)) bytes.push(byte);
      at += named[0].length;
      continue;
    }
    if (repeated) {
      const times = Number(repeated[2]) || Math.max(0, wanted - bytes.length);
      for (let time = 0; time < times; time++) bytes.push(repeated[1]!.charCodeAt(0));
      at += repeated[0].length;
      continue;
    }
    const [byte, length] = oneByte(rest);
    const range =
      characters[at + length] === '-' && at + length + 1 < characters.length
        ? oneByte(characters.slice(at + length + 1))
        : undefined;
    if (range && range[0] >= byte) {
      for (let each = byte; each <= range[0]; each++) bytes.push(each);
      at += length + 1 + range[1];
    } else {
      bytes.push(byte);
      at += length;
    }
  }
  return bytes;
}

function oneByte(text: string): [byte: number, length: number] {
  if (text[0] !== '\\' || text.length === 1) return [text.charCodeAt(0), 1];
  const octal = /^\\([0-7]{1,3})/.exec(text);
  if (octal) return [Number.parseInt(octal[1]!, 8) & 0xff, octal[0].length];
  return [escapes[text[1]!] ?? text.charCodeAt(1), 2];
}
