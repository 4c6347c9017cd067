/** An awk program's words. What a `/` means only the reader of expressions knows: it asks for a regular expression itself. */
import { AwkFault } from './fault';

export type TokenKind = 'number' | 'string' | 'name' | 'call' | 'word' | 'sign' | 'newline' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** A sign or word as written; a string's characters; a name. `call` is a name with a parenthesis right behind. */
  readonly text: string;
  readonly line: number;
  /** Where it begins. */
  readonly at: number;
}

/** Reserved words; what they mean the parser knows. */
const words = new Set(
  'BEGIN END break continue delete do else exit for func function getline if in next nextfile print printf return while'.split(
    ' ',
  ),
);

const signs = [
  ...['**=', '&&', '||', '++', '--', '+=', '-=', '*=', '/=', '%=', '^=', '==', '<=', '>=', '!=', '!~', '>>', '**'],
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ';',
    ',',
    '+',
    '-',
    '*',
    '/',
    '%',
    '^',
    '!',
    '<',
    '>',
    '|',
    '?',
    ':',
    '~',
    '$',
    '=',
  ],
];

const blank = /(?:[ \t\r]|\\\r?\n|#[^\n]*)*/y;
const decimal = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const prefixed = /0[xX][0-9a-fA-F]+|0[0-7]+(?![\d.eE])/y;
const name = /[A-Za-z_]\w*/y;

export class Lexer {
  #at = 0;
  #line = 1;

  constructor(
    readonly source: string,
    /** Numbers may be octal or hexadecimal, as busybox reads them. */
    readonly gnu: boolean,
  ) {}

  /** Goes back to where a token began. */
  rewind(token: Token): void {
    this.#at = token.at;
    this.#line = token.line;
  }

  next(): Token {
    const skipped = this.#take(blank)!;
    for (const character of skipped) if (character === '\n') this.#line++;
    const [at, line] = [this.#at, this.#line];
    const token = (kind: TokenKind, text: string): Token => ({ kind, text, line, at });
    const first = this.source[at];
    if (first === undefined) return token('end', '');
    if (first === '\n') {
      this.#at++;
      this.#line++;
      return token('newline', '\n');
    }
    if (first === '"') return token('string', this.#string());
    const number = this.#number();
    if (number !== undefined) return token('number', number);
    const word = this.#take(name);
    if (word !== undefined) {
      if (words.has(word)) return token('word', word);
      return token(this.source[this.#at] === '(' ? 'call' : 'name', word);
    }
    const sign = signs.find((one) => this.source.startsWith(one, at));
    if (sign === undefined) throw new AwkFault('token', line, first);
    this.#at += sign.length;
    return token('sign', sign);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #number(): string | undefined {
    if (!this.gnu) {
      const special = this.#take(prefixed);
      if (special !== undefined) return String(special[1]! > '9' ? Number(special) : Number.parseInt(special, 8));
    }
    return this.#take(decimal);
  }

  #string(): string {
    let text = '';
    for (this.#at++; ; ) {
      const character = this.source[this.#at++];
      if (character === undefined || character === '\n') throw new AwkFault('string', this.#line, text);
      if (character === '"') return text;
      if (character !== '\\') text += character;
      else if (this.source[this.#at] === '\n') {
        this.#at++;
        this.#line++;
      } else text += this.#escape();
    }
  }

  #escape(): string {
    const { text, length } = escapeAt(this.source, this.#at, this.gnu);
    this.#at += length;
    return text;
  }

  /** What stands up to the next slash, after the slash that `opening` begins with. */
  regex(opening: Token): string {
    this.#at = opening.at + 1;
    let text = '';
    for (let bracket = false; ; ) {
      const character = this.source[this.#at++];
      if (character === undefined || character === '\n') throw new AwkFault('regex', opening.line, text);
      if (character === '/' && !bracket) return text;
      if (character === '\\' && this.source[this.#at] === '/') text += this.source[this.#at++];
      else if (character === '\\') text += character + (this.source[this.#at++] ?? '');
      else text += character;
      // Where a slash needs no backslash, mawk knows; busybox does not.
      if (this.gnu) bracket = bracket ? character !== ']' || /\[\^?\]$/.test(text) : character === '[';
    }
  }
}

const plain: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** What follows a backslash at `at` of a string: one that means nothing keeps its backslash in mawk and loses it in busybox. */
export function escapeAt(source: string, at: number, gnu: boolean): { readonly text: string; readonly length: number } {
  const rest = source.slice(at, at + 3);
  const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal, 8) & 0xff), length: octal.length };
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest);
  if (hex) return { text: String.fromCharCode(Number.parseInt(hex[1]!, 16)), length: hex[0].length };
  const letter = rest[0] ?? '';
  return { text: plain[letter] ?? (gnu ? `\\${letter}` : letter), length: letter.length };
}

/** A text of the command line (`-v`, `name=value`) as a string of the program. */
export function unescaped(text: string, gnu: boolean): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\' || at + 1 === text.length) result += text[at];
    else {
      const found = escapeAt(text, at + 1, gnu);
      result += found.text;
      at += found.length;
    }
  }
  return result;
}
