/** read. */
import type { Descriptor } from '../../process';
import { isName } from '../assignment';
import { Fields } from '../fields';
import { Fault } from '../flow';
import type { Shell } from '../shell';
import type { Builtins } from './builtin';
import { badOption } from './usage';

interface Options {
  raw: boolean;
  silent: boolean;
  prompt: string;
  seconds: number | undefined;
  count: number | undefined;
  descriptor: number;
  delimiter: number;
  /** bash's `-a`: all fields go there. */
  array?: string;
  names: readonly string[];
}

function parse(shell: Shell, args: readonly string[]): Options {
  const options: Options = {
    raw: false,
    silent: false,
    prompt: '',
    seconds: undefined,
    count: undefined,
    descriptor: 0,
    delimiter: 10,
    names: [],
  };
  let at = 0;
  for (; at < args.length && args[at]!.startsWith('-') && args[at] !== '-'; at++) {
    const word = args[at]!;
    if (word === '--') {
      at++;
      break;
    }
    for (let place = 1; place < word.length; place++) {
      const letter = word[place]!;
      if (letter === 'r') options.raw = true;
      else if (letter === 's') options.silent = true;
      else {
        if (shell.dialect === 'dash' && letter !== 'p') throw badOption(shell, 'read', `-${letter}`);
        const value = word.slice(place + 1) || args[++at] || '';
        valued(shell, options, letter, value);
        break;
      }
    }
  }
  options.names = args.slice(at);
  return options;
}

function valued(shell: Shell, options: Options, letter: string, value: string): void {
  if (letter === 'p') options.prompt = value;
  else if (letter === 't') options.seconds = Number(value);
  else if (letter === 'n' || letter === 'N') options.count = Number(value);
  else if (letter === 'a' && shell.dialect === 'gnu') options.array = value;
  else if (letter === 'u') options.descriptor = Number(value);
  else if (letter === 'd') options.delimiter = value.charCodeAt(0) || 0;
  else throw badOption(shell, 'read', `-${letter}`);
}

async function readBuiltin(shell: Shell, args: readonly string[]): Promise<number> {
  const options = parse(shell, args);
  if (shell.dialect === 'dash' && options.names.length === 0) throw new Fault('arg count', 2, false);
  for (const name of options.names)
    if (!isName(name)) {
      if (shell.dialect !== 'busybox')
        throw new Fault(shell.wording.badName(name), shell.dialect === 'gnu' ? 1 : 2, false);
      await shell.tell(`${shell.name}: read: '${name}': bad variable name\n`);
      return 1;
    }
  const source = shell.process.descriptors.get(options.descriptor);
  if (!source) throw new Fault('read error: Bad file descriptor', 1, false);
  if (options.prompt && source.terminal) await shell.tell(options.prompt);
  const line = await timed(shell, options, () => lineOf(shell, source, options));
  if (options.array) toArray(shell, options.array, options, line?.text ?? '');
  else distribute(shell, options, line?.text ?? '');
  if (!line) return shell.dialect === 'gnu' ? 142 : 1;
  return line.complete ? 0 : 1;
}

type Line = { readonly text: string; readonly complete: boolean };

async function timed(shell: Shell, { seconds, silent }: Options, body: () => Promise<Line>): Promise<Line | undefined> {
  const terminal = silent ? shell.process.stdin.terminal : undefined;
  if (terminal) terminal.echo = false;
  try {
    return seconds === undefined ? await body() : await shell.process.within(seconds * 1000, body);
  } finally {
    if (terminal) terminal.echo = true;
  }
}

/** One character of what was read, and whether a backslash made it ordinary. */
async function lineOf(shell: Shell, source: Descriptor, { raw, count, delimiter }: Options): Promise<Line> {
  const bytes: number[] = [];
  let escaped = false;
  for (;;) {
    if (bytes.length > longestLine) throw new Fault('out of memory', 2);
    if (count !== undefined && bytes.length >= count) return { text: decode(bytes), complete: true };
    const byte = (await source.read(shell.process, 1))[0];
    if (byte === undefined) return { text: decode(bytes), complete: false };
    if (byte === delimiter && !escaped) return { text: decode(bytes), complete: true };
    if (byte === 0) continue;
    if (escaped) {
      escaped = false;
      // An escaped newline joins lines; any other escaped character stays together with its backslash until it is split.
      if (byte !== 10) bytes.push(92, byte);
    } else if (byte === 92 && !raw) escaped = true;
    else bytes.push(byte);
  }
}

/** Bytes that `read` takes at most. */
const longestLine = 16 * 1024 * 1024;

const decode = (bytes: readonly number[]) => new TextDecoder().decode(Uint8Array.from(bytes));

function distribute(shell: Shell, { names, raw }: Options, line: string): void {
  const separators = shell.variables.get('IFS') ?? ' \t\n';
  const plain = (text: string) => (raw ? text : text.replace(/\\([\s\S])/g, '$1'));
  if (names.length === 0) {
    shell.assign('REPLY', plain(line));
    return;
  }
  const blank = [...separators].filter((char) => ' \t\n'.includes(char));
  let rest = trim(line, blank, 'start');
  names.forEach((name, at) => {
    if (at === names.length - 1) {
      shell.assign(name, plain(lastField(rest, separators, blank, raw)));
      return;
    }
    const end = fieldEnd(rest, separators, raw);
    shell.assign(name, plain(rest.slice(0, end)));
    rest = afterSeparator(rest.slice(end), separators, blank);
  });
}

function toArray(shell: Shell, name: string, { raw }: Options, line: string): void {
  const fields = new Fields(shell.variables.get('IFS') ?? ' \t\n');
  fields.split(raw ? line : line.replace(/\\([\s\S])/g, '$1'));
  fields.end();
  shell.guard(name, () => {
    const elements = shell.variables.elements(name);
    elements.clear();
    for (const [at, { text }] of fields.all.entries()) elements.set(String(at), text);
  });
}

async function mapfile(shell: Shell, args: readonly string[]): Promise<number> {
  const name = args.find((arg) => !arg.startsWith('-')) ?? 'MAPFILE';
  const strip = args.includes('-t');
  const options = parse(shell, ['-r']);
  const lines: string[] = [];
  for (;;) {
    const { text, complete } = await lineOf(shell, shell.process.stdin, options);
    if (complete || text !== '') lines.push(strip || !complete ? text : `${text}\n`);
    if (!complete) break;
  }
  shell.guard(name, () => {
    const elements = shell.variables.elements(name);
    elements.clear();
    for (const [at, line] of lines.entries()) elements.set(String(at), line);
  });
  return 0;
}

function trim(text: string, chars: readonly string[], side: 'start' | 'end'): string {
  let [from, to] = [0, text.length];
  if (side === 'start') while (from < to && chars.includes(text[from]!)) from++;
  else while (to > from && chars.includes(text[to - 1]!) && text[to - 2] !== '\\') to--;
  return text.slice(from, to);
}

/** The rest of the line; one closing separator that is not blank falls away when nothing else follows. */
function lastField(rest: string, separators: string, blank: readonly string[], raw: boolean): string {
  const trimmed = trim(rest, blank, 'end');
  const end = fieldEnd(trimmed, separators, raw);
  return end === trimmed.length - 1 && !blank.includes(trimmed[end]!) ? trimmed.slice(0, end) : trimmed;
}

function fieldEnd(text: string, separators: string, raw: boolean): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\' && !raw) at++;
    else if (separators.includes(text[at]!)) return at;
  }
  return text.length;
}

function afterSeparator(text: string, separators: string, blank: readonly string[]): string {
  const rest = trim(text, blank, 'start');
  if (rest !== '' && separators.includes(rest[0]!) && !blank.includes(rest[0]!))
    return trim(rest.slice(1), blank, 'start');
  return rest;
}

export const read: Builtins = {
  read: { run: readBuiltin },
  mapfile: { gnu: true, run: mapfile },
  readarray: { gnu: true, run: mapfile },
};
