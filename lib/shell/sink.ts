/** What takes the pieces that a word expands to. */
import { literally } from '../pattern';

/** Takes what parts expand to. `Fields` is another. */
export interface Sink {
  add(text: string, quoted: boolean): void;
  split(text: string): void;
  /** Between two elements of `$@`. */
  end(): void;
}

/** One text, unsplit: an assignment's value, a here-document, a pattern. */
export class Whole implements Sink {
  text = '';
  pattern = '';
  /** As a regular expression. */
  regex = '';

  add(text: string, quoted: boolean): void {
    this.text += text;
    this.pattern += quoted ? literally(text) : text;
    this.regex += quoted ? text.replace(/[\\^$.*+?()[{|]/g, '\\$&') : text;
  }

  split(text: string): void {
    this.add(text, false);
  }

  end(): void {
    this.add(' ', false);
  }
}

/** How the parts of a word are taken. */
export interface Manner {
  /** Literal text is split too: the word of `${x:-a b}`. */
  readonly splitText?: boolean;
  /** Tilde after `:` as well. */
  readonly assignment?: boolean;
}

/** The result of an expansion. */
export function emit(sink: Sink, text: string, quoted: boolean): void {
  if (quoted) sink.add(text, true);
  else sink.split(text);
}
