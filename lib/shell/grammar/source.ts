/** A text that is being read, and how far. */
import type { Dialect } from '../dialect';
import { type Command, SyntaxFault } from '../syntax';

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

/** Reads the commands that stand inside of a word. */
export interface Inner {
  readonly position: number;
  all(): Command;
  untilParenthesis(): Command;
}

/** Words hold commands and commands hold words: whoever reads words is told who reads commands. */
export type ReadCommands = (text: string, options: ParserOptions, at?: number) => Inner;

export class Source {
  at: number;
  depth: number;
  private countedTo = 0;
  private lines = 0;

  constructor(
    public text: string,
    readonly options: ParserOptions,
    at: number,
    protected readonly commands: ReadCommands,
  ) {
    this.at = at;
    this.depth = options.depth ?? 0;
  }

  /** Line number of the present position. */
  get line(): number {
    if (this.at < this.countedTo) this.countedTo = this.lines = 0;
    for (; this.countedTo < this.at; this.countedTo++) if (this.text[this.countedTo] === '\n') this.lines++;
    return (this.options.firstLine ?? 1) + this.lines;
  }

  /** bash names the line where it began, ash the one where the text ends. */
  unterminated(what: string, start: number): SyntaxFault {
    this.at = this.options.dialect === 'gnu' ? start : this.text.length;
    return new SyntaxFault({ kind: 'unterminated', what }, this.line, true);
  }

  protected endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }

  protected arithmeticEnd(from: number): number | undefined {
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

  /** Of `(( … ))`, after its opening: what is inside. Undefined (nothing taken) when it is not one. */
  arithmeticText(): string | undefined {
    const end = this.arithmeticEnd(this.at);
    if (end === undefined) return undefined;
    const text = this.text.slice(this.at, end);
    this.at = end + 2;
    return text;
  }
}
