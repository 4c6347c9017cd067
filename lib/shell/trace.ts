/** `set -x`. */
import { isReserved } from './dialect';
import type { Shell } from './shell';

export async function trace(shell: Shell, line: string): Promise<void> {
  if (!shell.options.has('x')) return;
  const prefix = shell.variables.get('PS4') ?? '+ ';
  // bash repeats the first character for each level of substitution.
  const deeper = shell.dialect === 'gnu' ? prefix.slice(0, 1).repeat(shell.substitutions) : '';
  await shell.tell(`${deeper}${prefix}${line}\n`);
}

const busyboxPlain = /^[A-Za-z0-9_@%+:,./\-\]{}^]+$/;

/** A word as it could be typed again. */
export function quoted(shell: Shell, word: string): string {
  if (shell.dialect === 'gnu') return /^[A-Za-z0-9_@%+=:,./{}-]+$/.test(word) ? word : singleQuoted(word);
  if (word === '' || shell.dialect === 'dash') return word;
  return busyboxPlain.test(word) && !isReserved(word, 'busybox') ? word : ashQuoted(word);
}

/** `'it'\''s'` */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `'it'"'"'s'`, as ash does: a run of apostrophes in one pair of double quotes. */
export function ashQuoted(text: string): string {
  return `'${text.replace(/'+/g, (run) => `'"${run}"'`)}'`;
}
