import { RegexFault } from './fault';

/** What a match may cost: enough for any honest one, and an end of a tenth of a second or so for the others. */
export class Effort {
  #left: number;

  constructor(text: string) {
    this.#left = 4_000_000 + 8 * text.length;
  }

  /** Throws a RegexFault (`memory`) when it has been too much: so says a C library that gives up. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new RegexFault('memory');
  }
}
