/** `[…]` of a regular expression. */
import { type Characters, classes, foldCase, just, negate, newline, union, word } from './characters';
import { RegexFault } from './fault';

export interface BracketOptions {
  readonly ignoreCase?: boolean;
  /** A negated one does not include a newline. */
  readonly lines?: boolean;
  /** `\n` and `\t` are read as sed reads them; with `perl` every backslash is one. */
  readonly letters?: boolean;
  readonly perl?: boolean;
}

const letters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };
const perlSets: Readonly<Record<string, Characters>> = {
  d: classes.digit!,
  D: negate(classes.digit!),
  w: word,
  W: negate(word),
  s: classes.space!,
  S: negate(classes.space!),
};

/** Reads from after the `[`. Throws a RegexFault. */
export function readBracket(
  characters: readonly string[],
  start: number,
  options: BracketOptions,
): { readonly characters: Characters; readonly end: number } {
  let at = start;
  const negated = characters[at] === '^';
  if (negated) at++;
  if (characters[at] === undefined) throw new RegexFault('pattern');
  const found: (readonly [number, number])[] = [];
  for (let first = true; first || characters[at] !== ']'; first = false) {
    const low = readMember(characters, at, options);
    at = low.end;
    if (low.one === undefined || characters[at] !== '-' || characters[at + 1] === ']' || at + 1 >= characters.length) {
      found.push(...low.characters);
      continue;
    }
    const high = readMember(characters, at + 1, options);
    if (high.one === undefined || high.one < low.one) throw new RegexFault('range');
    found.push([low.one, high.one]);
    at = high.end;
  }
  const all = options.ignoreCase ? foldCase(union(found)) : union(found);
  if (!negated) return { characters: all, end: at + 1 };
  return { characters: negate(options.lines ? union([...all, ...newline]) : all), end: at + 1 };
}

interface Member {
  readonly characters: Characters;
  /** Its code point, when it may begin or end a range. */
  readonly one?: number;
  readonly end: number;
}

function readMember(characters: readonly string[], at: number, options: BracketOptions): Member {
  const [character, next] = [characters[at], characters[at + 1]];
  if (character === undefined) throw new RegexFault('brackets');
  if (character === '[' && (next === ':' || next === '.' || next === '=')) return readNamed(characters, at + 2, next);
  if (character === '\\' && next !== undefined && (options.perl || (options.letters && letters[next]))) {
    const set = options.perl ? perlSets[next] : undefined;
    return set ? { characters: set, end: at + 2 } : single(letters[next] ?? next, at + 2);
  }
  return single(character, at + 1);
}

function single(character: string, end: number): Member {
  const one = character.codePointAt(0)!;
  return { characters: just(one), one, end };
}

function readNamed(characters: readonly string[], from: number, mark: string): Member {
  let end = from;
  while (characters[end] !== undefined && !(characters[end] === mark && characters[end + 1] === ']')) end++;
  if (characters[end] === undefined) throw new RegexFault('brackets');
  const name = characters.slice(from, end).join('');
  if (mark === ':') {
    const set = Object.hasOwn(classes, name) ? classes[name] : undefined;
    if (!set) throw new RegexFault('class');
    return { characters: set, end: end + 2 };
  }
  if ([...name].length !== 1) throw new RegexFault('collation');
  return single(name, end + 2);
}
