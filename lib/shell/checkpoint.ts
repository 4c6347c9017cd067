/** What an interactive shell needs to go on after a restart, as plain JSON. Jobs are not in it: their processes are gone. */
import { type Dialect, Parser } from './parser';
import type { Shell } from './shell';

export interface Checkpoint {
  readonly version: 1;
  readonly dialect: Dialect;
  readonly name: string;
  /** Name, value, and `x` for exported, `r` for readonly. */
  readonly variables: readonly (readonly [name: string, value: string | null, attributes: string])[];
  /** As they were written. */
  readonly functions: readonly string[];
  readonly aliases: readonly (readonly [name: string, value: string])[];
  readonly options: string;
  readonly positional: readonly string[];
  readonly status: number;
  readonly cwd: string;
  readonly umask: number;
  readonly history: readonly string[];
  /** Lines of an unfinished command, and what is typed at the prompt. */
  readonly begun: string;
  readonly typed: string;
}

export function checkpointOf(shell: Shell, begun: string, typed: string): Checkpoint {
  return {
    version: 1,
    dialect: shell.dialect,
    name: shell.name,
    variables: [...shell.variables.entries()].map(([name, one]) => [
      name,
      one.value ?? null,
      (one.exported ? 'x' : '') + (one.readonly ? 'r' : ''),
    ]),
    functions: [...shell.functions.values()].map(({ text }) => text),
    aliases: [...shell.aliases],
    options: [...shell.options].join(''),
    positional: shell.positional,
    status: shell.status,
    cwd: shell.process.cwd,
    umask: shell.process.umask,
    history: shell.history.slice(-500),
    begun,
    typed,
  };
}

export function isCheckpoint(value: unknown): value is Checkpoint {
  return typeof value === 'object' && value !== null && (value as Checkpoint).version === 1;
}

export function restore(shell: Shell, from: Checkpoint): void {
  for (const [name, value, attributes] of from.variables) {
    if (value !== null) shell.variables.set(name, value);
    if (attributes.includes('x')) shell.variables.mark(name, 'exported');
    if (attributes.includes('r')) shell.variables.mark(name, 'readonly');
  }
  for (const text of from.functions) restoreFunction(shell, text);
  for (const [name, value] of from.aliases) shell.aliases.set(name, value);
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
  if (command.kind === 'function') shell.functions.set(command.name, command);
}

function isDirectory(shell: Shell, path: string): boolean {
  return shell.process.fs.exists(path) && shell.process.fs.stat(path).kind === 'directory';
}
