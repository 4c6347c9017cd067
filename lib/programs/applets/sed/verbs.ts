/** What each of sed's commands does to the line at hand. */
import { encode } from '../../text';
import { type Editing, flushAppended, printLine, regexOf, writeTo } from './editing';
import type { Command } from './script';

/**
 * How it goes on. A number: after that command. `done` and `silent` end the line, which is printed or not; `again` begins
 * the script anew with what is left of it.
 */
export type Course = 'again' | 'done' | 'silent' | number | undefined;

/** One command, `name` being a letter the script's reader lets through: `{ } :` and busybox's unknown ones do nothing. */
export async function perform(editing: Editing, command: Command): Promise<Course> {
  const { space, hold } = editing;
  switch (command.name) {
    case 's':
      return substitute(editing, command);
    case 'y':
      editing.space = [...space].map((character) => command.map!.get(character) ?? character).join('');
      return undefined;
    case 'p':
      return print(editing, `${space}\n`);
    case 'P':
      return print(editing, `${space.split('\n')[0]}\n`);
    case 'i':
      return print(editing, `${command.text}\n`);
    case '=':
      return print(editing, `${editing.input.line}\n`);
    case 'l':
      // busybox reads the command and does nothing.
      return editing.run.gnu ? print(editing, `${visible(space)}$\n`) : undefined;
    case 'a':
      editing.appended.push(`${command.text}\n`);
      return undefined;
    case 'r':
      if (editing.run.fs.exists(command.text)) editing.appended.push(await editing.run.readText(command.text));
      return undefined;
    case 'w':
      await writeTo(editing, command.text);
      return undefined;
    case 'c':
      if (!command.second || command.negated || !editing.active.get(command)) await editing.output(`${command.text}\n`);
      return 'silent';
    case 'd':
      return 'silent';
    case 'D':
      return deleteFirst(editing);
    case 'n':
    case 'N':
      return next(editing, command.name);
    case 'q':
    case 'Q':
      editing.exitCode = Number(command.text || 0);
      editing.quit = true;
      return command.name === 'q' ? 'done' : 'silent';
    case 'h':
      editing.hold = space;
      return undefined;
    case 'H':
      editing.hold += `\n${space}`;
      return undefined;
    case 'g':
      editing.space = hold;
      return undefined;
    case 'G':
      editing.space += `\n${hold}`;
      return undefined;
    case 'x':
      [editing.space, editing.hold] = [hold, space];
      return undefined;
    case 'b':
      return jump(editing, command);
    case 't':
    case 'T': {
      const done = editing.substituted;
      editing.substituted = false;
      return done === (command.name === 't') ? jump(editing, command) : undefined;
    }
    default:
      return undefined;
  }
}

async function print({ output }: Editing, text: string): Promise<undefined> {
  await output(text);
}

function jump({ labels, commands }: Editing, { text }: Command): number {
  return text ? labels.get(text)! : commands.length;
}

/** Up to the first newline; with more behind it the script begins anew, without reading a line. */
async function deleteFirst(editing: Editing): Promise<Course> {
  const at = editing.space.indexOf('\n');
  if (at < 0) return 'silent';
  editing.space = editing.space.slice(at + 1);
  await flushAppended(editing);
  return 'again';
}

/** The next line, in place of this one or behind it. Where there is none, sed ends. */
async function next(editing: Editing, name: 'n' | 'N'): Promise<Course> {
  if (await editing.input.isLast()) {
    editing.quit = true;
    return 'done';
  }
  if (name === 'n' && !editing.quiet) await printLine(editing, editing.space);
  await flushAppended(editing);
  const line = (await editing.input.read())!;
  editing.space = name === 'n' ? line : `${editing.space}\n${line}`;
  return undefined;
}

async function substitute(editing: Editing, command: Command): Promise<undefined> {
  const { flags = '', nth = 1 } = command;
  const { run, space } = editing;
  let text = '';
  let end = 0;
  let count = 0;
  // Each of busybox's searches begins anew: it does not look at what stands before.
  for (const found of regexOf(editing, command.regex).all(space, !run.gnu)) {
    if (++count % 256 === 0) await run.process.tick();
    if (count < nth) continue;
    text += space.slice(end, found.index) + command.replacement!(found.groups);
    end = found.end;
    if (!flags.includes('g')) break;
  }
  if (count < nth) return;
  editing.space = text + space.slice(end);
  editing.substituted = true;
  if (flags.includes('p')) await editing.output(`${editing.space}\n`);
  if (command.text) await writeTo(editing, command.text);
}

const named: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
  ['\f', '\\f'],
  ['\v', '\\v'],
  ['\b', '\\b'],
  ['\x07', '\\a'],
]);

function visible(text: string): string {
  const octal = (byte: number) => `\\${byte.toString(8).padStart(3, '0')}`;
  const shown = (character: string) =>
    /^[\x20-\x7e]$/.test(character) ? character : Array.from(encode(character), octal).join('');
  return [...text].map((character) => named.get(character) ?? shown(character)).join('');
}
