import { FsError } from '../../fs';
import { parseOptions } from '../options';
import type { Run } from '../run';

const names = { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' };

interface Counts {
  l: number;
  w: number;
  c: number;
  m: number;
  L: number;
}

const order = ['l', 'w', 'm', 'c', 'L'] as const;
type Column = (typeof order)[number];

export async function wc(run: Run): Promise<number> {
  const options = parseOptions(run, 'lwcmL', names);
  const chosen = order.filter((flag) => options.has(flag));
  const columns: readonly Column[] = chosen.length > 0 ? chosen : ['l', 'w', 'c'];
  const total: Counts = { l: 0, w: 0, c: 0, m: 0, L: 0 };
  const rows: { counts: Counts; name: string; error?: unknown }[] = [];
  for (const path of options.operands.length > 0 ? options.operands : ['-']) {
    try {
      const counts = await count(run, path);
      for (const key of order) total[key] = key === 'L' ? Math.max(total.L, counts.L) : total[key] + counts[key];
      rows.push({ counts, name: options.operands.length > 0 ? path : '' });
    } catch (error) {
      const folder = error instanceof FsError && error.errno === 'EISDIR';
      if (!(error instanceof FsError)) throw error;
      rows.push({
        counts: { l: 0, w: 0, c: 0, m: 0, L: 0 },
        name: folder ? path : '',
        error: new FsError(error.errno, path),
      });
    }
  }
  const failed = rows.some(({ error }) => error);
  const width = run.gnu
    ? gnuWidth(run, options.operands.length > 0 ? options.operands : ['-'], columns, rows.length)
    : columns.length > 1 || rows.length > 1
      ? 9
      : 0;
  for (const { counts, name, error } of rows) {
    if (error) await run.failed((error as FsError).path, error);
    if (!error || name) await run.print(line(counts, columns, name, width));
  }
  if (rows.length > 1) await run.print(line(total, columns, 'total', width));
  return failed ? 1 : 0;
}

function line(counts: Counts, columns: readonly Column[], name: string, width: number): string {
  return `${columns.map((key) => String(counts[key]).padStart(width)).join(' ')}${name ? ` ${name}` : ''}\n`;
}

/** coreutils makes columns as wide as the sizes of the files together need, 7 when one is not known beforehand. */
function gnuWidth(run: Run, names: readonly string[], columns: readonly Column[], files: number): number {
  if (files === 1 && columns.length === 1) return 0;
  let bytes = 0;
  for (const name of names) {
    const file = name === '-' ? run.process.stdin.file?.stat() : run.fs.exists(name) ? run.fs.stat(name) : undefined;
    if (file ? file.kind !== 'file' : name === '-') return 7;
    bytes += file?.size ?? 0;
  }
  return String(bytes).length;
}

async function count(run: Run, path: string): Promise<Counts> {
  const input = await run.open(path);
  const counts: Counts = { l: 0, w: 0, c: 0, m: 0, L: 0 };
  let inWord = false;
  let column = 0;
  try {
    for (let bytes = await run.read(input); bytes.length > 0; bytes = await run.read(input)) {
      counts.c += bytes.length;
      for (const byte of bytes) {
        if ((byte & 0xc0) !== 0x80) {
          counts.m++;
          if (byte !== 10) column++;
        }
        if (byte === 10) {
          counts.l++;
          counts.L = Math.max(counts.L, column);
          column = 0;
        }
        const space = byte === 32 || (byte >= 9 && byte <= 13);
        if (!space && !inWord) counts.w++;
        inWord = !space;
      }
    }
    counts.L = Math.max(counts.L, column);
    return counts;
  } finally {
    input.close();
  }
}
