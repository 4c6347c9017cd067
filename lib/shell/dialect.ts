/** Which shell it is, and the words that each of them keeps for its grammar. */

/** busybox's ash, bash, or Debian's `sh`. */
export type Dialect = 'busybox' | 'gnu' | 'dash';

// biome-ignore format: a list to be read as one
const everywhere = ['!', '{', '}', 'case', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for', 'if', 'in', 'then', 'until', 'while'];

/** `[[` is bash's alone: ash has a command of that name. bash's `time` is one before a pipeline only, see the parser. */
const reserved: Readonly<Record<Dialect, ReadonlySet<string>>> = {
  dash: new Set(everywhere),
  busybox: new Set([...everywhere, 'function']),
  gnu: new Set([...everywhere, 'function', '[[']),
};

export function isReserved(word: string, dialect: Dialect = 'busybox'): boolean {
  return reserved[dialect].has(word);
}
