/** File modes in words: `rwxr-xr-x`, and what chmod accepts. */
import type { Kind } from '../fs';

const kindLetters: Readonly<Record<Kind, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  char: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/** S_IFMT bits of stat(2). */
export const kindBits: Readonly<Record<Kind, number>> = {
  fifo: 0o010000,
  char: 0o020000,
  directory: 0o040000,
  block: 0o060000,
  file: 0o100000,
  symlink: 0o120000,
  socket: 0o140000,
};

export function modeText(kind: Kind, mode: number): string {
  const triple = (bits: number, special: boolean, letter: string) =>
    (bits & 4 ? 'r' : '-') +
    (bits & 2 ? 'w' : '-') +
    (special ? (bits & 1 ? letter : letter.toUpperCase()) : bits & 1 ? 'x' : '-');
  return (
    kindLetters[kind] +
    triple(mode >> 6, (mode & 0o4000) !== 0, 's') +
    triple(mode >> 3, (mode & 0o2000) !== 0, 's') +
    triple(mode, (mode & 0o1000) !== 0, 't')
  );
}

/** A change of mode: from a mode, for a directory or not, under a umask. Undefined when the text is none. */
export function parseMode(text: string): ((mode: number, directory: boolean, umask: number) => number) | undefined {
  if (/^[0-7]+$/.test(text)) {
    const fixed = Number.parseInt(text, 8);
    return fixed > 0o7777 ? undefined : () => fixed;
  }
  const clauses = text.split(',').map(parseClause);
  if (clauses.some((clause) => !clause)) return undefined;
  return (mode, directory, umask) => clauses.reduce((before, clause) => clause!(before, directory, umask), mode);
}

type Change = (mode: number, directory: boolean, umask: number) => number;

function parseClause(text: string): Change | undefined {
  const [, who = '', actions = ''] = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(text) ?? [];
  if (!actions) return undefined;
  const steps = [...actions.matchAll(/([-+=])([rwxXst]*|[ugo])(?=[-+=]|$)/g)];
  return (mode, directory, umask) =>
    steps.reduce(
      (before, [, operator = '', letters = '']) => apply(before, { who, operator, letters, directory, umask }),
      mode,
    );
}

interface Step {
  readonly who: string;
  readonly operator: string;
  readonly letters: string;
  readonly directory: boolean;
  readonly umask: number;
}

function apply(mode: number, { who, operator, letters, directory, umask }: Step): number {
  const all = who === '' || who.includes('a');
  const reach =
    (all || who.includes('u') ? 0o4700 : 0) |
    (all || who.includes('g') ? 0o2070 : 0) |
    (all || who.includes('o') ? 0o1007 : 0);
  const bits = bitsOf(letters, mode, directory) & (reach | (all ? 0o1000 : 0)) & (who === '' ? ~umask : ~0);
  if (operator === '+') return mode | bits;
  if (operator === '-') return mode & ~bits;
  const kept = directory ? mode & 0o6000 : 0;
  return (mode & ~(reach & 0o777) & ~(reach & 0o7000)) | bits | kept;
}

function bitsOf(letters: string, mode: number, directory: boolean): number {
  const copied = { u: mode >> 6, g: mode >> 3, o: mode }[letters];
  if (copied !== undefined) return (copied & 7) * 0o111;
  let bits = 0;
  for (const letter of letters) {
    if (letter === 'r') bits |= 0o444;
    else if (letter === 'w') bits |= 0o222;
    else if (letter === 'x' || (letter === 'X' && (directory || mode & 0o111))) bits |= 0o111;
    else if (letter === 's') bits |= 0o6000;
    else if (letter === 't') bits |= 0o1000;
  }
  return bits;
}
