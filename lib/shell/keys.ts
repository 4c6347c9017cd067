/** Bytes from a terminal in raw mode → keys. */
import { FsError } from '../fs';
import type { Descriptor, Process } from '../process';

/** A name (`up`, `ctrl-a`, `paste-begin`), or the characters that were typed. */
export type Key =
  | { readonly name: string; readonly text?: undefined }
  | { readonly name: 'text'; readonly text: string };

const sequences: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[7~': 'home',
  '[4~': 'end',
  '[8~': 'end',
  '[3~': 'delete',
  '[5~': 'page-up',
  '[6~': 'page-down',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  '[200~': 'paste-begin',
  '[201~': 'paste-end',
  b: 'word-left',
  f: 'word-right',
  d: 'word-delete',
  '\x7f': 'ctrl-w',
  '.': 'last-argument',
};

export async function readKey(process: Process, terminal: Descriptor): Promise<Key> {
  const byte = await readByte(process, terminal);
  if (byte === undefined) return { name: 'hang-up' };
  if (byte === 0x1b) return readEscape(process, terminal);
  if (byte === 0x7f || byte === 0x08) return { name: 'backspace' };
  if (byte === 0x0d || byte === 0x0a) return { name: 'enter' };
  if (byte === 0x09) return { name: 'tab' };
  if (byte < 0x20) return { name: `ctrl-${String.fromCharCode(byte + 0x60)}` };
  const text = await readCharacter(process, terminal, byte);
  return { name: 'text', text: text + decoder.decode(terminal.terminal?.ahead(isPlain)) };
}

const decoder = new TextDecoder();
/** Most of what is typed, pasted or sent as a whole line; a character of several bytes is read for itself. */
const isPlain = (byte: number) => byte >= 0x20 && byte < 0x7f;

function readByte(process: Process, terminal: Descriptor): Promise<number | undefined> {
  return terminal.read(process, 1).then(firstOf, endOf);
}

const firstOf = (bytes: Uint8Array) => bytes[0];

/** The terminal is gone, or belongs to somebody else. */
function endOf(error: unknown): undefined {
  if (!(error instanceof FsError)) throw error;
}

async function readCharacter(process: Process, terminal: Descriptor, first: number): Promise<string> {
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  const bytes = [first];
  while (bytes.length < length) {
    const next = await readByte(process, terminal);
    if (next === undefined) break;
    bytes.push(next);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Milliseconds after which a lone Escape is just that. */
const escapeDelay = 50;

async function readEscape(process: Process, terminal: Descriptor): Promise<Key> {
  let text = '';
  for (;;) {
    const byte = await process.within(escapeDelay, () => readByte(process, terminal));
    if (byte === undefined) return { name: 'escape' };
    text += String.fromCharCode(byte);
    if (text === '[' || text === 'O') continue;
    const final = !text.startsWith('[') || (byte >= 0x40 && byte <= 0x7e);
    if (final || text.length > 16) return { name: sequences[text] ?? 'unknown' };
  }
}
