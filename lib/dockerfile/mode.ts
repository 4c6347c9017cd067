/** A `--chmod`: a mode, or changes to the mode that a file has. */
export type ModeChange =
  | { readonly kind: 'set'; readonly mode: number }
  | { readonly kind: 'change'; readonly clauses: readonly Clause[] };

interface Clause {
  readonly who: string;
  readonly operator: '+' | '-' | '=';
  readonly what: string;
}

/** Why a mode is none. */
export class ModeError extends Error {
  override readonly name = 'ModeError';
}

export function readMode(text: string): ModeChange {
  if (/^\d/.test(text)) {
    const mode = /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN;
    if (mode <= 0o7777) return { kind: 'set', mode };
    throw new ModeError(`invalid chmod parameter: '${text}'. it should be octal string and between 0 and 07777`);
  }
  return { kind: 'change', clauses: text.split(',').flatMap(readClauses) };
}

function readClauses(text: string): Clause[] {
  const match = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)$/.exec(text);
  if (!match) throw new ModeError('invalid syntax');
  const actions = match[2]!.match(/[-+=](?:[ugo]|[rwxXst]*)/g)!;
  return actions.map((action) => ({
    who: match[1] || 'a',
    operator: action[0] as Clause['operator'],
    what: action.slice(1),
  }));
}

/** The new permission bits of something that has `mode`. */
export function applyMode(change: ModeChange, mode: number, directory: boolean): number {
  if (change.kind === 'set') return change.mode;
  return change.clauses.reduce((before, clause) => applyClause(clause, before, directory), mode);
}

const shifts = { u: 6, g: 3, o: 0 } as const;

function applyClause({ who, operator, what }: Clause, before: number, directory: boolean): number {
  const classes = (who.includes('a') ? ['u', 'g', 'o'] : [...who]) as (keyof typeof shifts)[];
  let mask = 0;
  let bits = 0;
  for (const one of classes) {
    mask |= (7 << shifts[one]) | (one === 'u' ? 0o4000 : one === 'g' ? 0o2000 : 0);
    bits |= permissions(what, before, directory) << shifts[one];
    if (what.includes('s') && one !== 'o') bits |= one === 'u' ? 0o4000 : 0o2000;
  }
  if (what.includes('t') && classes.includes('o')) [mask, bits] = [mask | 0o1000, bits | 0o1000];
  if (operator === '+') return before | bits;
  return operator === '-' ? before & ~bits : (before & ~mask) | bits;
}

function permissions(what: string, before: number, directory: boolean): number {
  if (what === 'u' || what === 'g' || what === 'o') return (before >> shifts[what]) & 7;
  const execute = what.includes('x') || (what.includes('X') && (directory || (before & 0o111) !== 0));
  return (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (execute ? 1 : 0);
}
