/** Files of commands: `sh file`, `. file`, and executables without `#!`. */
import { type Errno, FsError } from '../fs';
import { claimNumbers } from '../process';
import { prefixOf } from './complaint';
import { Fault, Return } from './flow';
import type { Shell } from './shell';

export function readText(shell: Shell, path: string): string {
  claimNumbers(shell.process, 1, path);
  return new TextDecoder().decode(shell.process.fs.readFile(path));
}

/** What a shell does with an executable that the kernel does not know: it reads it. */
export async function runScript(
  shell: Shell,
  path: string,
  words: readonly string[],
  env?: Record<string, string>,
): Promise<number> {
  const text = readText(shell, path);
  if (text.includes('\0')) {
    await shell.complain(`${words[0]}: Exec format error`);
    return 126;
  }
  for (const [name, value] of Object.entries(env ?? {})) shell.variables.set(name, value);
  shell.positional = words.slice(1);
  shell.name = path;
  return shell.runText(text, 1);
}

/** `.`: in this shell. Arguments, when given, are its positional parameters meanwhile. */
export async function source(shell: Shell, path: string, args: readonly string[]): Promise<number> {
  let text: string;
  try {
    text = readText(shell, path);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw unsourced(shell, path, error.errno);
  }
  const { positional, loops, line, name, reading } = shell;
  shell.reading = undefined;
  if (args.length > 0) shell.positional = [...args];
  shell.depth++;
  shell.loops = 0;
  shell.name = shell.dialect !== 'gnu' ? `${name}: ${path}` : path;
  try {
    return await shell.runText(text, 1);
  } catch (error) {
    if (!(error instanceof Return)) throw error;
    return (shell.status = error.status);
  } finally {
    if (args.length > 0) shell.positional = positional;
    shell.depth--;
    shell.loops = loops;
    shell.line = line;
    shell.name = name;
    shell.reading = reading;
  }
}

/** bash does not say `.` before the name. */
export function unsourced(shell: Shell, path: string, errno: Errno = 'ENOENT'): Fault {
  const words = errno === 'ENOENT' ? shell.wording.cannotSource(path) : shell.wording.cannotOpen(path, errno);
  const fault = new Fault(words, shell.dialect === 'gnu' ? 1 : 2);
  if (shell.dialect === 'gnu') fault.whole = `${prefixOf(shell)}${fault.message}\n`;
  return fault;
}
