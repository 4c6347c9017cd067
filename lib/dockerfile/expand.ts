import { isSpace } from './characters';
import type { EscapeToken } from './directives';
import { parseShellPattern, replacePattern, trimPrefix, trimSuffix } from './shell-pattern';

/**
 * The words of a Dockerfile with variables put in and quotes taken away: `$x`, `${x}`, `${x:-y}`, `${x+y}`, `${x:?y}`,
 * `${x#p}`, `${x%%p}`, `${x/p/y}`. It is BuildKit's small shell language, not a shell: no commands, no arithmetic.
 */
export interface Expansion {
  readonly text: string;
  /** The same as words: blanks outside quotes separate them, also those of a variable's value. */
  readonly words: readonly string[];
  /** Variables asked for that are set, in the order of their first use. */
  readonly matched: ReadonlySet<string>;
  /** Those that are not set, also where a default stood in. */
  readonly unmatched: ReadonlySet<string>;
}

export interface ExpansionOptions {
  readonly escape?: EscapeToken;
  /** Quotes stay in the text. */
  readonly rawQuotes?: boolean;
  /** Escape tokens stay in the text. */
  readonly rawEscapes?: boolean;
  /** A variable that is not set stays as it was written. */
  readonly keepUnset?: boolean;
  /** Quotes are characters like any other (the text of a heredoc). */
  readonly ignoreQuotes?: boolean;
}

export type Variables = ReadonlyMap<string, string>;

/** Why a word cannot be expanded: bad syntax, or a variable that had to be set. */
export class ExpansionError extends Error {
  override readonly name = 'ExpansionError';
  /** Variables that were asked for before it came to that, and are not set. */
  unmatched: ReadonlySet<string> = new Set();
}

export const noVariables: Variables = new Map();

/** Nesting deeper than this is refused rather than recursed into. */
const deepest = 100;

export function expand(text: string, variables: Variables, options: ExpansionOptions = {}): Expansion {
  const reader = new WordReader(text, variables, options);
  try {
    const { result, words } = reader.readUntil('');
    return { text: result, words, matched: reader.matched, unmatched: reader.unmatched };
  } catch (error) {
    if (error instanceof ExpansionError) error.unmatched = reader.unmatched;
    throw error;
  }
}

class Words {
  readonly done: string[] = [];
  #word = '';
  #inWord = false;

  addRaw(text: string): void {
    this.#word += text;
    this.#inWord = true;
  }

  add(text: string): void {
    for (const character of text) {
      if (!isSpace(character)) this.addRaw(character);
      else if (this.#inWord) this.#finish();
    }
  }

  all(): string[] {
    if (this.#word) this.#finish();
    return this.done;
  }

  #finish(): void {
    if (this.#word) this.done.push(this.#word);
    this.#word = '';
    this.#inWord = false;
  }
}

class WordReader {
  readonly matched = new Set<string>();
  readonly unmatched = new Set<string>();
  readonly #characters: readonly string[];
  readonly #escape: string;
  #at = 0;
  #depth = 0;
  #rawEscapes: boolean;

  constructor(
    text: string,
    readonly variables: Variables,
    readonly options: ExpansionOptions,
  ) {
    this.#characters = Array.from(text);
    this.#escape = options.escape ?? '\\';
    this.#rawEscapes = options.rawEscapes ?? false;
  }

  /** Reads to the end, or past the first `stop` outside quotes, which must be there. */
  readUntil(stop: string): { result: string; words: string[] } {
    const words = new Words();
    let result = '';
    for (let character = this.#peek(); character !== ''; character = this.#peek()) {
      if (stop && character === stop) {
        this.#at += 1;
        return { result, words: words.all() };
      }
      if (character === '$') {
        const value = this.#dollar();
        words.add(value);
        result += value;
      } else if (!this.options.ignoreQuotes && (character === "'" || character === '"')) {
        const value = character === "'" ? this.#singleQuoted() : this.#doubleQuoted();
        words.addRaw(value);
        result += value;
      } else result += this.#plain(words);
    }
    if (stop) throw new ExpansionError(`unexpected end of statement while looking for matching ${stop}`);
    return { result, words: words.all() };
  }

  #peek(): string {
    return this.#characters[this.#at] ?? '';
  }

  #next(): string {
    const character = this.#peek();
    this.#at += 1;
    return character;
  }

  #plain(words: Words): string {
    const character = this.#next();
    if (character !== this.#escape) {
      words.add(character);
      return character;
    }
    const kept = this.#rawEscapes ? character : '';
    const text = kept + this.#next();
    if (text) words.addRaw(text);
    return text;
  }

  #singleQuoted(): string {
    const mark = this.#next();
    let result = '';
    for (let character = this.#next(); character !== "'"; character = this.#next()) {
      if (character === '') throw unmatchedQuote('single');
      result += character;
    }
    return this.options.rawQuotes ? mark + result + mark : result;
  }

  #doubleQuoted(): string {
    const mark = this.#next();
    let result = '';
    for (let character = this.#peek(); character !== '"'; character = this.#peek()) {
      if (character === '') throw unmatchedQuote('double');
      result += character === '$' ? this.#dollar() : this.#inDoubleQuotes();
    }
    this.#next();
    return this.options.rawQuotes ? mark + result + mark : result;
  }

  /** Inside double quotes only `"`, `$` and the escape token itself can be escaped. */
  #inDoubleQuotes(): string {
    const character = this.#next();
    if (character !== this.#escape) return character;
    const next = this.#peek();
    if (next === '') return '';
    const escapable = next === '"' || next === '$' || next === this.#escape;
    if (this.#rawEscapes) return character + (escapable ? this.#next() : '');
    return escapable ? this.#next() : character;
  }

  #dollar(): string {
    this.#next();
    if (this.#peek() !== '{') {
      const name = this.#name();
      if (name === '') return '$';
      return this.#value(name) ?? (this.options.keepUnset ? `$${name}` : '');
    }
    this.#next();
    if (this.#depth >= deepest) throw new ExpansionError('syntax error: bad substitution');
    this.#depth += 1;
    const value = this.#braced();
    this.#depth -= 1;
    return value;
  }

  #braced(): string {
    const first = this.#peek();
    if (first === '') throw new ExpansionError("syntax error: missing '}'");
    if (first === '{' || first === '}' || first === ':') throw new ExpansionError('syntax error: bad substitution');
    const name = this.#name();
    const operator = this.#next();
    if (operator === '}') return this.#value(name) ?? (this.options.keepUnset ? `\${${name}}` : '');
    if (operator === '/') return this.#replaced(name);
    const nullIsUnset = operator === ':';
    return this.#modified(name, nullIsUnset ? this.#next() : operator, nullIsUnset);
  }

  #modified(name: string, operator: string, nullIsUnset: boolean): string {
    const sign = (nullIsUnset ? ':' : '') + operator;
    const trims = operator === '#' || operator === '%';
    const known = nullIsUnset ? '+-?' : '+-?#%';
    if (operator === '' || !known.includes(operator)) {
      if (operator !== '' && nullIsUnset && !trims) {
        this.#word('}', false, "syntax error: missing '}'");
        this.#value(name);
      }
      throw unsupported(operator === '' ? `${sign}\ufffd` : sign);
    }
    const word = this.#word('}', trims, "syntax error: missing '}'");
    const value = this.#value(name);
    if (value === undefined && this.options.keepUnset) return `\${${name}${sign}${word}}`;
    if (trims) return trimmed(value ?? '', operator, word);
    const there = value !== undefined && !(nullIsUnset && value === '');
    if (operator === '-') return there ? value : word;
    if (operator === '+') return there ? word : '';
    if (there) return value;
    throw new ExpansionError(`${name}: ${word || `is not allowed to be ${value === undefined ? 'unset' : 'empty'}`}`);
  }

  #replaced(name: string): string {
    const all = this.#peek() === '/';
    if (all) this.#next();
    const pattern = this.#word('/', true, "syntax error: missing '/' in ${");
    const replacement = this.#word('}', true, "syntax error: missing '}'");
    const value = this.#value(name);
    if (value === undefined && this.options.keepUnset) return `\${${name}/${all ? '/' : ''}${pattern}/${replacement}}`;
    return replacePattern(tokens(pattern), value ?? '', replacement, all);
  }

  /** The text up to `stop`, expanded. */
  #word(stop: string, raw: boolean, missing: string): string {
    const before = this.#rawEscapes;
    this.#rawEscapes ||= raw;
    try {
      return this.readUntil(stop).result;
    } catch (error) {
      if (error instanceof ExpansionError && this.#peek() === '') throw new ExpansionError(missing);
      throw error;
    } finally {
      this.#rawEscapes = before;
    }
  }

  /** A name, a whole number, or one of the shell's special parameters; none of these: empty. */
  #name(): string {
    const first = this.#peek();
    if (/^\p{Nd}$/u.test(first)) return this.#while(/^\p{Nd}$/u);
    if (first && '@*#?-$!'.includes(first)) return this.#next();
    return this.#while(/^[\p{L}\p{Nd}_]$/u);
  }

  #while(pattern: RegExp): string {
    let name = '';
    while (pattern.test(this.#peek())) name += this.#next();
    return name;
  }

  #value(name: string): string | undefined {
    const value = this.variables.get(name);
    (value === undefined ? this.unmatched : this.matched).add(name);
    return value;
  }
}

function trimmed(value: string, operator: string, word: string): string {
  const greedy = word.startsWith(operator);
  const pattern = tokens(greedy ? word.slice(1) : word);
  return operator === '#' ? trimPrefix(pattern, value, greedy) : trimSuffix(pattern, value, greedy);
}

function tokens(pattern: string) {
  const parsed = parseShellPattern(pattern);
  if ('error' in parsed) throw new ExpansionError(parsed.error);
  return parsed;
}

function unmatchedQuote(which: 'single' | 'double'): ExpansionError {
  return new ExpansionError(`unexpected end of statement while looking for matching ${which}-quote`);
}

function unsupported(sign: string): ExpansionError {
  return new ExpansionError(`unsupported modifier (${sign}) in substitution`);
}
