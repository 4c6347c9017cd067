/** awk's regular expressions: the C library's extended ones, with the backslashes that a string of awk knows. */
import { compileRegex, type Regex, RegexFault } from '../../pattern';

const keptLimit = 500;
/** Characters that a backslash makes plain. */
const magic = /[\\^$.[\]|()*+?{}]/;
const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  '"': '"',
  '/': '/',
  '&': '&',
};

/** A regular expression that is none, with what was written. */
export class BadRegex extends Error {
  override readonly name = 'BadRegex';
  constructor(
    readonly fault: RegexFault,
    readonly pattern: string,
  ) {
    super(fault.message);
  }

  /** busybox says what the C library says, mawk has words of its own. */
  told(gnu: boolean): string {
    if (!gnu) return `bad regex '${this.pattern}': ${this.message}`;
    return `regular expression compile failed (${mawk[this.fault.code] ?? 'syntax error'})\n${this.pattern}`;
  }
}

const mawk: Partial<Record<RegexFault['code'], string>> = {
  open: "missing ')'",
  close: "missing '('",
  repeat: 'missing operand',
  brackets: 'bad class -- [], [^] or [',
  range: 'bad class -- [], [^] or [',
  backslash: 'trailing backslash',
};

export class Regexes {
  readonly #kept = new Map<string, Regex>();

  constructor(readonly gnu: boolean) {}

  /** Throws BadRegex. `basic`: what is no extended one is to be read as a basic one. */
  of(pattern: string, ignoreCase = false, basic = false): Regex {
    const key = `${ignoreCase}${basic}${pattern}`;
    let regex = this.#kept.get(key);
    if (!regex) {
      if (this.#kept.size >= keptLimit) this.#kept.clear();
      this.#kept.set(key, (regex = this.#compile(pattern, ignoreCase, basic)));
    }
    return regex;
  }

  #compile(pattern: string, ignoreCase: boolean, basic: boolean): Regex {
    const source = translated(pattern, this.gnu);
    try {
      return compileRegex(source, { syntax: 'extended', ignoreCase });
    } catch (error) {
      if (error instanceof RegexFault && basic) return this.#basic(pattern, ignoreCase);
      throw error instanceof RegexFault ? new BadRegex(error, pattern) : error;
    }
  }

  #basic(pattern: string, ignoreCase: boolean): Regex {
    try {
      return compileRegex(pattern, { ignoreCase });
    } catch (error) {
      throw error instanceof RegexFault ? new BadRegex(error, pattern) : error;
    }
  }
}

/** With the backslashes of awk's strings made characters; mawk knows none of GNU's (`\<`, `\w`). */
function translated(pattern: string, gnu: boolean): string {
  return pattern.replace(/\\([0-7]{1,3}|[\s\S])/g, (whole, after: string) => {
    if (/^[0-7]/.test(after)) return literal(String.fromCharCode(Number.parseInt(after, 8) & 0xff));
    const letter = after === 'b' && gnu ? '\b' : letters[after];
    if (letter !== undefined) return letter;
    return !gnu || magic.test(after) ? whole : after;
  });
}

const literal = (character: string) => (magic.test(character) ? `\\${character}` : character);
