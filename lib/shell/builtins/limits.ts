/** umask, ulimit. */
import { Fault } from '../flow';
import type { Shell } from '../shell';
import type { Builtins } from './builtin';

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
      shell.dialect === 'gnu'
        ? `${mode}: octal number out of range`
        : `${shell.dialect === 'dash' ? (/^\d/.test(mode) ? 'Illegal number' : 'Illegal mode') : 'illegal mode'}: ${mode}`,
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
    if (shell.dialect === 'dash') throw new Fault('bad number', 2, false);
    if (shell.dialect === 'gnu') await shell.complain(`${wanted}: invalid number`, 'ulimit');
    else await shell.tell(`${shell.name}: invalid number '${wanted}'\n`);
    return 1;
  }
  // Limits are the system's here: a smaller one is accepted and not enforced.
  return 0;
}

export const limitBuiltins: Builtins = { umask: { run: umask }, ulimit: { run: ulimit } };
