import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps a few bytes in a folder now and then, and notes how long that takes: what this disk asks of whoever stores first. */
export class Disk {
  readonly times: number[] = [];
  readonly #file: number;
  readonly #timer: NodeJS.Timeout;
  #at = 0;

  constructor(folder: string) {
    this.#file = openSync(join(folder, 'beside'), 'w');
    this.#timer = setInterval(() => this.#keep(), 200);
  }

  close(): void {
    clearInterval(this.#timer);
    closeSync(this.#file);
  }

  #keep(): void {
    const begun = performance.now();
    writeSync(this.#file, Buffer.alloc(4096, 1), 0, 4096, (this.#at++ % 256) * 4096);
    fdatasync(this.#file, () => this.times.push(performance.now() - begun));
  }
}
