import type { Announced } from './bundled-server';
import type { Arrival } from './watchers';

/** Milliseconds of a clock that all processes of this computer share. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Lines that were typed, and what their listeners heard of them. */
export class Deliveries {
  /** From typing to each listener. */
  readonly lines: number[] = [];
  /** From announcing to each listener. */
  readonly carried: number[] = [];
  /** When each was typed, by the name of the file that it writes. */
  readonly #typed = new Map<string, number>();
  #missing = 0;

  constructor(readonly listeners: number) {}

  typed(tag: string): void {
    this.#typed.set(tag, now());
    this.#missing += this.listeners;
  }

  /** What arrived since the last time, and when each announcement began. */
  heard(arrivals: readonly Arrival[], announced: readonly Announced[]): void {
    // The last of several: the page of whoever typed hears it before the board does.
    const began = new Map(announced);
    this.#missing -= arrivals.length;
    for (const [tag, announcement, at] of arrivals) {
      this.lines.push(at - this.#typed.get(tag)!);
      this.carried.push(at - began.get(announcement)!);
    }
  }

  forget(): void {
    this.lines.length = 0;
    this.carried.length = 0;
  }

  get lost(): number {
    return this.#missing;
  }
}
