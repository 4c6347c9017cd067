/** Tokens as the parser takes them: one looked at ahead, aliases replaced, here-documents read at the end of their line. */
import { isReserved } from '../dialect';
import { type Open, type Problem, SyntaxFault, type TokenType, type Word } from '../syntax';
import { Lexer, type Token } from './lexer';
import type { ParserOptions, ReadCommands } from './source';
import { Words } from './words';

const closers = new Set(['}', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'then', ')', ';;', ';&', ';;&']);
export const redirections = new Set(['<', '>', '>>', '>|', '<>', '<&', '>&', '<<', '<<-', '<<<', '&>', '&>>']);

type HereDocument = { readonly delimiter: string; readonly strip: boolean; readonly quoted: boolean; target: Word };

export class Tokens {
  protected readonly lexer: Lexer;
  protected ahead: Token | undefined;
  /** End of the last token taken. */
  protected last = 0;
  /** Announced on this line; their text begins with the next one. */
  protected here: HereDocument[] = [];
  private readonly open: Open[] = [];
  private aliasing: { readonly name: string; end: number }[] = [];
  /** An alias that ends in a blank ends here: the word that follows is looked at too. */
  private aliasNext = -1;

  constructor(
    text: string,
    protected readonly options: ParserOptions,
    at: number,
    protected readonly commands: ReadCommands,
  ) {
    this.lexer = new Lexer(text, options, at, commands);
  }

  protected peek(): Token {
    if (!this.ahead) this.ahead = this.lexer.token();
    return this.ahead;
  }

  protected take(): Token {
    const token = this.peek();
    this.ahead = undefined;
    this.last = this.lexer.at;
    if (token.kind === 'newline' || (token.kind === 'end' && this.here.length > 0)) this.hereDocuments();
    this.aliasing = this.aliasing.filter((one) => one.end > this.last);
    return token;
  }

  /** The token that is looked at is none: the lexer has gone on by itself. */
  protected skipped(): void {
    this.ahead = undefined;
    this.last = this.lexer.at;
  }

  /** A text by a here-document's rules. */
  protected textOf(text: string, options: ParserOptions): Word {
    return new Words(text, options, 0, this.commands).hereWord();
  }

  private hereDocuments(): void {
    for (const one of this.here) {
      const body = this.lexer.hereLines(one.delimiter, one.strip);
      const firstLine = this.lexer.line;
      one.target = one.quoted
        ? { parts: [{ kind: 'text', text: body, quoted: true }] }
        : this.textOf(body, { ...this.options, firstLine, partial: false });
    }
    this.here = [];
    this.last = this.lexer.at;
  }

  protected isOperator(...texts: string[]): boolean {
    const token = this.peek();
    return token.kind === 'operator' && texts.includes(token.text);
  }

  /** An unquoted reserved word, where a command may begin. */
  protected reserved(): string | undefined {
    const token = this.peek();
    if (token.kind !== 'word') return undefined;
    // ash finds a command `[[`, and yet reads its words as bash does.
    const condition = token.text === '[[' && this.options.dialect !== 'dash';
    return condition || isReserved(token.text, this.options.dialect) ? token.text : undefined;
  }

  protected isCloser(): boolean {
    const token = this.peek();
    if (token.kind === 'operator') return closers.has(token.text);
    return token.kind === 'word' && closers.has(token.text);
  }

  protected expect(text: string): void {
    const token = this.peek();
    if (token.text !== text || (token.kind !== 'operator' && token.kind !== 'word')) throw this.unexpected(text);
    this.take();
  }

  protected skipNewlines(): void {
    while (this.peek().kind === 'newline') this.take();
  }

  protected textFrom(start: number): string {
    return this.lexer.text.slice(start, this.last).trim();
  }

  /** Reads a compound command; until its end it is known to be open. */
  protected compound<T>(start: number, read: () => T): T {
    const word = this.lexer.text.slice(start).match(/^(\w+|.)/)?.[0] ?? '';
    this.open.push({ word, line: this.lexer.line });
    const command = read();
    this.open.pop();
    return command;
  }

  protected unexpected(expecting?: string): SyntaxFault {
    const token = this.peek();
    const found = token.kind === 'end' ? undefined : token.text;
    const open = this.open.at(-1);
    return this.fault({ kind: 'unexpected', found, type: this.typeOf(token), expecting, open }, token.kind === 'end');
  }

  protected fault(problem: Problem, unfinished = false): SyntaxFault {
    const { text } = this.lexer;
    const start = this.peek().start;
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const end = text.indexOf('\n', start);
    // A newline that is in the way is not yet the next line.
    const line = this.lexer.line - (this.peek().kind === 'newline' ? 1 : 0);
    return new SyntaxFault(problem, line, unfinished, text.slice(from, end < 0 ? undefined : end));
  }

  private typeOf(token: Token): TokenType {
    switch (token.kind) {
      case 'end':
      case 'newline':
        return token.kind;
      case 'number':
        return 'redirection';
      case 'operator':
        return redirections.has(token.text) ? 'redirection' : 'operator';
      case 'word':
        return isReserved(token.text, this.options.dialect) ? 'reserved' : 'word';
    }
  }

  /** After an alias that ended in a blank: the word behind it. */
  protected replaceNextAlias(): void {
    if (this.aliasNext < 0 || this.peek().start < this.aliasNext) return;
    this.aliasNext = -1;
    this.replaceAliases();
  }

  /** Replaces the word at a command's beginning while it is an alias that is not being replaced already. */
  protected replaceAliases(): void {
    const aliases = this.options.aliases?.();
    if (!aliases || aliases.size === 0) return;
    for (let rounds = 0; rounds < 100; rounds++) {
      const token = this.peek();
      if (token.kind !== 'word') return;
      const value = aliases.get(token.text);
      if (value === undefined || this.aliasing.some((one) => one.name === token.text)) return;
      const rest = this.lexer.text.slice(this.lexer.at);
      const grown = value.length - token.text.length;
      for (const one of this.aliasing) one.end += grown;
      this.lexer.text = this.lexer.text.slice(0, token.start) + value + rest;
      this.aliasing.push({ name: token.text, end: token.start + value.length });
      if (/[ \t]$/.test(value)) this.aliasNext = token.start + value.length;
      this.lexer.at = token.start;
      this.ahead = undefined;
    }
  }
}
