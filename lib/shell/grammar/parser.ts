/** Tokens → tree, by recursive descent: lines, lists and pipelines. Grammar: ../syntax.ts. */
import type { Command, Redirect, Sequence, Word } from '../syntax';
import { Compounds } from './compound';
import type { ParserOptions } from './source';
import { Words } from './words';

const deepest = 200;

const nothing: Command = { kind: 'sequence', commands: [] };

const readCommands = (text: string, options: ParserOptions, at?: number) => new Parser(text, options, at);

/** A text by a here-document's rules, as a prompt is read too. */
export function readText(text: string, options: ParserOptions): Word {
  return new Words(text, options, 0, readCommands).hereWord();
}

export class Parser extends Compounds {
  constructor(text: string, options: ParserOptions = {}, at = 0) {
    super(text, options, at, readCommands);
  }

  get position(): number {
    return this.last;
  }

  get line(): number {
    return this.lexer.line;
  }

  /** The next line's commands; `end` when there is no more text, undefined for an empty line. */
  next(): Command | undefined | 'end' {
    const token = this.peek();
    if (token.kind === 'end') return 'end';
    if (token.kind === 'newline') {
      this.take();
      return undefined;
    }
    const command = this.list(false);
    const after = this.peek();
    if (after.kind !== 'newline' && after.kind !== 'end') throw this.unexpected();
    this.take();
    return command;
  }

  /** What was read since, as it was written. */
  textSince(position: number): string {
    return this.lexer.text.slice(position, this.last);
  }

  /** Nothing but blanks and comments follows. */
  get isAtEnd(): boolean {
    return /^(?:\s|#.*|\\\n)*$/.test(this.lexer.text.slice(this.last));
  }

  all(): Command {
    const commands: Command[] = [];
    for (let command = this.next(); command !== 'end'; command = this.next()) if (command) commands.push(command);
    return commands.length === 1 ? commands[0]! : { kind: 'sequence', commands };
  }

  /** The inside of `$( … )`. */
  untilParenthesis(): Command {
    this.skipNewlines();
    const body: Command = this.isOperator(')') ? { kind: 'sequence', commands: [] } : this.body(')');
    this.expect(')');
    return body;
  }

  /** Commands up to a closer; over lines when `multiline`. At least one. */
  protected list(multiline: boolean): Command {
    if (++this.lexer.depth > deepest) throw this.fault({ kind: 'too deep' });
    const commands: Command[] = [];
    if (multiline) this.skipNewlines();
    do {
      const start = this.peek().start;
      let command = this.andOr();
      const text = this.textFrom(start);
      if (this.isOperator('&')) {
        this.take();
        command = { kind: 'background', command, text };
      } else if (this.isOperator(';')) this.take();
      else if (this.peek().kind !== 'newline' || !multiline) {
        commands.push(command);
        break;
      }
      commands.push(command);
      if (multiline) this.skipNewlines();
    } while (this.peek().kind !== 'end' && this.peek().kind !== 'newline' && !this.isCloser());
    this.lexer.depth--;
    return commands.length === 1 ? commands[0]! : ({ kind: 'sequence', commands } satisfies Sequence);
  }

  private andOr(): Command {
    let left = this.pipeline();
    while (this.isOperator('&&', '||')) {
      const kind = this.take().text === '&&' ? 'and' : 'or';
      this.skipNewlines();
      left = { kind, left, right: this.pipeline() };
    }
    return left;
  }

  private pipeline(): Command {
    let negated = false;
    const start = this.peek().start;
    const timed = this.timed();
    while (this.reserved() === '!' && !(negated && this.options.dialect !== 'gnu')) {
      this.take();
      negated = !negated;
    }
    const bare = this.options.dialect === 'gnu' && (negated || timed !== undefined) && this.endsCommand();
    const commands = [bare ? nothing : this.command()];
    while (this.isOperator('|', '|&')) {
      const both = this.take().text === '|&';
      if (both) commands.push(withErrors(commands.pop()!));
      this.skipNewlines();
      commands.push(this.command());
    }
    if (commands.length === 1 && !negated && !timed) return commands[0]!;
    return { kind: 'pipeline', commands, negated, timed, text: this.textFrom(start) };
  }

  private endsCommand(): boolean {
    const { kind } = this.peek();
    return kind === 'end' || kind === 'newline' || this.isOperator(';', '&', '|', '&&', '||', ')');
  }

  /** bash's reserved word `time`. */
  private timed(): 'bash' | 'p' | undefined {
    if (this.options.dialect !== 'gnu' || this.peek().text !== 'time' || this.peek().kind !== 'word') return undefined;
    this.take();
    if (this.peek().text !== '-p') return 'bash';
    this.take();
    return 'p';
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
