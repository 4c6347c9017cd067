/** Gathers what a word expands to: fields by IFS, each with the pattern that pathname expansion will use. */
import { literally } from '../pattern';

export interface Field {
  readonly text: string;
  /** The same with what was quoted made literal. */
  readonly pattern: string;
}

export class Fields {
  readonly all: Field[] = [];
  #text = '';
  #pattern = '';
  #begun = false;
  /** White space ended the last field: a separator that follows belongs to it. */
  #afterBlank = false;

  constructor(readonly separators: string) {}

  /** Text that is not split. Quoted text makes a field even when empty. */
  add(text: string, quoted: boolean): void {
    if (text === '' && !quoted) return;
    this.#text += text;
    this.#pattern += quoted ? literally(text) : text;
    this.#begun = true;
    this.#afterBlank = false;
  }

  /** The result of an unquoted expansion. */
  split(text: string): void {
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const char = text[at]!;
      if (!this.separators.includes(char)) continue;
      this.add(text.slice(from, at), false);
      this.#separator(char === ' ' || char === '\t' || char === '\n');
      from = at + 1;
    }
    this.add(text.slice(from), false);
  }

  #separator(blank: boolean): void {
    if (this.#begun) {
      this.end();
      this.#afterBlank = blank;
    } else if (!blank) {
      if (!this.#afterBlank) this.all.push({ text: '', pattern: '' });
      this.#afterBlank = false;
    }
  }

  /** Ends the field that has begun, if one has. */
  end(): void {
    if (!this.#begun) return;
    this.all.push({ text: this.#text, pattern: this.#pattern });
    this.#text = this.#pattern = '';
    this.#begun = false;
    this.#afterBlank = false;
  }
}
