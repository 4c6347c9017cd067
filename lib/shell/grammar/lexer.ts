/** Characters → tokens. The parser says when; nothing is read ahead of the token that is looked at. */
import type { Part, Word } from '../syntax';
import { meta, Words } from './words';

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

export class Lexer extends Words {
  token(): Token {
    this.skipBlanks();
    const start = this.at;
    const char = this.text[start];
    if (char === undefined) return { kind: 'end', text: '', start };
    if (char === '\n') {
      this.at++;
      return { kind: 'newline', text: '\n', start };
    }
    const process = this.processSubstitution(start);
    if (process) return process;
    const operator = this.operator();
    if (operator) {
      this.at += operator.length;
      return { kind: 'operator', text: operator, start };
    }
    const digits = /^\d+(?=[<>])/.exec(this.text.slice(start, start + 4));
    if (digits) {
      this.at += digits[0].length;
      return { kind: 'number', text: digits[0], start };
    }
    const word = { parts: this.parts({ stops: '', quoted: false }) };
    return { kind: 'word', word, text: this.text.slice(start, this.at), start };
  }

  private processSubstitution(start: number): Token | undefined {
    if (this.options.dialect !== 'gnu' || !/^[<>]\($/.test(this.text.slice(start, start + 2))) return undefined;
    const body = this.insideParentheses(start + 2);
    const part: Part = { kind: 'process', body, reads: this.text[start] === '>', quoted: false };
    return { kind: 'word', word: { parts: [part] }, text: this.text.slice(start, this.at), start };
  }

  private operator(): string | undefined {
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
      else if (char === '#') this.at = this.endOfLine(this.at);
      else return;
    }
  }

  /** A here-document's lines, up to and without the delimiter. */
  hereLines(delimiter: string, stripTabs: boolean): string {
    let body = '';
    for (;;) {
      if (this.at >= this.text.length) {
        if (this.options.partial) throw this.unterminated(delimiter, this.at);
        return body;
      }
      const end = this.endOfLine(this.at);
      let line = this.text.slice(this.at, end);
      this.at = Math.min(end + 1, this.text.length);
      if (stripTabs) line = line.replace(/^\t+/, '');
      if (line === delimiter) return body;
      body += end < this.text.length ? `${line}\n` : line;
    }
  }

  /** After `=~`: parentheses and bars belong to the expression. */
  regularExpression(): Word {
    this.skipBlanks();
    return this.word(' \t\n', false);
  }
}
