/** All builtins by name. */
import type { Dialect } from '../dialect';
import { aliases } from './aliases';
import type { Builtin, Builtins } from './builtin';
import { control } from './control';
import { directories } from './directories';
import { jobControl } from './job-control';
import { limitBuiltins } from './limits';
import { lookup } from './lookup';
import { options } from './options';
import { output } from './output';
import { read } from './read';
import { test } from './test';
import { variables } from './variables';

const notDash = new Set(['source', 'let', 'history', 'help']);

let table: Builtins | undefined;

/**
 * Made when first asked for: builtins run commands and commands are builtins, so the modules know each other. Without a
 * prototype, for a command may be called `constructor`.
 */
export function builtinNamed(dialect: Dialect, name: string): Builtin | undefined {
  const found = builtins()[name];
  if (dialect === 'dash' ? notDash.has(name) : name === 'chdir') return undefined;
  return found?.gnu && dialect !== 'gnu' ? undefined : found;
}

export function builtins(): Builtins {
  table ??= Object.assign(
    Object.create(null),
    aliases,
    control,
    directories,
    jobControl,
    limitBuiltins,
    lookup,
    options,
    output,
    read,
    test,
    variables,
  ) as Builtins;
  return table;
}
