/** Records of a stream, as RS says: by a character, by empty lines, by a regular expression. */
import { FsError } from '../../fs';
import type { Regex } from '../../pattern';
import { latin1 } from '../text';
import { awaited, type Steps } from './steps';

export type RecordEnd =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'regex'; readonly regex: Regex };

const most = 64 * 1024 * 1024;

export class Records {
  #text = '';
  #at = 0;
  #ended = false;

  constructor(
    /** An empty answer is the end. */
    readonly read: () => Promise<Uint8Array>,
    readonly close: () => void,
  ) {}

  *next(end: RecordEnd): Steps<string | undefined> {
    for (;;) {
      const record = this.#cut(end);
      if (record !== undefined) return record;
      if (this.#ended) return this.#rest(end);
      yield* this.#fill();
    }
  }

  *#fill(): Steps<void> {
    const bytes = yield* awaited(this.read());
    if (bytes.length === 0) this.#ended = true;
    this.#text = this.#text.slice(this.#at) + latin1(bytes);
    this.#at = 0;
    if (this.#text.length > most) throw new FsError('ENOMEM');
  }

  #cut(end: RecordEnd): string | undefined {
    if (end.kind === 'paragraph') return this.#paragraph();
    if (end.kind === 'character') {
      const at = this.#text.indexOf(end.character, this.#at);
      return at < 0 ? undefined : this.#until(at, at + 1);
    }
    const found = end.regex.exec(this.#text, { from: this.#at });
    // More of the stream might make the match longer.
    if (!found || found.end === found.index || (found.end === this.#text.length && !this.#ended)) return undefined;
    return this.#until(found.index, found.end);
  }

  #paragraph(): string | undefined {
    while (this.#text[this.#at] === '\n') this.#at++;
    const at = this.#text.indexOf('\n\n', this.#at);
    return at < 0 ? undefined : this.#until(at, at + 2);
  }

  #until(end: number, next: number): string {
    const record = this.#text.slice(this.#at, end);
    this.#at = next;
    return record;
  }

  #rest(end: RecordEnd): string | undefined {
    const rest = this.#until(this.#text.length, this.#text.length);
    const text = end.kind === 'paragraph' ? rest.replace(/\n+$/, '') : rest;
    return rest === '' ? undefined : text;
  }
}
