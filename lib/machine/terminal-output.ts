import type { Clock } from '../clock';

/**
 * What programs write to a terminal, on its way to the stream: decoded, gathered until the turn ends, and held back when a
 * program writes more than anybody could read (`yes`, `cat /dev/urandom`), as a slow line would.
 */
export class TerminalOutput {
  readonly #decoder = new TextDecoder();
  #text = '';
  #allowance = burst;
  #counted: bigint;
  #waiting: (() => void)[] = [];

  constructor(
    readonly clock: Clock,
    readonly changed: () => void,
  ) {
    this.#counted = clock.now();
  }

  /** Takes bytes; the answer, if any, resolves when the writer may go on. */
  write(bytes: Uint8Array): Promise<void> | undefined {
    this.#text += this.#decoder.decode(bytes, { stream: true });
    this.changed();
    this.#refill();
    this.#allowance -= bytes.length;
    if (this.#text.length > mostPending) return new Promise((resolve) => this.#waiting.push(resolve));
    return this.#allowance < 0 ? this.clock.sleep((-this.#allowance / rate) * 1000) : undefined;
  }

  /** The text since the last time; empty when there was none. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    for (const wake of this.#waiting.splice(0)) wake();
    return text;
  }

  #refill(): void {
    const now = this.clock.now();
    this.#allowance = Math.min(burst, this.#allowance + (Number(now - this.#counted) / 1e9) * rate);
    this.#counted = now;
  }
}

/** Bytes that may be written at once, and bytes a second after that. */
const burst = 512 * 1024;
const rate = 64 * 1024;
/** Characters that wait for the end of the turn. */
const mostPending = 64 * 1024;
