import { FsError } from '../../fs';
import { parseOptions } from '../options';
import type { Run } from '../run';

const longNames = {
  number: 'n',
  'number-nonblank': 'b',
  'show-ends': 'E',
  'show-tabs': 'T',
  'show-all': 'A',
  'show-nonprinting': 'v',
  'squeeze-blank': 's',
};

export async function cat(run: Run): Promise<number> {
  const options = run.gnu ? parseOptions(run, 'nbvteAETsu', longNames) : parseOptions(run, 'nbvteAu');
  const style = {
    numberAll: options.has('n') && !options.has('b'),
    numberText: options.has('b'),
    ends: options.has('e', 'E', 'A'),
    tabs: options.has('t', 'T', 'A'),
    controls: options.has('v', 'e', 't', 'A'),
    squeeze: options.has('s'),
  };
  const plain = !Object.values(style).includes(true);
  const count = { line: 0, blank: 0 };
  let exitCode = 0;
  for (const path of options.operands.length > 0 ? options.operands : ['-']) {
    try {
      if (plain) await copy(run, path);
      else await decorate(run, path, style, count);
    } catch (error) {
      exitCode = await complain(run, path, error);
    }
  }
  return exitCode;
}

function complain(run: Run, path: string, error: unknown): Promise<number> {
  if (run.gnu) return run.failed(path, error);
  if (error instanceof FsError && error.errno === 'EISDIR') return run.fail(`read error: ${run.say(error)}`);
  return run.failed(`can't open '${path}'`, error);
}

async function copy(run: Run, path: string): Promise<void> {
  const input = await run.open(path);
  try {
    for (;;) {
      const bytes = await run.read(input);
      if (bytes.length === 0) return;
      // As it comes: somebody may be waiting for each piece.
      await run.write(bytes);
      if (!input.file) await run.flush();
    }
  } finally {
    input.close();
  }
}

interface Style {
  readonly numberAll: boolean;
  readonly numberText: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly controls: boolean;
  readonly squeeze: boolean;
}

async function decorate(run: Run, path: string, style: Style, count: { line: number; blank: number }): Promise<void> {
  const input = await run.open(path);
  try {
    const lines = run.lines(input);
    for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
      count.blank = line === '' ? count.blank + 1 : 0;
      if (style.squeeze && count.blank > 1) continue;
      const numbered = style.numberAll || (style.numberText && line !== '');
      const number = numbered ? `${String(++count.line).padStart(6)}\t` : '';
      const end = lines.unterminated ? '' : `${style.ends ? '$' : ''}\n`;
      await run.print(number + show(line, style) + end);
    }
  } finally {
    input.close();
  }
}

function show(line: string, style: Style): string {
  const tabs = style.tabs ? line.replaceAll('\t', '^I') : line;
  return style.controls ? caret(tabs) : tabs;
}

/** Control characters as `^X`, bytes above 127 as `M-…`. */
export function caret(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\u{10ffff}]/gu, (character) => {
    const code = character.codePointAt(0)!;
    if (code < 32) return `^${String.fromCharCode(code + 64)}`;
    if (code === 127) return '^?';
    const bytes = code >= 0xdc80 && code <= 0xdcff ? [code - 0xdc00] : new TextEncoder().encode(character);
    return Array.from(
      bytes,
      (byte) =>
        `M-${byte < 160 ? `^${String.fromCharCode(byte - 64)}` : byte === 255 ? '^?' : String.fromCharCode(byte - 128)}`,
    ).join('');
  });
}
