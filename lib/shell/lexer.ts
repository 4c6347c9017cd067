/** Characters → tokens and words. The parser says when; nothing is read ahead of the token that is looked at. */
import { Parser, type ParserOptions } from './parser';
import { type Command, type Operation, type Parameter, type Part, SyntaxFault, type Word } from './syntax';

export type Token =
  | { readonly kind: 'word'; readonly word: Word; readonly text: string; readonly start: number }
  | { readonly kind: 'operator'; readonly text: string; readonly start: number }
  | { readonly kind: 'number'; readonly text: string; readonly start: number }
  | { readonly kind: 'newline' | 'end'; readonly text: string; readonly start: number };

const operators = [
  '&>>',
  '<<<',
  '<<-',
  '&&',
  '||',
  ';;&',
  ';;',
  ';&',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>',
  '|&',
  '|',
  '&',
  ';',
  '<',
  '>',
  '(',
  ')',
];
const gnuOnly = new Set(['&>>', ';;&', ';&', '|&']);
const notDash = new Set(['&>', '<<<']);
const meta = new Set('|&;<>() \t\n');
const deepest = 120;

/** How words inside of something are read: until one of `stops`, by which quoting rules. */
interface Mode {
  readonly stops: string;
  readonly quoted: boolean;
  /** A double quote is an ordinary character (here-documents, arithmetic). */
  readonly plainQuotes?: boolean;
}

export class Lexer {
  at: number;
  depth: number;
  #countedTo = 0;
  #lines = 0;

  constructor(
    public text: string,
    readonly options: ParserOptions,
    at = 0,
  ) {
    this.at = at;
    this.depth = options.depth ?? 0;
  }

  /** Line number of the present position. */
  get line(): number {
    if (this.at < this.#countedTo) this.#countedTo = this.#lines = 0;
    for (; this.#countedTo < this.at; this.#countedTo++) if (this.text[this.#countedTo] === '\n') this.#lines++;
    return (this.options.firstLine ?? 1) + this.#lines;
  }

  /** bash names the line where it began, ash the one where the text ends. */
  unterminated(what: string, start: number): SyntaxFault {
    this.at = this.options.dialect === 'gnu' ? start : this.text.length;
    return new SyntaxFault({ kind: 'unterminated', what }, this.line, true);
  }

  token(): Token {
    this.skipBlanks();
    const start = this.at;
    const char = this.text[start];
    if (char === undefined) return { kind: 'end', text: '', start };
    if (char === '\n') {
      this.at++;
      return { kind: 'newline', text: '\n', start };
    }
    const process = this.#processSubstitution(start);
    if (process) return process;
    const operator = this.#operator();
    if (operator) {
      this.at += operator.length;
      return { kind: 'operator', text: operator, start };
    }
    const digits = /^\d+(?=[<>])/.exec(this.text.slice(start, start + 4));
    if (digits) {
      this.at += digits[0].length;
      return { kind: 'number', text: digits[0], start };
    }
    const word = { parts: this.#parts({ stops: '', quoted: false }) };
    return { kind: 'word', word, text: this.text.slice(start, this.at), start };
  }

  #processSubstitution(start: number): Token | undefined {
    if (this.options.dialect !== 'gnu' || !/^[<>]\($/.test(this.text.slice(start, start + 2))) return undefined;
    const inner = new Parser(this.text, { ...this.options, aliases: undefined, depth: this.depth }, start + 2);
    const body = this.#substituted(inner);
    this.at = inner.position;
    const part: Part = { kind: 'process', body, reads: this.text[start] === '>', quoted: false };
    return { kind: 'word', word: { parts: [part] }, text: this.text.slice(start, this.at), start };
  }

  #operator(): string | undefined {
    if (!meta.has(this.text[this.at] ?? '')) return undefined;
    return operators.find(
      (one) =>
        this.text.startsWith(one, this.at) &&
        (this.options.dialect === 'gnu' || !gnuOnly.has(one)) &&
        (this.options.dialect !== 'dash' || !notDash.has(one)),
    );
  }

  skipBlanks(): void {
    for (;;) {
      const char = this.text[this.at];
      if (char === ' ' || char === '\t') this.at++;
      else if (char === '\\' && this.text[this.at + 1] === '\n') this.at += 2;
      else if (char === '#') this.at = this.#endOfLine(this.at);
      else return;
    }
  }

  #endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  /** A here-document's lines, up to and without the delimiter. */
  hereLines(delimiter: string, stripTabs: boolean): string {
    let body = '';
    for (;;) {
      if (this.at >= this.text.length) {
        if (this.options.partial) throw this.unterminated(delimiter, this.at);
        return body;
      }
      const end = this.#endOfLine(this.at);
      let line = this.text.slice(this.at, end);
      this.at = Math.min(end + 1, this.text.length);
      if (stripTabs) line = line.replace(/^\t+/, '');
      if (line === delimiter) return body;
      body += end < this.text.length ? `${line}\n` : line;
    }
  }

  /** All of the text, by a here-document's rules. */
  hereWord(): Word {
    return { parts: this.#parts({ stops: '', quoted: true, plainQuotes: true }) };
  }

  /** `$(( … ))` after its opening, up to and with the closing. Undefined (nothing taken) when it is not one. */
  arithmetic(): Word | undefined {
    const end = this.#arithmeticEnd(this.at);
    if (end === undefined) return undefined;
    const inner = new Lexer(this.text.slice(0, end), { ...this.options, depth: this.depth }, this.at);
    const parts = inner.#parts({ stops: '', quoted: true, plainQuotes: true });
    this.at = end + 2;
    return { parts };
  }

  /** After `=~`: parentheses and bars belong to the expression. */
  regularExpression(): Word {
    this.skipBlanks();
    return this.#word(' \t\n', false);
  }

  /** The same as text. */
  arithmeticText(): string | undefined {
    const end = this.#arithmeticEnd(this.at);
    if (end === undefined) return undefined;
    const text = this.text.slice(this.at, end);
    this.at = end + 2;
    return text;
  }

  #arithmeticEnd(from: number): number | undefined {
    let open = 0;
    for (let at = from; at < this.text.length; at++) {
      const char = this.text[at];
      if (char === '(') open++;
      else if (char === ')' && open > 0) open--;
      else if (char === ')' && this.text[at + 1] === ')') return at;
      else if (char === ')' && this.options.dialect === 'gnu') return undefined;
      else if (char === ')') throw this.unterminated('$((', from);
      else if (char === '\\') at++;
    }
    throw this.unterminated('$((', from);
  }

  #parts(mode: Mode): Part[] {
    if (++this.depth > deepest) throw new SyntaxFault({ kind: 'too deep' }, this.line);
    const parts: Part[] = [];
    let text = '';
    let quoted = mode.quoted;
    const add = (piece: string, isQuoted: boolean) => {
      if (text && quoted !== isQuoted) flush();
      quoted = isQuoted;
      text += piece;
    };
    const flush = () => {
      if (text) parts.push({ kind: 'text', text, quoted });
      text = '';
    };
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined || mode.stops.includes(char)) break;
      if (!mode.quoted && mode.stops === '' && meta.has(char)) break;
      if (char === '\\') {
        const piece = this.#escape(mode);
        if (piece.text) add(piece.text, piece.quoted);
      } else if (char === "'" && !mode.quoted) {
        flush();
        parts.push({ kind: 'text', text: this.#single(), quoted: true });
      } else if (char === '"' && !mode.plainQuotes) {
        flush();
        this.at++;
        parts.push(...this.#doubled());
      } else if (char === '$' || char === '`') {
        const part = char === '`' ? this.#backquoted(mode.quoted) : this.#dollar(mode.quoted);
        if (part) {
          flush();
          parts.push(part);
        } else add('$', mode.quoted);
      } else {
        const end = this.#plainEnd(mode);
        add(this.text.slice(this.at, end), mode.quoted);
        this.at = end;
      }
    }
    flush();
    this.depth--;
    // Without the room that an array keeps for more: the words of a running line are held as long as it runs.
    return parts.slice();
  }

  /** The end of a run of ordinary characters, at least one long. */
  #plainEnd(mode: Mode): number {
    let end = this.at + 1;
    for (; end < this.text.length; end++) {
      const char = this.text[end]!;
      if (char === '\\' || char === '$' || char === '`' || char === '"' || char === "'") break;
      if (mode.stops.includes(char) || (!mode.quoted && mode.stops === '' && meta.has(char))) break;
    }
    return end;
  }

  #escape(mode: Mode): { readonly text: string; readonly quoted: boolean } {
    const next = this.text[this.at + 1];
    this.at += next === undefined ? 1 : 2;
    if (next === '\n') return { text: '', quoted: true };
    if (next === undefined) return { text: '\\', quoted: true };
    if (!mode.quoted) return { text: next, quoted: true };
    const special =
      next === '$' ||
      next === '`' ||
      next === '\\' ||
      (next === '"' && !mode.plainQuotes) ||
      (next !== '"' && mode.stops.includes(next));
    return { text: special ? next : `\\${next}`, quoted: true };
  }

  #single(): string {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) throw this.unterminated("'", this.at);
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return text;
  }

  #doubled(): Part[] {
    const start = this.at - 1;
    const parts = this.#parts({ stops: '"', quoted: true });
    if (this.text[this.at] !== '"') throw this.unterminated('"', start);
    this.at++;
    return parts.length > 0 ? parts : [{ kind: 'text', text: '', quoted: true }];
  }

  #backquoted(quoted: boolean): Part {
    let source = '';
    let at = this.at + 1;
    for (; this.text[at] !== '`'; at++) {
      if (at >= this.text.length) throw this.unterminated('`', this.at);
      const next = this.text[at + 1];
      const escaped =
        this.text[at] === '\\' && (next === '`' || next === '\\' || next === '$' || (quoted && next === '"'));
      if (escaped) at++;
      source += this.text[at];
    }
    const firstLine = this.line;
    this.at = at + 1;
    const inner = new Parser(source, { ...this.options, firstLine, partial: false, depth: this.depth });
    return { kind: 'command', body: inner.all(), quoted };
  }

  /** What `$` begins; undefined when it is just a dollar sign. */
  #dollar(quoted: boolean): Part | undefined {
    const next = this.text[this.at + 1];
    this.at++;
    if (next === '(') return this.#parenthesised(quoted);
    if (next === '{') return this.#braced(quoted);
    if (next === "'" && !quoted && this.options.dialect !== 'dash')
      return { kind: 'text', text: this.#ansi(), quoted: true };
    const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(this.text.slice(this.at, this.at + 200))?.[0];
    if (!name) return undefined;
    this.at += name.length;
    return { kind: 'parameter', name, quoted };
  }

  #parenthesised(quoted: boolean): Part {
    if (this.text[this.at + 1] === '(') {
      this.at += 2;
      const expression = this.arithmetic();
      if (expression) return { kind: 'arithmetic', expression, quoted };
      this.at -= 2;
    }
    const inner = new Parser(this.text, { ...this.options, aliases: undefined, depth: this.depth }, this.at + 1);
    const body = this.#substituted(inner);
    this.at = inner.position;
    return { kind: 'command', body, quoted };
  }

  #substituted(inner: Parser): Command {
    try {
      return inner.untilParenthesis();
    } catch (error) {
      const ended = error instanceof SyntaxFault && error.unfinished && error.problem.kind === 'unexpected';
      if (ended && this.options.dialect === 'gnu') throw this.unterminated('$(', this.text.length);
      throw error;
    }
  }

  /** `$'…'`: escapes as in C. */
  #ansi(): string {
    const start = ++this.at;
    for (; this.text[this.at] !== "'"; this.at++) {
      if (this.at >= this.text.length) throw this.unterminated("'", start);
      if (this.text[this.at] === '\\') this.at++;
    }
    return unescapeC(this.text.slice(start, this.at++));
  }

  #braced(quoted: boolean): Part {
    const start = this.at - 1;
    this.at++;
    const length = this.text[this.at] === '#' && !/^#[}:\-=+?%#/]/.test(this.text.slice(this.at, this.at + 2));
    const indirect = this.options.dialect === 'gnu' && /^![A-Za-z_]/.test(this.text.slice(this.at, this.at + 2));
    if (length || indirect) this.at++;
    const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/.exec(this.text.slice(this.at, this.at + 200))?.[0];
    if (!name) return this.#bad(start, quoted);
    this.at += name.length;
    const index = this.#index();
    if (this.text[this.at] === '}' && (length || indirect)) {
      this.at++;
      return { kind: 'parameter', name, quoted, index, operation: { kind: length ? 'length' : 'indirect' } };
    }
    const operation = this.text[this.at] === '}' ? undefined : this.#operation(quoted);
    if (this.text[this.at] === undefined) throw this.unterminated(quoted ? '"' : '${', start);
    if (this.text[this.at] !== '}' || operation?.kind === 'bad' || length) return this.#bad(start, quoted);
    this.at++;
    return { kind: 'parameter', name, quoted, index, operation };
  }

  /** `[…]` after a name in braces. */
  #index(): Parameter['index'] {
    if (this.options.dialect !== 'gnu' || this.text[this.at] !== '[') return undefined;
    this.at++;
    const word = this.#word(']', false);
    this.at++;
    const [only] = word.parts;
    const all = word.parts.length === 1 && only?.kind === 'text' && !only.quoted ? only.text : '';
    return all === '@' || all === '*' ? all : word;
  }

  #bad(start: number, quoted: boolean): Part {
    this.#word('}', quoted);
    if (this.text[this.at] === undefined) throw this.unterminated(quoted ? '"' : '${', start);
    this.at++;
    const text = this.text.slice(start, this.at);
    return { kind: 'parameter', name: '', quoted, operation: { kind: 'bad', text } };
  }

  #word(stops: string, quoted: boolean): Word {
    return { parts: this.#parts({ stops, quoted }) };
  }

  #operation(quoted: boolean): Operation {
    const colon = this.text[this.at] === ':';
    const symbol = this.text[this.at + (colon ? 1 : 0)] ?? '';
    if ('-=?+'.includes(symbol) && symbol) {
      this.at += colon ? 2 : 1;
      return { kind: symbol as '-', colon, word: this.#word('}', quoted) };
    }
    if (this.options.dialect === 'dash' && (colon || symbol === '/')) return { kind: 'bad', text: symbol };
    if (colon) return this.#substring();
    this.at++;
    const twice = this.text[this.at] === symbol;
    switch (symbol) {
      case '#':
      case '%':
        if (twice) this.at++;
        return { kind: (twice ? symbol + symbol : symbol) as '#', word: this.#word('}', false) };
      case '/':
        return this.#replacement(quoted);
      case '^':
      case ',':
        if (this.options.dialect !== 'gnu') return { kind: 'bad', text: symbol };
        if (twice) this.at++;
        return { kind: (twice ? symbol + symbol : symbol) as '^' };
      default:
        return { kind: 'bad', text: symbol };
    }
  }

  #substring(): Operation {
    this.at++;
    const offset = this.#word(':}', true);
    if (this.text[this.at] !== ':') return { kind: 'substring', offset };
    this.at++;
    return { kind: 'substring', offset, length: this.#word('}', true) };
  }

  #replacement(quoted: boolean): Operation {
    const next = this.text[this.at] ?? '';
    const anchors = this.options.dialect === 'gnu' ? '/#%' : '/';
    const anchor = (next !== '' && anchors.includes(next) ? next : '') as '' | '/' | '#' | '%';
    if (anchor) this.at++;
    const pattern = this.#word('/}', false);
    const has = this.text[this.at] === '/';
    if (has) this.at++;
    return { kind: '/', anchor, pattern, replacement: has ? this.#word('}', quoted) : { parts: [] } };
  }
}

const simpleEscapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

export function unescapeC(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|([\s\S]))/g,
    (whole, hex, unicode, octal, char) => {
      if (hex || unicode) return String.fromCodePoint(Number.parseInt(hex ?? unicode, 16));
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return simpleEscapes[char] ?? whole;
    },
  );
}
