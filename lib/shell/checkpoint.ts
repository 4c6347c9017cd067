/** What an interactive shell needs to go on after a restart, as plain JSON. Jobs are not in it: their processes are gone. */
import type { Dialect } from './dialect';
import { Parser } from './grammar/parser';
import type { Shell } from './shell';

export interface Checkpoint {
  readonly version: 2;
  readonly dialect: Dialect;
  readonly name: string;
  /**
   * Of each in turn: name, value or elements, and `x` for exported, `r` for readonly, `A` for associative. One list for all, as
   * every idle computer keeps it: a list for each is three times as large.
   */
  readonly variables: readonly (string | null | Elements)[];
  /** As they were written. */
  readonly functions: readonly string[];
  readonly aliases: readonly (readonly [name: string, value: string])[];
  readonly options: readonly string[];
  readonly positional: readonly string[];
  readonly status: number;
  readonly cwd: string;
  readonly umask: number;
  readonly history: readonly string[];
  /** How many lines have ended, told with how the last one did: the same line again, with the same end, is another command. */
  readonly ran: number;
  /** Lines of an unfinished command, and what is typed at the prompt. */
  readonly begun: string;
  readonly typed: string;
}

type Elements = readonly (readonly [key: string, value: string])[];

/** As streams of before tell it. */
interface FirstCheckpoint extends Omit<Checkpoint, 'version' | 'variables'> {
  readonly version: 1;
  readonly variables: readonly (readonly [name: string, value: string | null | Elements, attributes: string])[];
}

export function checkpointOf(shell: Shell, begun: string, typed: string, ran: number): Checkpoint {
  return {
    version: 2,
    dialect: shell.dialect,
    name: shell.name,
    variables: [...shell.variables.entries()].flatMap(([name, one]) => [
      name,
      one.elements ? [...one.elements] : (one.value ?? null),
      (one.exported ? 'x' : '') + (one.readonly ? 'r' : '') + (one.associative ? 'A' : ''),
    ]),
    functions: [...shell.functions.values()].map(({ text }) => text),
    aliases: [...shell.aliases],
    options: [...shell.options],
    positional: shell.positional,
    status: shell.status,
    cwd: shell.process.cwd,
    umask: shell.process.umask,
    history: shell.history.slice(-500),
    ran,
    begun,
    typed,
  };
}

/** Undefined: it is none of ours. */
export function readCheckpoint(value: unknown): Checkpoint | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const known = value as Checkpoint | FirstCheckpoint;
  if (known.version === 1) return { ...known, version: 2, variables: known.variables.flat() };
  return known.version === 2 ? known : undefined;
}

export function restore(shell: Shell, from: Checkpoint): void {
  for (let at = 0; at + 2 < from.variables.length; at += 3) {
    const [name, value, attributes] = from.variables.slice(at, at + 3) as [string, string | null | Elements, string];
    if (typeof value === 'string') shell.variables.set(name, value);
    else if (value)
      for (const [key, text] of value) shell.variables.elements(name, attributes.includes('A')).set(key, text);
    if (attributes.includes('x')) shell.variables.mark(name, 'exported');
    if (attributes.includes('r')) shell.variables.mark(name, 'readonly');
  }
  for (const text of from.functions) restoreFunction(shell, text);
  for (const [name, value] of from.aliases) shell.alias(name, value);
  shell.options = new Set(from.options);
  shell.positional = [...from.positional];
  shell.status = from.status;
  shell.name = from.name;
  shell.history = [...from.history];
  if (isDirectory(shell, from.cwd)) shell.process.cwd = from.cwd;
  shell.process.umask = from.umask;
}

function restoreFunction(shell: Shell, text: string): void {
  const command = new Parser(text, { dialect: shell.dialect }).all();
  if (command.kind === 'function') shell.define(command);
}

function isDirectory(shell: Shell, path: string): boolean {
  return shell.process.fs.exists(path) && shell.process.fs.stat(path).kind === 'directory';
}
