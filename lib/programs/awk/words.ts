/** Reads an awk program's tokens one by one, for the readers of expressions and of statements. */
import { AwkFault } from './fault';
import { Lexer, type Token } from './tokens';
import type { Variable } from './tree';
import type { Globals } from './variables';

export class Words {
  readonly #lexer: Lexer;
  /** The parameters of the function that is being read. */
  parameters: readonly string[] | undefined;
  /** The functions that are called, and where. */
  readonly called = new Map<string, number>();
  token: Token;

  constructor(
    source: string,
    readonly globals: Globals,
    readonly gnu: boolean,
    /** Throws when the regular expression is none. */
    readonly check: (pattern: string) => void,
  ) {
    this.#lexer = new Lexer(source, gnu);
    this.token = this.#lexer.next();
  }

  /** The current token; the next one becomes current. */
  advance(): Token {
    const token = this.token;
    this.token = this.#lexer.next();
    return token;
  }

  rewind(to: Token): void {
    this.#lexer.rewind(to);
    this.token = this.#lexer.next();
  }

  /** The regular expression that the current token, a slash, begins. */
  regex(): string {
    const pattern = this.#lexer.regex(this.token);
    this.check(pattern);
    this.token = this.#lexer.next();
    return pattern;
  }

  is(...texts: string[]): boolean {
    const { kind, text } = this.token;
    return (kind === 'sign' || kind === 'word') && texts.includes(text);
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.advance();
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.unexpected(text);
  }

  /** What is there is not what had to be. */
  unexpected(wanted = ''): never {
    const { kind, text, line } = this.token;
    const open = kind === 'end' && (wanted === '' || wanted === '}');
    if (open) throw new AwkFault('brace', this.gnu ? line + 1 : line);
    const near = kind === 'end' || kind === 'newline' ? 'end of line' : kind === 'string' ? `"${text}"` : text;
    if (wanted === ')') throw new AwkFault('parenthesis', line, near);
    if (text === ')' || text === '}') throw new AwkFault('extra', line, near);
    throw new AwkFault('token', line, near === '**' ? '*' : near);
  }

  newlines(): void {
    while (this.token.kind === 'newline') this.advance();
  }

  name(): string {
    if (this.token.kind !== 'name' && this.token.kind !== 'call') this.unexpected('name');
    return this.advance().text;
  }

  variable(name: string): Variable {
    const index = this.parameters?.indexOf(name) ?? -1;
    return index >= 0 ? { kind: 'local', name, index } : { kind: 'global', name, slot: this.globals.of(name) };
  }
}
