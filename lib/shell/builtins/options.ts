/** set. */
import { Fault } from '../flow';
import { optionNames } from '../option-letters';
import type { Shell } from '../shell';
import type { Builtins } from './builtin';
import { badOption } from './usage';
import { listVariables } from './variables';

const letterOf = new Map(Object.entries(optionNames).map(([letter, name]) => [name, letter]));
const gnuListed = [
  'allexport',
  'braceexpand',
  'emacs',
  'errexit',
  'errtrace',
  'functrace',
  'hashall',
  'histexpand',
  'history',
  'ignoreeof',
  'interactive-comments',
  'keyword',
  'monitor',
  'noclobber',
  'noexec',
  'noglob',
  'nolog',
  'notify',
  'nounset',
  'onecmd',
  'physical',
  'pipefail',
  'posix',
  'privileged',
  'verbose',
  'vi',
  'xtrace',
];
const alwaysOn = new Set(['interactive-comments']);
const listed = [
  'errexit',
  'noglob',
  'ignoreeof',
  'monitor',
  'noexec',
  'xtrace',
  'verbose',
  'noclobber',
  'allexport',
  'notify',
  'nounset',
  'errtrace',
  'vi',
  'pipefail',
];

async function set(shell: Shell, args: readonly string[]): Promise<number> {
  if (args.length === 0) return listVariables(shell);
  const rest = await applyOptions(shell, args);
  if (rest) shell.positional = rest;
  return 0;
}

/** Takes `-eux`, `+e`, `-o name`; answers what follows them, undefined when no positional parameters were given. */
export async function applyOptions(shell: Shell, args: readonly string[]): Promise<string[] | undefined> {
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--') return args.slice(at + 1);
    if (arg === '-') {
      shell.options.delete('x');
      shell.options.delete('v');
      return at + 1 < args.length ? args.slice(at + 1) : undefined;
    }
    if (!/^[-+]./.test(arg)) return args.slice(at);
    for (const letter of arg.slice(1)) {
      if (letter !== 'o') setOption(shell, letter, arg.startsWith('-'), arg[0]!);
      else if (args[at + 1] === undefined) await listOptions(shell, arg.startsWith('-'));
      else setNamed(shell, args[++at]!, arg.startsWith('-'));
    }
  }
  return undefined;
}

function setNamed(shell: Shell, name: string, on: boolean): void {
  const letter = letterOf.get(name);
  if (!letter || !(listed.includes(name) || shell.dialect === 'gnu'))
    throw new Fault(
      shell.dialect === 'gnu' ? `${name}: invalid option name` : shell.wording.illegalOption(`-o ${name}`),
      shell.dialect === 'busybox' ? 1 : 2,
      shell.dialect === 'dash',
    );
  change(shell, letter, on);
}

function setOption(shell: Shell, letter: string, on: boolean, sign: string): void {
  const known = shell.dialect === 'gnu' ? 'abefhkmnptuvxBCEHPT' : 'efImnxvCabuE';
  if (!known.includes(letter)) throw badOption(shell, 'set', `${sign}${letter}`, true);
  change(shell, letter, on);
}

function change(shell: Shell, letter: string, on: boolean): void {
  if (on) shell.options.add(letter);
  else shell.options.delete(letter);
}

async function listOptions(shell: Shell, readable: boolean): Promise<void> {
  let text = '';
  for (const name of shell.dialect === 'gnu' ? gnuListed : listed) {
    const on = alwaysOn.has(name) || shell.options.has(letterOf.get(name) ?? '');
    if (readable)
      text += `${name.padEnd(shell.dialect === 'gnu' ? 15 : 16)}${shell.dialect === 'gnu' ? '\t' : ''}${on ? 'on' : 'off'}\n`;
    else text += `set ${on ? '-' : '+'}o ${name}\n`;
  }
  await shell.process.print(text);
}

export const options: Builtins = { set: { special: true, run: set } };
