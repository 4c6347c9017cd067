/** Tokens → tree, by recursive descent. Grammar: syntax.ts. */
import { asAssignment, indexed, isDeclaration } from './assignment';
import { Lexer, type Token } from './lexer';
import {
  type Assignment,
  type Case,
  type Command,
  type Count,
  type For,
  type FunctionDefinition,
  type Open,
  type Problem,
  type Redirect,
  type RedirectOperator,
  reservedWords,
  type Sequence,
  type Simple,
  SyntaxFault,
  type TokenType,
  type Word,
} from './syntax';

/** busybox's ash, bash, or Debian's `sh`. */
export type Dialect = 'busybox' | 'gnu' | 'dash';

export interface ParserOptions {
  readonly dialect?: Dialect;
  /** As they are when a command is read: the line before may have made one. */
  readonly aliases?: () => ReadonlyMap<string, string>;
  /** More text may follow: an unclosed here-document is then unfinished, not ended. */
  readonly partial?: boolean;
  /** Number of the first line. Default 1. */
  readonly firstLine?: number;
  readonly depth?: number;
}

const closers = new Set(['}', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'then', ')', ';;', ';&', ';;&']);
const redirections = new Set(['<', '>', '>>', '>|', '<>', '<&', '>&', '<<', '<<-', '<<<', '&>', '&>>']);
const deepest = 200;

const nothing: Command = { kind: 'sequence', commands: [] };

type HereDocument = { readonly delimiter: string; readonly strip: boolean; readonly quoted: boolean; target: Word };

export class Parser {
  readonly #lexer: Lexer;
  readonly #options: ParserOptions;
  #ahead: Token | undefined;
  /** End of the last token taken. */
  #last = 0;
  #here: HereDocument[] = [];
  #aliasing: { readonly name: string; end: number }[] = [];
  readonly #open: Open[] = [];
  /** An alias that ends in a blank ends here: the word that follows is looked at too. */
  #aliasNext = -1;

  constructor(text: string, options: ParserOptions = {}, at = 0) {
    this.#options = options;
    this.#lexer = new Lexer(text, options, at);
  }

  get position(): number {
    return this.#last;
  }

  get line(): number {
    return this.#lexer.line;
  }

  /** The next line's commands; `end` when there is no more text, undefined for an empty line. */
  next(): Command | undefined | 'end' {
    const token = this.#peek();
    if (token.kind === 'end') return 'end';
    if (token.kind === 'newline') {
      this.#take();
      return undefined;
    }
    const command = this.#list(false);
    const after = this.#peek();
    if (after.kind !== 'newline' && after.kind !== 'end') throw this.#unexpected();
    this.#take();
    return command;
  }

  /** What was read since, as it was written. */
  textSince(position: number): string {
    return this.#lexer.text.slice(position, this.#last);
  }

  /** Nothing but blanks and comments follows. */
  get isAtEnd(): boolean {
    return /^(?:\s|#.*|\\\n)*$/.test(this.#lexer.text.slice(this.#last));
  }

  all(): Command {
    const commands: Command[] = [];
    for (let command = this.next(); command !== 'end'; command = this.next()) if (command) commands.push(command);
    return commands.length === 1 ? commands[0]! : { kind: 'sequence', commands };
  }

  /** The inside of `$( … )`. */
  untilParenthesis(): Command {
    this.#skipNewlines();
    const body: Command = this.#isOperator(')') ? { kind: 'sequence', commands: [] } : this.#body(')');
    this.#expect(')');
    return body;
  }

  // Tokens

  #peek(): Token {
    if (!this.#ahead) this.#ahead = this.#lexer.token();
    return this.#ahead;
  }

  #take(): Token {
    const token = this.#peek();
    this.#ahead = undefined;
    this.#last = this.#lexer.at;
    if (token.kind === 'newline' || (token.kind === 'end' && this.#here.length > 0)) this.#hereDocuments();
    this.#aliasing = this.#aliasing.filter((one) => one.end > this.#last);
    return token;
  }

  #hereDocuments(): void {
    for (const one of this.#here) {
      const body = this.#lexer.hereLines(one.delimiter, one.strip);
      const firstLine = this.#lexer.line;
      one.target = one.quoted
        ? { parts: [{ kind: 'text', text: body, quoted: true }] }
        : new Lexer(body, { ...this.#options, firstLine, partial: false }).hereWord();
    }
    this.#here = [];
    this.#last = this.#lexer.at;
  }

  #isOperator(...texts: string[]): boolean {
    const token = this.#peek();
    return token.kind === 'operator' && texts.includes(token.text);
  }

  /** An unquoted reserved word, where a command may begin. */
  #reserved(): string | undefined {
    const token = this.#peek();
    if (token.kind !== 'word' || !reservedWords.has(token.text)) return undefined;
    const bashOnly = token.text === '[[' || token.text === 'function';
    return bashOnly && this.#options.dialect === 'dash' ? undefined : token.text;
  }

  #isCloser(): boolean {
    const token = this.#peek();
    if (token.kind === 'operator') return closers.has(token.text);
    return token.kind === 'word' && closers.has(token.text);
  }

  #fault(problem: Problem, unfinished = false): SyntaxFault {
    const { text } = this.#lexer;
    const start = this.#peek().start;
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const end = text.indexOf('\n', start);
    // A newline that is in the way is not yet the next line.
    const line = this.#lexer.line - (this.#peek().kind === 'newline' ? 1 : 0);
    return new SyntaxFault(problem, line, unfinished, text.slice(from, end < 0 ? undefined : end));
  }

  /** Reads a compound command; until its end it is known to be open. */
  #compound<T>(start: number, read: () => T): T {
    const word = this.#lexer.text.slice(start).match(/^(\w+|.)/)?.[0] ?? '';
    this.#open.push({ word, line: this.#lexer.line });
    const command = read();
    this.#open.pop();
    return command;
  }

  #unexpected(expecting?: string): SyntaxFault {
    const token = this.#peek();
    const found = token.kind === 'end' ? undefined : token.text;
    const open = this.#open.at(-1);
    return this.#fault({ kind: 'unexpected', found, type: this.#typeOf(token), expecting, open }, token.kind === 'end');
  }

  #typeOf(token: Token): TokenType {
    switch (token.kind) {
      case 'end':
      case 'newline':
        return token.kind;
      case 'number':
        return 'redirection';
      case 'operator':
        return redirections.has(token.text) ? 'redirection' : 'operator';
      case 'word':
        return reservedWords.has(token.text) ? 'reserved' : 'word';
    }
  }

  #expect(text: string): void {
    const token = this.#peek();
    if (token.text !== text || (token.kind !== 'operator' && token.kind !== 'word')) throw this.#unexpected(text);
    this.#take();
  }

  #skipNewlines(): void {
    while (this.#peek().kind === 'newline') this.#take();
  }

  #textFrom(start: number): string {
    return this.#lexer.text.slice(start, this.#last).trim();
  }

  // Lists

  /** Commands up to a closer; over lines when `multiline`. At least one. */
  #list(multiline: boolean): Command {
    if (++this.#lexer.depth > deepest) throw this.#fault({ kind: 'too deep' });
    const commands: Command[] = [];
    if (multiline) this.#skipNewlines();
    do {
      const start = this.#peek().start;
      let command = this.#andOr();
      const text = this.#textFrom(start);
      if (this.#isOperator('&')) {
        this.#take();
        command = { kind: 'background', command, text };
      } else if (this.#isOperator(';')) this.#take();
      else if (this.#peek().kind !== 'newline' || !multiline) {
        commands.push(command);
        break;
      }
      commands.push(command);
      if (multiline) this.#skipNewlines();
    } while (this.#peek().kind !== 'end' && this.#peek().kind !== 'newline' && !this.#isCloser());
    this.#lexer.depth--;
    return commands.length === 1 ? commands[0]! : ({ kind: 'sequence', commands } satisfies Sequence);
  }

  /** A list that the text may not end before; what would have had to follow is told. */
  #body(closer: string): Command {
    this.#skipNewlines();
    if (this.#peek().kind === 'end') throw this.#unexpected(closer);
    return this.#list(true);
  }

  #andOr(): Command {
    let left = this.#pipeline();
    while (this.#isOperator('&&', '||')) {
      const kind = this.#take().text === '&&' ? 'and' : 'or';
      this.#skipNewlines();
      left = { kind, left, right: this.#pipeline() };
    }
    return left;
  }

  #pipeline(): Command {
    let negated = false;
    const start = this.#peek().start;
    const timed = this.#timed();
    while (this.#reserved() === '!' && !(negated && this.#options.dialect !== 'gnu')) {
      this.#take();
      negated = !negated;
    }
    const bare = this.#options.dialect === 'gnu' && (negated || timed !== undefined) && this.#endsCommand();
    const commands = [bare ? nothing : this.#command()];
    while (this.#isOperator('|', '|&')) {
      const both = this.#take().text === '|&';
      if (both) commands.push(withErrors(commands.pop()!));
      this.#skipNewlines();
      commands.push(this.#command());
    }
    if (commands.length === 1 && !negated && !timed) return commands[0]!;
    return { kind: 'pipeline', commands, negated, timed, text: this.#textFrom(start) };
  }

  #endsCommand(): boolean {
    const { kind } = this.#peek();
    return kind === 'end' || kind === 'newline' || this.#isOperator(';', '&', '|', '&&', '||', ')');
  }

  /** bash's reserved word `time`. */
  #timed(): 'bash' | 'p' | undefined {
    if (this.#options.dialect !== 'gnu' || this.#peek().text !== 'time' || this.#peek().kind !== 'word')
      return undefined;
    this.#take();
    if (this.#peek().text !== '-p') return 'bash';
    this.#take();
    return 'p';
  }

  // Commands

  #command(): Command {
    this.#replaceAliases();
    const start = this.#peek().start;
    if (this.#isOperator('(')) return this.#compound(start, () => this.#parenthesis(start));
    switch (this.#reserved()) {
      case '{':
        return this.#compound(start, () => this.#braces(start));
      case 'if':
        return this.#compound(start, () => this.#if());
      case 'while':
      case 'until':
        return this.#compound(start, () => this.#loop());
      case 'for':
        return this.#compound(start, () => this.#for());
      case 'case':
        return this.#compound(start, () => this.#case());
      case 'function':
        return this.#functionKeyword(start);
      case '[[':
        return this.#condition();
      case undefined:
        return this.#simple();
      default:
        throw this.#unexpected();
    }
  }

  #parenthesis(start: number): Command {
    const line = this.#lexer.line;
    if (this.#options.dialect === 'gnu' && this.#lexer.text.startsWith('((', start)) {
      this.#lexer.at = start + 2;
      const expression = this.#lexer.arithmetic();
      if (expression) {
        this.#ahead = undefined;
        this.#last = this.#lexer.at;
        return { kind: 'arithmetic', expression, redirects: this.#redirects(), line };
      }
      this.#lexer.at = start + 1;
    }
    this.#take();
    const body = this.#list(true);
    this.#expect(')');
    return { kind: 'subshell', body, redirects: this.#redirects(), text: this.#textFrom(start) };
  }

  #braces(start: number): Command {
    this.#take();
    const body = this.#list(true);
    this.#expect('}');
    return { kind: 'group', body, redirects: this.#redirects(), text: this.#textFrom(start) };
  }

  #if(): Command {
    this.#take();
    const clauses = [];
    let otherwise: Command | undefined;
    do {
      const condition = this.#body('then');
      this.#expect('then');
      clauses.push({ condition, body: this.#body('fi') });
    } while (this.#peek().text === 'elif' && this.#take());
    if (this.#peek().text === 'else') {
      this.#take();
      otherwise = this.#body('fi');
    }
    this.#expect('fi');
    return { kind: 'if', clauses, otherwise, redirects: this.#redirects() };
  }

  #loop(): Command {
    const kind = this.#take().text as 'while' | 'until';
    const condition = this.#body('do');
    const body = this.#doGroup();
    return { kind, condition, body, redirects: this.#redirects() };
  }

  #doGroup(): Command {
    this.#expect('do');
    const body = this.#body('done');
    this.#expect('done');
    return body;
  }

  #for(): For | Count {
    this.#take();
    if (this.#options.dialect === 'gnu' && this.#lexer.text.startsWith('((', this.#peek().start)) return this.#count();
    const line = this.#lexer.line;
    const name = this.#peek();
    if (name.kind !== 'word' || !isName(name.text))
      throw name.kind === 'word' || this.#options.dialect !== 'gnu'
        ? this.#fault({ kind: 'bad for variable', name: name.text })
        : this.#unexpected();
    this.#take();
    this.#skipNewlines();
    let words: Word[] | undefined;
    if (this.#peek().text === 'in' && this.#peek().kind === 'word') {
      this.#take();
      words = [];
      for (let token = this.#peek(); token.kind === 'word'; token = this.#peek()) {
        words.push(token.word);
        this.#take();
      }
      if (!this.#isOperator(';') && this.#peek().kind !== 'newline') throw this.#unexpected();
      this.#take();
    } else if (this.#isOperator(';')) this.#take();
    this.#skipNewlines();
    const body = this.#doGroup();
    return { kind: 'for', name: name.text, words, body, redirects: this.#redirects(), line };
  }

  #count(): Count {
    this.#lexer.at = this.#peek().start + 2;
    const inside = this.#lexer.arithmeticText();
    if (inside === undefined) throw this.#unexpected();
    this.#ahead = undefined;
    this.#last = this.#lexer.at;
    const words = inside.split(';').map((text) => new Lexer(text, this.#options).hereWord());
    const [first, condition, step] = words;
    if (!first || !condition || !step || words.length > 3) throw this.#unexpected();
    if (this.#isOperator(';')) this.#take();
    this.#skipNewlines();
    const body = this.#doGroup();
    return { kind: 'count', first, condition, step, body, redirects: this.#redirects() };
  }

  #case(): Case {
    this.#take();
    const source = this.#peek().text;
    const subject = this.#word();
    this.#skipNewlines();
    this.#expect('in');
    const arms: Case['arms'][number][] = [];
    this.#skipNewlines();
    while (this.#peek().text !== 'esac') {
      arms.push(this.#arm());
      this.#skipNewlines();
    }
    this.#take();
    return { kind: 'case', subject, source, arms, redirects: this.#redirects() };
  }

  #arm(): Case['arms'][number] {
    if (this.#isOperator('(')) this.#take();
    if (this.#peek().kind === 'end') throw this.#unexpected(')');
    const patterns = [this.#word()];
    while (this.#isOperator('|')) {
      this.#take();
      patterns.push(this.#word());
    }
    this.#expect(')');
    this.#skipNewlines();
    const body = this.#isOperator(';;', ';&', ';;&') || this.#peek().text === 'esac' ? undefined : this.#list(true);
    const end = this.#isOperator(';&', ';;&') ? (this.#peek().text as ';&') : ';;';
    if (this.#isOperator(';;', ';&', ';;&')) this.#take();
    else if (this.#peek().text !== 'esac') throw this.#unexpected(';;');
    return { patterns, body, end };
  }

  #word(): Word {
    const token = this.#peek();
    if (token.kind !== 'word') throw this.#unexpected(token.kind === 'end' ? 'word' : undefined);
    this.#take();
    return token.word;
  }

  #condition(): Command {
    const line = this.#lexer.line;
    this.#take();
    const items: (Word | string)[] = [];
    for (let token = this.#peek(); token.text !== ']]'; token = this.#peek()) {
      const ends = token.kind === 'end' || token.text === ';' || token.kind === 'newline';
      if (ends && this.#options.dialect !== 'gnu')
        return { kind: 'condition', items, closed: false, redirects: [], line };
      if (token.kind === 'end') throw this.#unexpected(']]');
      if (token.kind === 'word') items.push(token.word);
      else if (token.kind !== 'newline') items.push(token.text);
      this.#take();
      if (token.text === '=~') items.push(this.#lexer.regularExpression());
    }
    this.#take();
    return { kind: 'condition', items, closed: true, redirects: this.#redirects(), line };
  }

  #functionKeyword(start: number): FunctionDefinition {
    this.#take();
    const token = this.#peek();
    if (token.kind !== 'word') throw this.#unexpected('word');
    this.#take();
    if (this.#isOperator('(')) {
      this.#take();
      this.#expect(')');
    }
    return this.#functionBody(token.text, start);
  }

  #functionBody(name: string, start: number): FunctionDefinition {
    this.#skipNewlines();
    const simple = this.#options.dialect === 'gnu' && !this.#isOperator('(') && !this.#reserved();
    if (simple) throw this.#unexpected();
    const body = this.#command();
    return { kind: 'function', name, body, text: this.#textFrom(start) };
  }

  #simple(): Command {
    const start = this.#peek().start;
    const line = this.#lexer.line;
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    const lists: Assignment[] = [];
    for (;;) {
      const redirect = this.#redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      if (this.#aliasNext >= 0 && this.#peek().start >= this.#aliasNext) {
        this.#aliasNext = -1;
        this.#replaceAliases();
      }
      const token = this.#peek();
      if (token.kind !== 'word') break;
      const gnu = this.#options.dialect === 'gnu';
      const declares = gnu && isDeclaration(words[0]);
      const assignment = words.length === 0 || declares ? asAssignment(token.word, gnu) : undefined;
      this.#take();
      const list = assignment && gnu ? this.#listAfter(token.text) : undefined;
      if (assignment && list) {
        (declares ? lists : assignments).push({ ...assignment, list });
        if (declares) words.push({ parts: [{ kind: 'text', text: assignment.name, quoted: false }] });
      } else if (assignment && words.length === 0) assignments.push(assignment);
      else words.push(token.word);
      if (words.length === 1 && assignments.length === 0 && redirects.length === 0 && this.#isOperator('(')) {
        this.#take();
        this.#expect(')');
        const named = this.#options.dialect === 'dash' ? isName(token.text) : isFunctionName(token.text);
        if (!named) throw this.#fault({ kind: 'bad function name' });
        return this.#functionBody(token.text, start);
      }
    }
    if (assignments.length + words.length + redirects.length === 0) throw this.#unexpected();
    const text = this.#textFrom(start);
    return { kind: 'simple', assignments, words, redirects, line, text, lists } satisfies Simple;
  }

  /** `(a b c)` right after `name=`. */
  #listAfter(text: string): Assignment['list'] {
    const next = this.#peek();
    if (!/=$/.test(text) || !this.#isOperator('(') || next.start !== this.#last) return undefined;
    this.#take();
    const elements: { index?: Word; value: Word }[] = [];
    for (this.#skipNewlines(); !this.#isOperator(')'); this.#skipNewlines()) {
      const word = this.#word();
      const keyed = indexed(word, '');
      elements.push(keyed ? { index: keyed.index, value: keyed.value } : { value: word });
    }
    this.#take();
    return elements;
  }

  // Redirections

  #redirects(): Redirect[] {
    const all: Redirect[] = [];
    for (let one = this.#redirect(); one; one = this.#redirect()) all.push(one);
    return all;
  }

  #redirect(): Redirect | undefined {
    const token = this.#peek();
    let number: number | undefined;
    if (token.kind === 'number') {
      number = Number(token.text);
      this.#take();
    } else if (token.kind !== 'operator' || !redirections.has(token.text)) return undefined;
    const operator = this.#take().text;
    const target = this.#peek();
    if (target.kind !== 'word') throw this.#unexpected();
    const { text } = target;
    this.#take();
    number ??= operator.startsWith('<') ? 0 : 1;
    if (operator !== '<<' && operator !== '<<-')
      return { operator: operator as RedirectOperator, number, target: target.word, text };
    return this.#hereDocument(target.word, number, operator === '<<-');
  }

  #hereDocument(word: Word, number: number, strip: boolean): Redirect {
    const delimiter = word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const quoted = word.parts.some((part) => part.kind === 'text' && part.quoted);
    const here = { operator: '<<' as const, number, delimiter, strip, quoted, target: { parts: [] } as Word, text: '' };
    this.#here.push(here);
    return here;
  }

  // Aliases

  /** Replaces the word at a command's beginning while it is an alias that is not being replaced already. */
  #replaceAliases(): void {
    const aliases = this.#options.aliases?.();
    if (!aliases || aliases.size === 0) return;
    for (let rounds = 0; rounds < 100; rounds++) {
      const token = this.#peek();
      if (token.kind !== 'word') return;
      const value = aliases.get(token.text);
      if (value === undefined || this.#aliasing.some((one) => one.name === token.text)) return;
      const rest = this.#lexer.text.slice(this.#lexer.at);
      const grown = value.length - token.text.length;
      for (const one of this.#aliasing) one.end += grown;
      this.#lexer.text = this.#lexer.text.slice(0, token.start) + value + rest;
      this.#aliasing.push({ name: token.text, end: token.start + value.length });
      if (/[ \t]$/.test(value)) this.#aliasNext = token.start + value.length;
      this.#lexer.at = token.start;
      this.#ahead = undefined;
    }
  }
}

function withErrors(command: Command): Command {
  const both: Redirect = {
    operator: '>&',
    number: 2,
    text: '1',
    target: { parts: [{ kind: 'text', text: '1', quoted: false }] },
  };
  if ('redirects' in command) return { ...command, redirects: [...command.redirects, both] };
  return { kind: 'group', body: command, redirects: [both], text: '' };
}

export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

function isFunctionName(text: string): boolean {
  return /^[^$'"`\\=]+$/.test(text);
}
