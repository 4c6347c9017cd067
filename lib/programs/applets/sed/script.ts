/** A sed script as a list of commands. */
import { compileRegex, type Regex, RegexFault } from '../../../pattern';
import { replacer } from './replacement';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'step'; readonly line: number; readonly step: number }
  | { readonly kind: 'plus'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'regex'; readonly regex: Regex | undefined };

export interface Command {
  readonly name: string;
  readonly first?: Address;
  readonly second?: Address;
  readonly negated: boolean;
  /** Of `a i c`: the text; of `b t T :`: the label; of `r w`: the file; of `q Q`: the exit code; of `s///w`: the file. */
  readonly text: string;
  /** Of `{`: where its `}` is. */
  end?: number;
  readonly regex?: Regex;
  readonly replacement?: (groups: readonly (string | undefined)[]) => string;
  readonly flags?: string;
  readonly nth?: number;
  readonly map?: ReadonlyMap<string, string>;
}

export class ScriptFault extends Error {
  constructor(
    /** Characters read when it was noticed. */
    readonly at: number,
    message: string,
    readonly gnuWords = message,
  ) {
    super(message);
  }
}

export interface Manner {
  readonly extended: boolean;
  /** Also what busybox does not have. */
  readonly gnu: boolean;
}

export function parseScript(script: string, manner: Manner): Command[] {
  return new ScriptReader(script, manner).read();
}

class ScriptReader {
  #at = 0;
  readonly #commands: Command[] = [];
  readonly #open: number[] = [];

  constructor(
    readonly script: string,
    readonly manner: Manner,
  ) {}

  read(): Command[] {
    for (;;) {
      this.#skip(/[\s;]*/y);
      if (this.#at >= this.script.length) break;
      if (this.#peek() === '#') this.#skip(/[^\n]*/y);
      else this.#commands.push(this.#command());
    }
    if (this.#open.length > 0) throw this.#fault("unmatched '{'", "unmatched `{'", 0);
    return this.#commands;
  }

  #peek(): string {
    return this.script[this.#at] ?? '';
  }

  /** The character after this one. */
  #after(): string {
    this.#at++;
    return this.#peek();
  }

  /** After the `w` of `s///w`. */
  #file(): string {
    this.#at++;
    return this.#skip(/[^\n]*/y).trim();
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.script)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #fault(message: string, gnu = message, at = this.#at): ScriptFault {
    return new ScriptFault(at, message, gnu);
  }

  #command(): Command {
    const first = this.#address();
    let second: Address | undefined;
    this.#skip(/[ \t]*/y);
    if (first && this.#peek() === ',') {
      this.#at++;
      this.#skip(/[ \t]*/y);
      second = this.#address(true);
      if (!second) throw this.#fault("unexpected ','", "unexpected `,'");
    }
    this.#skip(/[ \t]*/y);
    const negated = this.#skip(/(![ \t]*)*/y) !== '';
    const name = this.script[this.#at++];
    if (name === undefined) throw this.#fault('missing command', 'missing command', this.script.length);
    return this.#body({ name, first, second, negated, text: '' });
  }

  #address(second = false): Address | undefined {
    const digits = this.#skip(/\d+/y);
    if (digits) {
      const step = this.#peek() === '~' && !second ? this.#skip(/~\d*/y) : '';
      if (step) return { kind: 'step', line: Number(digits), step: Number(step.slice(1)) };
      return { kind: 'line', line: Number(digits) };
    }
    const plus = second ? this.#skip(/\+\d+/y) : '';
    if (plus) return { kind: 'plus', line: Number(plus.slice(1)) };
    if (this.#peek() === '$') {
      this.#at++;
      return { kind: 'last' };
    }
    const delimiter = this.#peek() === '\\' ? this.#after() : this.#peek() === '/' ? '/' : '';
    if (!delimiter) return undefined;
    this.#at++;
    const pattern = this.#until(delimiter, 'unterminated address regex');
    const flags = this.#skip(/[IM]*/y);
    return { kind: 'regex', regex: this.#regex(pattern, flags.includes('I'), flags.includes('M')) };
  }

  /** Text up to a delimiter that no backslash protects. Brackets keep theirs. */
  #until(delimiter: string, gnuWords: string, keepEscaped = false): string {
    let text = '';
    let inBracket = false;
    while (this.#at < this.script.length) {
      const character = this.script[this.#at++]!;
      if (character === '\\' && this.#at < this.script.length) {
        const next = this.script[this.#at++]!;
        text += next === delimiter && !keepEscaped ? next : next === '\n' ? '\\n' : `\\${next}`;
        continue;
      }
      if (character === delimiter && !inBracket) return text;
      if (character === '[' && !inBracket && !keepEscaped) inBracket = true;
      else if (character === ']' && inBracket && !/\[\^?$/.test(text)) inBracket = false;
      if (character === '\n' && !keepEscaped) break;
      text += character;
    }
    throw this.#fault(`unmatched '${delimiter}'`, gnuWords);
  }

  #regex(pattern: string, ignoreCase: boolean, lines = false): Regex | undefined {
    if (pattern === '') return undefined;
    try {
      const syntax = this.manner.extended ? 'extended' : 'basic';
      return compileRegex(pattern, { syntax, ignoreCase, lines, letters: true });
    } catch (error) {
      if (!(error instanceof RegexFault)) throw error;
      throw this.#fault(`bad regex '${pattern}': ${error.message}`, error.message);
    }
  }

  #body(command: Command): Command {
    const { name } = command;
    if (name === '{') {
      this.#open.push(this.#commands.length);
      return command;
    }
    if (name === '}') {
      const start = this.#open.pop();
      if (start === undefined) throw this.#fault("unexpected '}'", "unexpected `}'");
      this.#commands[start]!.end = this.#commands.length;
      return command;
    }
    if (name === 's') return this.#substitution(command);
    if (name === 'y') return this.#transliteration(command);
    if ('aic'.includes(name)) return { ...command, text: this.#text() };
    if (':btT'.includes(name))
      return { ...command, text: this.#skip(name === ':' ? /[ \t]*[^\n;]*/y : /[ \t]*[^\n;}]*/y).trim() };
    if ('rw'.includes(name)) return { ...command, text: this.#skip(/[^\n]*/y).trim() };
    if ('qQlL'.includes(name)) return this.#ended({ ...command, text: this.#skip(/[ \t]*\d*/y).trim() });
    if ('=dDgGhHnNpPxz'.includes(name)) return this.#ended(command);
    throw this.#fault(`unsupported command ${name}`, `unknown command: \`${name}'`);
  }

  #ended(command: Command): Command {
    this.#skip(/[ \t]*/y);
    const next = this.#peek();
    if (next !== '' && !/[\n;}#]/.test(next))
      throw this.#fault('extra characters after command', 'extra characters after command', this.#at + 1);
    return command;
  }

  /** `a\` and a new line, or one line after the letter; a backslash at its end goes on. */
  #text(): string {
    this.#skip(/[ \t]*(\\[ \t]*\n)?[ \t]*/y);
    const raw = this.#skip(/(?:\\[\s\S]|[^\n\\])*/y);
    if (raw === '' && this.#at >= this.script.length)
      throw this.#fault('expected \\ after a, c or i', "expected \\ after `a', `c' or `i'", this.script.length);
    return raw
      .replace(/^\\(?=[ \t])/, '')
      .replace(/\\(\n|.)/gs, (_, character: string) => (character === 't' ? '\t' : character));
  }

  #substitution(command: Command): Command {
    const delimiter = this.script[this.#at++] ?? '';
    if (delimiter === '' || delimiter === '\n' || delimiter === '\\')
      throw this.#fault('bad option in substitution expression', "unterminated `s' command");
    const pattern = this.#until(delimiter, "unterminated `s' command");
    const template = this.#until(delimiter, "unterminated `s' command", true);
    const flags = this.#skip(this.manner.gnu ? /[gpIiMme0-9]*/y : /[gpIi0-9]*/y);
    const text = this.#peek() === 'w' ? this.#file() : '';
    if (!text && !/^[\s;}#]?$/.test(this.#peek()))
      throw this.#fault('bad option in substitution expression', "unknown option to `s'", this.#at + 1);
    const nth = /\d+/.exec(flags)?.[0];
    const regex = this.#regex(pattern, /[iI]/.test(flags), /[mM]/.test(flags));
    const groups = regex && this.manner.gnu ? regex.groups : 9;
    const highest = Math.max(0, ...[...template.matchAll(/\\(\d)/g)].map((match) => Number(match[1])));
    if (highest > groups)
      throw this.#fault(
        `invalid reference \\${highest} on s command's RHS`,
        `invalid reference \\${highest} on \`s' command's RHS`,
      );
    return {
      ...command,
      text,
      flags,
      ...(nth !== undefined && { nth: Number(nth) }),
      ...(regex && { regex }),
      replacement: replacer(template),
    };
  }

  #transliteration(command: Command): Command {
    const delimiter = this.script[this.#at++] ?? '';
    const [from, to] = [0, 1].map(() => [
      ...this.#until(delimiter, "unterminated `y' command").replace(
        /\\(.)/g,
        (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter,
      ),
    ]) as [string[], string[]];
    if (from.length !== to.length)
      throw this.#fault(
        "strings for 'y' command are different lengths",
        "strings for `y' command are different lengths",
      );
    return this.#ended({ ...command, map: new Map(from.map((character, at) => [character, to[at]!])) });
  }
}
