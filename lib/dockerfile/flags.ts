import type { LineRange } from './error';
import { instructionError } from './error';
import { didYouMean, suggest } from './suggest';

/** What a flag takes: text, text that may be given often, or true/false (`--link` alone is true). */
export type FlagKind = 'text' | 'list' | 'boolean';

export interface Flags {
  text(name: string): string | undefined;
  list(name: string): readonly string[];
  boolean(name: string): boolean | undefined;
}

/** Reads `--name=value` words against the names that an instruction knows. */
export function readFlags(
  words: readonly string[],
  known: Readonly<Record<string, FlagKind>>,
  range: LineRange,
): Flags {
  const values = new Map<string, string[]>();
  for (const word of words) {
    const [name, value] = readFlag(word, known, range);
    const before = values.get(name);
    if (before && known[name] !== 'list') throw instructionError(range, `duplicate flag specified: --${name}`);
    values.set(name, [...(before ?? []), value]);
  }
  return {
    text: (name) => values.get(name)?.[0],
    list: (name) => values.get(name) ?? [],
    boolean: (name) => (values.has(name) ? values.get(name)![0] === 'true' : undefined),
  };
}

function readFlag(word: string, known: Readonly<Record<string, FlagKind>>, range: LineRange): [string, string] {
  const equals = word.indexOf('=');
  const name = word.slice(2, equals < 0 ? undefined : equals);
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!kind) {
    const better = suggest(name, Object.keys(known), true);
    throw instructionError(range, `unknown flag: --${name}${didYouMean(better)}`, better);
  }
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  if (kind !== 'boolean') {
    if (value === undefined) throw instructionError(range, `missing a value on flag: --${name}`);
    return [name, value];
  }
  const lower = (value ?? 'true').toLowerCase();
  if (lower === 'true' || lower === 'false') return [name, lower];
  throw instructionError(range, `expecting boolean value for flag --${name}, not: ${value}`);
}
