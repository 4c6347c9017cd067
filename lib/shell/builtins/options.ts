/** set, umask, ulimit, alias, unalias, history. */
import { Fault } from '../flow';
import { optionNames, type Shell } from '../shell';
import { ashQuoted, singleQuoted } from '../trace';
import type { Builtins } from './builtin';
import { badOption, usageOf } from './usage';
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
      shell.dialect === 'gnu' ? 2 : 1,
      false,
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

// umask

async function umask(shell: Shell, args: readonly string[]): Promise<number> {
  const symbolic = args[0] === '-S';
  const bad = args[0];
  if (bad?.startsWith('-') && !symbolic && !/^-[rwx]/.test(bad)) throw new Fault(shell.wording.illegalOption(bad));
  const mode = symbolic ? args[1] : args[0];
  if (mode === undefined) {
    const { umask: now } = shell.process;
    await shell.process.print(`${symbolic ? symbolicMask(now) : now.toString(8).padStart(4, '0')}\n`);
    return 0;
  }
  const parsed = /^[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) & 0o777 : parseSymbolic(mode, shell.process.umask);
  if (parsed === undefined || (/^\d/.test(mode) && !/^[0-7]{1,4}$/.test(mode)))
    throw new Fault(
      shell.dialect === 'gnu' ? `${mode}: octal number out of range` : `illegal mode: ${mode}`,
      shell.dialect === 'gnu' ? 1 : 2,
      false,
    );
  shell.process.umask = parsed;
  return 0;
}

function symbolicMask(mask: number): string {
  const allowed = ~mask & 0o777;
  const bits = (shift: number) => ['r', 'w', 'x'].filter((_, at) => (allowed >> shift) & (4 >> at)).join('');
  return `u=${bits(6)},g=${bits(3)},o=${bits(0)}`;
}

function parseSymbolic(text: string, mask: number): number | undefined {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!match) return undefined;
    const [, who = '', operator, letters = ''] = match;
    const bits = (letters.includes('r') ? 4 : 0) | (letters.includes('w') ? 2 : 0) | (letters.includes('x') ? 1 : 0);
    for (const [name, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes('a') && !who.includes(name)) continue;
      if (operator === '=') allowed &= ~(7 << shift);
      if (operator === '-') allowed &= ~(bits << shift);
      else allowed |= bits << shift;
    }
  }
  return ~allowed & 0o777;
}

// ulimit

interface Limit {
  readonly letter: string;
  readonly text: string;
  readonly value: (shell: Shell) => string;
}

const unlimited = () => 'unlimited';
const limits: readonly Limit[] = [
  { letter: 'c', text: 'core file size (blocks)', value: () => '0' },
  { letter: 'd', text: 'data seg size (kb)', value: unlimited },
  { letter: 'e', text: 'scheduling priority', value: () => '0' },
  { letter: 'f', text: 'file size (blocks)', value: unlimited },
  { letter: 'i', text: 'pending signals', value: (shell) => String(shell.process.system.limits.processes) },
  { letter: 'l', text: 'max locked memory (kb)', value: () => '8192' },
  { letter: 'm', text: 'max memory size (kb)', value: unlimited },
  { letter: 'n', text: 'open files', value: (shell) => String(shell.process.system.limits.openFiles) },
  { letter: 'q', text: 'POSIX message queues (bytes)', value: () => '819200' },
  { letter: 'r', text: 'real-time priority', value: () => '0' },
  { letter: 's', text: 'stack size (kb)', value: () => '8192' },
  { letter: 't', text: 'cpu time (seconds)', value: unlimited },
  { letter: 'u', text: 'max user processes', value: (shell) => String(shell.process.system.limits.processes) },
  { letter: 'v', text: 'virtual memory (kb)', value: unlimited },
  { letter: 'x', text: 'file locks', value: unlimited },
];

async function ulimit(shell: Shell, args: readonly string[]): Promise<number> {
  const letters = args
    .filter((arg) => arg.startsWith('-'))
    .join('')
    .replaceAll('-', '')
    .replace(/[HS]/g, '');
  if (letters.includes('a')) {
    const lines = limits.map(({ letter, text, value }) => `${text.padEnd(32)}(-${letter}) ${value(shell)}\n`);
    await shell.process.print(lines.join(''));
    return 0;
  }
  const limit = limits.find(({ letter }) => letter === (letters[0] ?? 'f'));
  if (!limit) {
    await shell.tell(`ulimit: invalid option -- '${letters[0]}'\n`);
    return 1;
  }
  const wanted = args.find((arg) => !arg.startsWith('-'));
  if (wanted === undefined) await shell.process.print(`${limit.value(shell)}\n`);
  else if (!/^(\d+|unlimited)$/.test(wanted)) {
    if (shell.dialect === 'gnu') await shell.complain(`${wanted}: invalid number`, 'ulimit');
    else await shell.tell(`${shell.name}: invalid number '${wanted}'\n`);
    return 1;
  }
  // Limits are the system's here: a smaller one is accepted and not enforced.
  return 0;
}

// Aliases

async function alias(shell: Shell, args: readonly string[]): Promise<number> {
  let status = 0;
  const gnu = shell.dialect === 'gnu';
  const show = (name: string) =>
    `${gnu ? 'alias ' : ''}${name}=${(gnu ? singleQuoted : ashQuoted)(shell.aliases.get(name)!)}\n`;
  if (args.length === 0) for (const name of [...shell.aliases.keys()].sort()) await shell.process.print(show(name));
  for (const arg of args) {
    const at = arg.indexOf('=', 1);
    if (at > 0) shell.aliases.set(arg.slice(0, at), arg.slice(at + 1));
    else if (shell.aliases.has(arg)) await shell.process.print(show(arg));
    else {
      if (gnu) await shell.complain(`${arg}: not found`, 'alias');
      else await shell.tell(`alias: ${arg} not found\n`);
      status = 1;
    }
  }
  return status;
}

async function unalias(shell: Shell, args: readonly string[]): Promise<number> {
  if (args.length === 0 && shell.dialect === 'gnu') {
    await shell.tell(usageOf('unalias'));
    return 2;
  }
  let status = 0;
  for (const name of args) {
    if (name === '-a') shell.aliases.clear();
    else if (!shell.aliases.delete(name)) {
      if (shell.dialect === 'gnu') await shell.complain(`${name}: not found`, 'unalias');
      else await shell.tell(`unalias: ${name} not found\n`);
      status = 1;
    }
  }
  return status;
}

/** Of bash's shell options: those that change what patterns match. */
const shopts = ['dotglob', 'failglob', 'nocaseglob', 'nullglob'] as const;

async function shopt(shell: Shell, args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const change = args.find((arg) => /^-[su]/.test(arg));
  let status = 0;
  for (const name of names.length > 0 ? names : shopts) {
    if (change?.startsWith('-s')) shell.options.add(name);
    else if (change) shell.options.delete(name);
    else {
      const on = shell.options.has(name);
      if (!on) status = 1;
      if (!args.includes('-q')) await shell.process.print(`${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`);
    }
  }
  return change || names.length === 0 ? 0 : status;
}

async function history(shell: Shell, [flag]: readonly string[]): Promise<number> {
  if (flag === '-c') shell.history = [];
  else {
    const width = shell.dialect === 'gnu' ? 5 : 4;
    const first = shell.dialect === 'gnu' ? 1 : 0;
    const lines = shell.history.map(
      (line, at) => `${String(at + first).padStart(width)}${shell.dialect === 'gnu' ? '  ' : ' '}${line}\n`,
    );
    await shell.process.print(lines.join(''));
  }
  return 0;
}

async function help(shell: Shell): Promise<number> {
  await shell.process.print(
    'Built-in commands:\n------------------\n\t. : [ [[ alias bg break cd chdir command continue echo eval exec\n\texit export false fg getopts hash help history jobs kill let\n\tlocal printf pwd read readonly return set shift source test times\n\ttrap true type ulimit umask unalias unset wait\n',
  );
  return 0;
}

export const options: Builtins = {
  set: { special: true, run: set },
  umask: { run: umask },
  ulimit: { run: ulimit },
  alias: { run: alias },
  unalias: { run: unalias },
  history: { run: history },
  help: { run: help },
  shopt: { gnu: true, run: shopt },
};
