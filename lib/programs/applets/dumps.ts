/** Bytes made visible: od, hexdump, xxd, base64, strings. */
import { Complaint, parseOptions } from '../options';
import type { Run } from '../run';
import { parseSize } from '../sizes';
import { concat, decode, fromLatin1, latin1 } from '../text';

const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
const octal = (value: number, width: number) => value.toString(8).padStart(width, '0');
const printable = (byte: number) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

async function gather(run: Run, paths: readonly string[]): Promise<{ bytes: Uint8Array; exitCode: number }> {
  const parts: Uint8Array[] = [];
  let exitCode = 0;
  for (const path of paths.length > 0 ? paths : ['-']) {
    try {
      parts.push(await run.readAll(path));
    } catch (error) {
      exitCode = await run.failed(path, error);
    }
  }
  return { bytes: parts.length > 0 ? concat(parts) : new Uint8Array(0), exitCode };
}

const word = (bytes: Uint8Array, at: number, size: number) => {
  let value = 0;
  for (let offset = size - 1; offset >= 0; offset--) value = value * 256 + (bytes[at + offset] ?? 0);
  return value;
};

/** Prints rows of 16 bytes, a star for rows equal to the one before. */
async function rows(
  run: Run,
  bytes: Uint8Array,
  all: boolean,
  width: number,
  show: (row: Uint8Array, at: number) => string,
  star = '*\n',
): Promise<void> {
  let before: string | undefined;
  let starred = false;
  for (let at = 0; at < bytes.length; at += width) {
    const row = bytes.subarray(at, at + width);
    const key = row.length === width ? latin1(row) : undefined;
    if (at % 65536 === 0) await run.process.tick();
    if (!all && key !== undefined && key === before) {
      if (!starred) await run.print(star);
      starred = true;
      continue;
    }
    before = key;
    starred = false;
    await run.print(show(row, at));
  }
}

const odNames: readonly string[] = [
  'nul',
  'soh',
  'stx',
  'etx',
  'eot',
  'enq',
  'ack',
  'bel',
  'bs',
  'ht',
  'nl',
  'vt',
  'ff',
  'cr',
  'so',
  'si',
  'dle',
  'dc1',
  'dc2',
  'dc3',
  'dc4',
  'nak',
  'syn',
  'etb',
  'can',
  'em',
  'sub',
  'esc',
  'fs',
  'gs',
  'rs',
  'us',
  'sp',
];
const odEscapes: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

interface Format {
  readonly size: number;
  readonly show: (value: number) => string;
}

function odFormat(type: string): Format | undefined {
  const [, letter = '', digits] = /^([acdoux])(\d*)$/.exec(type) ?? [];
  if (letter === 'a')
    return {
      size: 1,
      show: (byte) =>
        ` ${((byte & 127) === 127 ? 'del' : (odNames[byte & 127] ?? String.fromCharCode(byte & 127))).padStart(3)}`,
    };
  if (letter === 'c')
    return {
      size: 1,
      show: (byte) =>
        ` ${(odEscapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : octal(byte, 3))).padStart(3)}`,
    };
  const size = Number(digits || 4);
  if (![1, 2, 4].includes(size)) return undefined;
  if (letter === 'o') return { size, show: (value) => ` ${octal(value, { 1: 3, 2: 6, 4: 11 }[size]!)}` };
  if (letter === 'x') return { size, show: (value) => ` ${hex(value, size * 2)}` };
  const width = { 1: 4, 2: 6, 4: 11 }[size]!;
  if (letter === 'u') return { size, show: (value) => ` ${String(value).padStart(width - 1)}` };
  if (letter === 'd')
    return {
      size,
      show: (value) => ` ${String(value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value).padStart(width)}`,
    };
  return undefined;
}

const odOld: Readonly<Record<string, string>> = {
  b: 'o1',
  c: 'c',
  a: 'a',
  d: 'u2',
  o: 'o2',
  x: 'x2',
  h: 'x2',
  i: 'd4',
  l: 'd4',
  s: 'd2',
  B: 'o2',
  D: 'u4',
  O: 'o4',
  X: 'x4',
  H: 'x4',
};

export async function od(run: Run): Promise<number> {
  const options = parseOptions(run, 'abcdhilosxBDOXHvt:A:N:j:w:', {
    format: 't',
    'address-radix': 'A',
    'read-bytes': 'N',
    'skip-bytes': 'j',
    'output-duplicates': 'v',
    width: 'w',
  });
  const types = [
    ...options.all('t').flatMap((text) => text.match(/[acdoux]\d*/g) ?? [text]),
    ...Object.keys(odOld)
      .filter((flag) => options.has(flag))
      .map((flag) => odOld[flag]!),
  ];
  const formats = (types.length > 0 ? types : ['o2']).map((type) => {
    const format = odFormat(type);
    if (!format) throw new Complaint(`invalid type string '${type}'`);
    return format;
  });
  const { bytes: all, exitCode } = await gather(run, options.operands);
  if (exitCode !== 0 && all.length === 0) return exitCode;
  const skip = parseSize(options.value('j') ?? '0') ?? 0;
  const bytes = all.subarray(skip, skip + (parseSize(options.value('N') ?? '') ?? all.length));
  const radix = options.value('A') ?? 'o';
  const address = (at: number) =>
    radix === 'n' ? '' : radix === 'x' ? hex(at, 6) : radix === 'd' ? String(at).padStart(7, '0') : octal(at, 7);
  const width = Number(options.value('w') ?? 16);
  await rows(run, bytes, options.has('v'), width, (row, at) => {
    const lines = formats.map(({ size, show }) => {
      let text = '';
      for (let offset = 0; offset < row.length; offset += size) text += show(word(row, offset, size));
      return text;
    });
    return lines
      .map((line, index) => `${index === 0 ? address(at + skip) : ' '.repeat(address(0).length)}${line}\n`)
      .join('');
  });
  if (radix !== 'n') await run.print(`${address(skip + bytes.length)}\n`);
  return exitCode;
}

export async function hexdump(run: Run): Promise<number> {
  const options = parseOptions(run, 'bcdoxCvn:s:e:f:', {});
  const { bytes: all, exitCode } = await gather(run, options.operands);
  const skip = parseSize(options.value('s') ?? '0') ?? 0;
  const bytes = all.subarray(skip, skip + (parseSize(options.value('n') ?? '') ?? all.length));
  const canonical = options.has('C') || run.name === 'hd';
  await rows(run, bytes, options.has('v'), 16, (row, at) => {
    if (canonical) return `${hex(at + skip, 8)}  ${canonicalRow(row)}\n`;
    return `${hex(at + skip, 7)}${hexdumpRow(row, options.last('b', 'c', 'd', 'o', 'x'))}\n`;
  });
  if (bytes.length > 0) await run.print(`${hex(skip + bytes.length, canonical ? 8 : 7)}\n`);
  return exitCode;
}

function canonicalRow(row: Uint8Array): string {
  const cells = Array.from({ length: 16 }, (_, at) => (at < row.length ? hex(row[at]!, 2) : '  '));
  return `${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${Array.from(row, printable).join('')}|`;
}

function hexdumpRow(row: Uint8Array, style = ''): string {
  if (style === 'b' || style === 'c') {
    const show =
      style === 'b'
        ? (byte: number) => ` ${octal(byte, 3)}`
        : (byte: number) =>
            ` ${(odEscapes[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : octal(byte, 3))).padStart(3)}`;
    return Array.from(row, show).join('').padEnd(64);
  }
  const show =
    {
      d: (value: number) => `   ${String(value).padStart(5, '0')}`,
      o: (value: number) => `  ${octal(value, 6)}`,
      x: (value: number) => `    ${hex(value, 4)}`,
    }[style] ?? ((value: number) => ` ${hex(value, 4)}`);
  let text = '';
  for (let at = 0; at < row.length; at += 2) text += show(word(row, at, 2));
  return text.padEnd(show(0).length * 8);
}

export async function xxd(run: Run): Promise<number> {
  const options = parseOptions(run, 'pirg:c:l:s:o:u', {});
  if (options.has('r')) return xxdBack(run, options.operands[0] ?? '-', options.has('p'));
  const { bytes: all, exitCode } = await gather(run, options.operands.slice(0, 1));
  const skip = Number(options.value('s') ?? 0);
  const bytes = all.subarray(skip, skip + Number(options.value('l') ?? all.length));
  const columns = Number(options.value('c') ?? (options.has('p') ? 30 : options.has('i') ? 12 : 16));
  const group = Number(options.value('g') ?? 2) || columns;
  const two = (byte: number) => (options.has('u') ? hex(byte, 2).toUpperCase() : hex(byte, 2));
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.subarray(at, at + columns);
    const cells = Array.from(row, two);
    if (options.has('p')) {
      await run.print(`${cells.join('')}\n`);
      continue;
    }
    const text = cells.map((cell, index) => cell + ((index + 1) % group === 0 ? ' ' : '')).join('');
    const width = columns * 2 + Math.ceil(columns / group);
    await run.print(`${hex(at + skip, 8)}: ${text.padEnd(width)} ${Array.from(row, printable).join('')}\n`);
  }
  return exitCode;
}

async function xxdBack(run: Run, path: string, plain: boolean): Promise<number> {
  const text = await run.readText(path);
  const digits = plain
    ? text.replace(/[^0-9a-fA-F]/g, '')
    : text
        .split('\n')
        .map((line) => (/^[0-9a-f]+: ?(.*?)(?: {2}|$)/i.exec(line)?.[1] ?? '').replace(/\s/g, ''))
        .join('');
  await run.write(
    Uint8Array.from({ length: Math.floor(digits.length / 2) }, (_, at) =>
      Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
    ),
  );
  return 0;
}

export async function base64(run: Run): Promise<number> {
  const options = parseOptions(run, 'dw:iD', { decode: 'd', wrap: 'w', 'ignore-garbage': 'i' });
  const [path = '-'] = options.operands;
  try {
    const bytes = await run.readAll(path);
    if (options.has('d', 'D')) return await decodeBase64(run, decode(bytes), options.has('i'));
    const width = Number(options.value('w') ?? 76);
    const text = btoa(latin1(bytes));
    if (text === '') return 0;
    await run.print(width === 0 ? text : `${text.match(new RegExp(`.{1,${width}}`, 'g'))!.join('\n')}\n`);
    return 0;
  } catch (error) {
    return run.failed(path, error);
  }
}

async function decodeBase64(run: Run, text: string, lenient: boolean): Promise<number> {
  const clean = lenient ? text.replace(/[^A-Za-z0-9+/=]/g, '') : text.replace(/\n/g, '');
  const [, good = ''] = /^((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)/.exec(clean) ?? [];
  await run.write(fromLatin1(atob(good)));
  if (good.length === clean.length) return 0;
  return run.fail(run.gnu ? 'invalid input' : 'truncated input');
}

export async function strings(run: Run): Promise<number> {
  const options = parseOptions(run, 'afon:t:', { bytes: 'n', radix: 't', all: 'a', 'print-file-name': 'f' });
  const least = Number(options.value('n') ?? 4);
  let exitCode = 0;
  for (const path of options.operands.length > 0 ? options.operands : ['-']) {
    try {
      const text = latin1(await run.readAll(path));
      for (const match of text.matchAll(new RegExp(`[\\t\\x20-\\x7e]{${least},}`, 'g'))) {
        const radix = options.has('o') ? 8 : { o: 8, d: 10, x: 16 }[options.value('t') ?? ''];
        await run.print(
          `${options.has('f') ? `${path}: ` : ''}${radix ? `${match.index.toString(radix).padStart(7)} ` : ''}${match[0]}\n`,
        );
      }
    } catch (error) {
      exitCode = await run.failed(run.gnu ? `'${path}'` : path, error);
    }
  }
  return exitCode;
}
