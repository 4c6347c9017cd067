import { concat, decode } from './text';

const lineLimit = 8 * 1024 * 1024;

/** Lines of a stream, as they come: `next` answers as soon as a whole line is there, without its newline. */
export class LineReader {
  #lines: string[] = [];
  #at = 0;
  #rest: Uint8Array[] = [];
  #restSize = 0;
  #ended = false;
  /** The last line that `next` gave ended without a newline. */
  unterminated = false;

  constructor(
    readonly read: (max?: number) => Promise<Uint8Array>,
    readonly separator = 10,
  ) {}

  async next(): Promise<string | undefined> {
    while (this.#at >= this.#lines.length) {
      if (this.#ended) return undefined;
      await this.#fill();
    }
    const line = this.#lines[this.#at++];
    if (this.#ended && this.#at === this.#lines.length) this.unterminated = this.#restSize > 0;
    return line;
  }

  /** True when `next` can answer without waiting. */
  get ready(): boolean {
    return this.#at < this.#lines.length;
  }

  async #fill(): Promise<void> {
    const chunk = await this.read();
    if (chunk.length === 0) {
      this.#ended = true;
      this.#lines = this.#restSize > 0 ? [decode(concat(this.#rest))] : [];
      this.#at = 0;
      return;
    }
    const end = chunk.lastIndexOf(this.separator);
    if (end < 0 && this.#restSize < lineLimit) {
      this.#hold(chunk);
      return;
    }
    const cut = end < 0 ? chunk.length : end;
    const whole = concat([...this.#rest, chunk.subarray(0, cut)]);
    this.#lines = decode(whole).split(String.fromCharCode(this.separator));
    this.#at = 0;
    this.#rest = [];
    this.#restSize = 0;
    if (end >= 0) this.#hold(chunk.subarray(end + 1));
  }

  #hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#rest.push(bytes);
    this.#restSize += bytes.length;
  }
}
