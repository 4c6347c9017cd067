/** umask and ulimit: what a process may, and how much. */
import { Fault } from '../flow';
import type { Shell } from '../shell';
import type { Builtins } from './builtin';
import { ulimit } from './ulimit';

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

export const limitBuiltins: Builtins = { umask: { run: umask }, ulimit: { run: ulimit } };
