import type { MachineEvent } from '../../lib/machine';

/** Bytes of events that a thread hands over without a pause, and bytes a second after that. */
const burst = 4 * 2 ** 20;
const perSecond = 4 * 2 ** 20;
/** A turn with fewer bytes than this is somebody's line, and no stream. */
const light = 16 * 2 ** 10;
/** A machine that has told so much is told to write at a crawl: its stream lies on the server's disk for good. */
const plenty = 256 * 2 ** 20;
const crawl = 16;

/**
 * How much the machines of a thread tell the server. What they write goes through the server's own loop into the store and to
 * everybody who watches: together they may not tell more than it can pass on, and those that tell much wait for each other.
 */
export class Outflow {
  #free = burst;
  #counted: number;

  constructor(private readonly now: () => number) {
    this.#counted = now();
  }

  /** For one machine. */
  machine(): MachineOutflow {
    return new MachineOutflow((bytes) => this.#take(bytes), this.now);
  }

  /** The answer is how many milliseconds whoever told it waits. */
  #take(bytes: number): number {
    const now = this.now();
    this.#free = Math.min(burst, this.#free + ((now - this.#counted) / 1000) * perSecond) - bytes;
    this.#counted = now;
    return this.#free < 0 ? (-this.#free / perSecond) * 1000 : 0;
  }
}

class MachineOutflow {
  #total = 0;
  /** When it may go on telling. */
  #until = 0;

  constructor(
    private readonly take: (bytes: number) => number,
    private readonly now: () => number,
  ) {}

  /** What it told just now. */
  tell(events: readonly MachineEvent[]): void {
    const bytes = events.reduce((sum, event) => sum + bytesOf(event), 0);
    if (bytes < light) return;
    this.#total += bytes;
    const paid = this.take(bytes);
    const own = this.#total > plenty ? (bytes / (perSecond / crawl)) * 1000 : 0;
    this.#until = this.now() + Math.max(paid, own);
  }

  /** Milliseconds that it has to wait. */
  get waits(): number {
    return Math.max(0, this.#until - this.now());
  }
}

/** About as many as travel, of those events that can be large. */
function bytesOf(event: MachineEvent): number {
  if ('patch' in event) return event.patch.data.reduce((sum, [, , , text]) => sum + text.length, 0);
  if (event.type === 'terminal:wrote') return event.text.length;
  return 0;
}
