/** `${…}`: the name, its index, and what is to be done with its value. */
import type { Operation, Parameter, Part, Word } from '../syntax';
import { Source } from './source';

export abstract class Parameters extends Source {
  /** A word up to one of these characters, which stays. */
  protected abstract word(stops: string, quoted: boolean): Word;

  protected braced(quoted: boolean): Part {
    const start = this.at - 1;
    this.at++;
    const length = this.text[this.at] === '#' && !/^#[}:\-=+?%#/]/.test(this.text.slice(this.at, this.at + 2));
    const indirect = this.options.dialect === 'gnu' && /^![A-Za-z_]/.test(this.text.slice(this.at, this.at + 2));
    if (length || indirect) this.at++;
    const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/.exec(this.text.slice(this.at, this.at + 200))?.[0];
    if (!name) return this.bad(start, quoted);
    this.at += name.length;
    const index = this.index();
    if (this.text[this.at] === '}' && (length || indirect)) {
      this.at++;
      return { kind: 'parameter', name, quoted, index, operation: { kind: length ? 'length' : 'indirect' } };
    }
    const operation = this.text[this.at] === '}' ? undefined : this.operation(quoted);
    if (this.text[this.at] === undefined) throw this.unterminated(quoted ? '"' : '${', start);
    if (this.text[this.at] !== '}' || operation?.kind === 'bad' || length) return this.bad(start, quoted);
    this.at++;
    return { kind: 'parameter', name, quoted, index, operation };
  }

  /** `[…]` after a name in braces. */
  private index(): Parameter['index'] {
    if (this.options.dialect !== 'gnu' || this.text[this.at] !== '[') return undefined;
    this.at++;
    const word = this.word(']', false);
    this.at++;
    const [only] = word.parts;
    const all = word.parts.length === 1 && only?.kind === 'text' && !only.quoted ? only.text : '';
    return all === '@' || all === '*' ? all : word;
  }

  private bad(start: number, quoted: boolean): Part {
    this.word('}', quoted);
    if (this.text[this.at] === undefined) throw this.unterminated(quoted ? '"' : '${', start);
    this.at++;
    const text = this.text.slice(start, this.at);
    return { kind: 'parameter', name: '', quoted, operation: { kind: 'bad', text } };
  }

  private operation(quoted: boolean): Operation {
    const colon = this.text[this.at] === ':';
    const symbol = this.text[this.at + (colon ? 1 : 0)] ?? '';
    if ('-=?+'.includes(symbol) && symbol) {
      this.at += colon ? 2 : 1;
      return { kind: symbol as '-', colon, word: this.word('}', quoted) };
    }
    if (this.options.dialect === 'dash' && (colon || symbol === '/')) return { kind: 'bad', text: symbol };
    if (colon) return this.substring();
    this.at++;
    const twice = this.text[this.at] === symbol;
    switch (symbol) {
      case '#':
      case '%':
        if (twice) this.at++;
        return { kind: (twice ? symbol + symbol : symbol) as '#', word: this.word('}', false) };
      case '/':
        return this.replacement(quoted);
      case '^':
      case ',':
        if (this.options.dialect !== 'gnu') return { kind: 'bad', text: symbol };
        if (twice) this.at++;
        return { kind: (twice ? symbol + symbol : symbol) as '^' };
      default:
        return { kind: 'bad', text: symbol };
    }
  }

  private substring(): Operation {
    this.at++;
    const offset = this.word(':}', true);
    if (this.text[this.at] !== ':') return { kind: 'substring', offset };
    this.at++;
    return { kind: 'substring', offset, length: this.word('}', true) };
  }

  private replacement(quoted: boolean): Operation {
    const next = this.text[this.at] ?? '';
    const anchors = this.options.dialect === 'gnu' ? '/#%' : '/';
    const anchor = (next !== '' && anchors.includes(next) ? next : '') as '' | '/' | '#' | '%';
    if (anchor) this.at++;
    const pattern = this.word('/}', false);
    const has = this.text[this.at] === '/';
    if (has) this.at++;
    return { kind: '/', anchor, pattern, replacement: has ? this.word('}', quoted) : { parts: [] } };
  }
}
