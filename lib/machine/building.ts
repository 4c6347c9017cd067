import type { Clock } from '../clock';
import type { BuildingEvent } from './events';
import { screenLimit } from './evolve';

/** Milliseconds between two pieces of what a builder says. */
const frame = 50;

/** A build as it is told to a screen: a piece at a time, and no more of it than a terminal keeps. */
export class BuildTelling {
  #waiting = '';
  #told = 0;
  #due = false;

  constructor(
    private readonly clock: Pick<Clock, 'sleep'>,
    private readonly emit: (event: BuildingEvent) => void,
    reference: string,
  ) {
    emit({ type: 'build:began', reference });
  }

  write(text: string): void {
    this.#waiting += text.slice(0, Math.max(0, screenLimit - this.#told));
    this.#told += text.length;
    if (this.#due || this.#waiting === '') return;
    this.#due = true;
    void this.clock.sleep(frame).then(() => {
      this.#due = false;
      this.#tell();
    });
  }

  end(): void {
    this.#tell();
    this.emit({ type: 'build:ended' });
  }

  #tell(): void {
    const text = this.#waiting;
    this.#waiting = '';
    if (text) this.emit({ type: 'build:wrote', text });
  }
}
