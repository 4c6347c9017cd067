/** export, readonly, local, unset, shift, getopts, let, set's variables. */

import { isName } from '../assignment';
import { calculateText } from '../calculate';
import { Fault } from '../flow';
import type { Shell } from '../shell';
import { ashQuoted, singleQuoted } from '../trace';
import type { Variable } from '../variables';
import type { Builtin, Builtins } from './builtin';
import { badOption, usageOf } from './usage';

/** `name` or `name=value`. */
function split(shell: Shell, text: string): readonly [name: string, value: string | undefined] {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  if (!isName(name))
    throw new Fault(shell.wording.badName(shell.dialect === 'gnu' ? text : name), shell.dialect === 'gnu' ? 1 : 2);
  return [name, at < 0 ? undefined : text.slice(at + 1)];
}

function marking(attribute: 'exported' | 'readonly'): Builtin {
  return {
    special: true,
    run: async (shell, args) => {
      const flags = args.filter((arg) => arg.startsWith('-') && arg.length > 1);
      const names = args.slice(flags.length);
      if (names.length === 0) return list(shell, attribute);
      const off = flags.includes('-n');
      if (off && shell.dialect === 'dash') throw badOption(shell, 'export', '-n', true);
      for (const text of names) {
        const [name, value] = split(shell, text);
        if (value !== undefined) shell.assign(name, value);
        shell.variables.mark(name, attribute, !off);
      }
      return 0;
    },
  };
}

function sortedEntries(shell: Shell): (readonly [string, Variable])[] {
  return [...shell.variables.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function list(shell: Shell, attribute: 'exported' | 'readonly'): Promise<number> {
  const gnuWord = attribute === 'exported' ? 'declare -x' : 'declare -r';
  const word = attribute === 'exported' ? 'export' : 'readonly';
  let text = '';
  for (const [name, one] of sortedEntries(shell)) {
    if (!one[attribute]) continue;
    const value =
      one.value === undefined
        ? ''
        : shell.dialect === 'gnu'
          ? `=${doubleQuoted(one.value)}`
          : `=${ashQuoted(one.value)}`;
    text += `${shell.dialect === 'gnu' ? gnuWord : word} ${name}${value}\n`;
  }
  await shell.process.print(text);
  return 0;
}

function doubleQuoted(text: string): string {
  return `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}

/** What a bare `set` prints. */
export async function listVariables(shell: Shell): Promise<number> {
  let text = '';
  for (const [name, { value }] of sortedEntries(shell)) {
    if (value === undefined) continue;
    const plain = shell.dialect === 'gnu' && /^[A-Za-z0-9_@%+=:,./[\]{}^-]*$/.test(value);
    text += `${name}=${plain ? value : shell.dialect === 'gnu' ? singleQuoted(value) : ashQuoted(value)}\n`;
  }
  await shell.process.print(text);
  return 0;
}

function local(shell: Shell, args: readonly string[]): number {
  if (!shell.variables.inFunction) throw new Fault(shell.wording.notInFunction, shell.dialect === 'gnu' ? 1 : 2);
  for (const text of args) {
    if (text.startsWith('-')) continue;
    const [name, value] = split(shell, text);
    shell.guard(name, () => shell.variables.hide(name, shell.dialect !== 'gnu'));
    if (value !== undefined) shell.assign(name, value);
  }
  return 0;
}

/** bash's `declare`, as far as scalars go. */
async function declare(shell: Shell, args: readonly string[]): Promise<number> {
  const flags = args.filter((arg) => /^[-+]/.test(arg)).join('');
  const names = args.filter((arg) => !/^[-+]/.test(arg));
  if (names.length === 0) return flags.includes('x') ? list(shell, 'exported') : listVariables(shell);
  for (const text of names) {
    const [name, value] = split(shell, text);
    if (shell.variables.inFunction && !flags.includes('g')) shell.variables.hide(name, false);
    if (/[aA]/.test(flags)) shell.guard(name, () => void shell.variables.elements(name, flags.includes('A')));
    if (value !== undefined) shell.assign(name, flags.includes('i') ? calculateText(shell, value).toString() : value);
    if (flags.includes('x')) shell.variables.mark(name, 'exported');
    if (flags.includes('r')) shell.variables.mark(name, 'readonly');
  }
  return 0;
}

function unset(shell: Shell, args: readonly string[]): number {
  const functions = args.includes('-f');
  const unknown = args.find((arg) => /^-./.test(arg) && arg !== '-f' && arg !== '-v');
  if (unknown) throw badOption(shell, 'unset', unknown, true);
  for (const name of args.filter((arg) => arg !== '-f' && arg !== '-v')) {
    const element = shell.dialect === 'gnu' ? /^([A-Za-z_]\w*)\[(.+)\]$/.exec(name) : null;
    if (element) shell.variables.attributes(element[1]!)?.elements?.delete(element[2]!);
    else if (functions) shell.undefine(name);
    else {
      if (!isName(name) && shell.dialect === 'gnu' && !args.includes('-v')) continue;
      if (!isName(name)) throw new Fault(shell.wording.badName(name), shell.dialect === 'gnu' ? 1 : 2);
      const isFunction = !shell.variables.attributes(name) && shell.functions.has(name) && !args.includes('-v');
      if (isFunction && shell.dialect === 'gnu') shell.undefine(name);
      else unsetVariable(shell, name);
    }
  }
  return 0;
}

function unsetVariable(shell: Shell, name: string): void {
  if (shell.dialect === 'gnu' && shell.variables.attributes(name)?.readonly)
    throw new Fault(`${name}: cannot unset: readonly variable`, 1, false);
  shell.guard(name, () => shell.variables.unset(name));
}

function shift(shell: Shell, [count]: readonly string[]): number {
  if (count !== undefined && !/^\d+$/.test(count)) throw new Fault(shell.wording.illegalNumber(count));
  const by = Number(count ?? 1);
  if (by > shell.positional.length && shell.dialect === 'dash') throw new Fault("can't shift that many");
  if (by > shell.positional.length) return 1;
  shell.positional = shell.positional.slice(by);
  return 0;
}

function letBuiltin(shell: Shell, args: readonly string[]): number {
  if (args.length === 0) throw new Fault('expression expected', shell.dialect === 'gnu' ? 1 : 2, false);
  let value = 0n;
  for (const expression of args) value = calculateText(shell, expression);
  return value === 0n ? 1 : 0;
}

async function getopts(shell: Shell, args: readonly string[]): Promise<number> {
  const [spec, name, ...given] = args;
  if (spec === undefined || name === undefined) {
    if (shell.dialect !== 'gnu')
      throw new Fault(
        shell.dialect === 'dash' ? 'Usage: getopts optstring var [arg...]' : 'usage: getopts optstring var [arg]',
        2,
        false,
      );
    await shell.tell(usageOf('getopts'));
    return 2;
  }
  const words = given.length > 0 ? given : shell.positional;
  let index = Number(shell.variables.get('OPTIND') ?? 1);
  const word = words[index - 1];
  if (shell.getoptsAt === 0 && (word === undefined || !word.startsWith('-') || word === '-' || word === '--')) {
    if (word === '--') shell.variables.set('OPTIND', String(index + 1));
    shell.variables.set(name, '?');
    return 1;
  }
  const at = shell.getoptsAt || 1;
  const letter = word?.[at] ?? '';
  let next = at + 1;
  const place = letter === ':' ? -1 : spec.indexOf(letter, spec.startsWith(':') ? 1 : 0);
  let result = letter;
  let argument: string | undefined;
  if (place < 0) {
    result = '?';
    if (spec.startsWith(':')) argument = letter;
    else
      await shell.tell(
        shell.dialect === 'gnu' ? `${shell.name}: illegal option -- ${letter}\n` : `Illegal option -${letter}\n`,
      );
  } else if (spec[place + 1] === ':') {
    argument = word!.slice(next) || words[index];
    if (!word!.slice(next)) index++;
    next = word!.length;
    if (argument === undefined) {
      result = spec.startsWith(':') ? ':' : '?';
      if (spec.startsWith(':')) argument = letter;
      else
        await shell.tell(
          shell.dialect === 'gnu'
            ? `${shell.name}: option requires an argument -- ${letter}\n`
            : `No arg for -${letter} option\n`,
        );
    }
  }
  const over = next >= (word?.length ?? 0);
  shell.variables.set('OPTIND', String(Math.min(over ? index + 1 : index, words.length + 1)));
  shell.getoptsAt = over ? 0 : next;
  shell.assign(name, result);
  if (name === 'OPTIND') shell.getoptsAt = 0;
  if (argument === undefined) shell.guard('OPTARG', () => shell.variables.unset('OPTARG'));
  else shell.assign('OPTARG', argument);
  return 0;
}

export const variables: Builtins = {
  export: marking('exported'),
  readonly: marking('readonly'),
  local: { special: true, run: local },
  declare: { gnu: true, run: declare },
  typeset: { gnu: true, run: declare },
  unset: { special: true, run: unset },
  shift: { special: true, run: shift },
  let: { run: letBuiltin },
  getopts: { run: getopts },
};
