/** Words: their literal text, and what is to be put in their place. */
import { type Command, type Part, SyntaxFault, type Word } from '../syntax';
import { unescapeC } from './escapes';
import { Parameters } from './parameters';

/** What ends a word that no quotes protect. */
export const meta = new Set('|&;<>() \t\n');
const deepest = 120;

/** How words inside of something are read: until one of `stops`, by which quoting rules. */
interface Mode {
  readonly stops: string;
  readonly quoted: boolean;
  /** A double quote is an ordinary character (here-documents, arithmetic). */
  readonly plainQuotes?: boolean;
}

export class Words extends Parameters {
  /** All of the text, by a here-document's rules. */
  hereWord(): Word {
    return { parts: this.parts({ stops: '', quoted: true, plainQuotes: true }) };
  }

  /** `$(( … ))` after its opening, up to and with the closing. Undefined (nothing taken) when it is not one. */
  arithmetic(): Word | undefined {
    const end = this.arithmeticEnd(this.at);
    if (end === undefined) return undefined;
    const inner = new Words(this.text.slice(0, end), { ...this.options, depth: this.depth }, this.at, this.commands);
    const parts = inner.parts({ stops: '', quoted: true, plainQuotes: true });
    this.at = end + 2;
    return { parts };
  }

  protected word(stops: string, quoted: boolean): Word {
    return { parts: this.parts({ stops, quoted }) };
  }

  protected parts(mode: Mode): Part[] {
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
        const piece = this.escape(mode);
        if (piece.text) add(piece.text, piece.quoted);
      } else if (char === "'" && !mode.quoted) {
        flush();
        parts.push({ kind: 'text', text: this.single(), quoted: true });
      } else if (char === '"' && !mode.plainQuotes) {
        flush();
        this.at++;
        parts.push(...this.doubled());
      } else if (char === '$' || char === '`') {
        const part = char === '`' ? this.backquoted(mode.quoted) : this.dollar(mode.quoted);
        if (part) {
          flush();
          parts.push(part);
        } else add('$', mode.quoted);
      } else {
        const end = this.plainEnd(mode);
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
  private plainEnd(mode: Mode): number {
    let end = this.at + 1;
    for (; end < this.text.length; end++) {
      const char = this.text[end]!;
      if (char === '\\' || char === '$' || char === '`' || char === '"' || char === "'") break;
      if (mode.stops.includes(char) || (!mode.quoted && mode.stops === '' && meta.has(char))) break;
    }
    return end;
  }

  private escape(mode: Mode): { readonly text: string; readonly quoted: boolean } {
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

  private single(): string {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) throw this.unterminated("'", this.at);
    const text = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return text;
  }

  private doubled(): Part[] {
    const start = this.at - 1;
    const parts = this.parts({ stops: '"', quoted: true });
    if (this.text[this.at] !== '"') throw this.unterminated('"', start);
    this.at++;
    return parts.length > 0 ? parts : [{ kind: 'text', text: '', quoted: true }];
  }

  private backquoted(quoted: boolean): Part {
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
    const inner = this.commands(source, { ...this.options, firstLine, partial: false, depth: this.depth });
    return { kind: 'command', body: inner.all(), quoted };
  }

  /** What `$` begins; undefined when it is just a dollar sign. */
  private dollar(quoted: boolean): Part | undefined {
    const next = this.text[this.at + 1];
    this.at++;
    if (next === '(') return this.parenthesised(quoted);
    if (next === '{') return this.braced(quoted);
    if (next === "'" && !quoted && this.options.dialect !== 'dash')
      return { kind: 'text', text: this.ansi(), quoted: true };
    const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(this.text.slice(this.at, this.at + 200))?.[0];
    if (!name) return undefined;
    this.at += name.length;
    return { kind: 'parameter', name, quoted };
  }

  private parenthesised(quoted: boolean): Part {
    if (this.text[this.at + 1] === '(') {
      this.at += 2;
      const expression = this.arithmetic();
      if (expression) return { kind: 'arithmetic', expression, quoted };
      this.at -= 2;
    }
    return { kind: 'command', body: this.insideParentheses(this.at + 1), quoted };
  }

  /** The commands from there up to and with the closing parenthesis. */
  protected insideParentheses(at: number): Command {
    const inner = this.commands(this.text, { ...this.options, aliases: undefined, depth: this.depth }, at);
    try {
      const body = inner.untilParenthesis();
      this.at = inner.position;
      return body;
    } catch (error) {
      const ended = error instanceof SyntaxFault && error.unfinished && error.problem.kind === 'unexpected';
      if (ended && this.options.dialect === 'gnu') throw this.unterminated('$(', this.text.length);
      throw error;
    }
  }

  /** `$'…'`: escapes as in C. */
  private ansi(): string {
    const start = ++this.at;
    for (; this.text[this.at] !== "'"; this.at++) {
      if (this.at >= this.text.length) throw this.unterminated("'", start);
      if (this.text[this.at] === '\\') this.at++;
    }
    return unescapeC(this.text.slice(start, this.at++));
  }
}
