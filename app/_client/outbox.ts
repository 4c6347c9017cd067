import type { Answer } from '../../lib/protocol';
import { Store } from './store';

export interface Typed {
  readonly terminal: string;
  readonly seq: number;
  readonly data: string;
}

/** Where what is not acknowledged survives a reload of the page. */
export interface Keep {
  load(): { readonly client: string; readonly typed: readonly Typed[] } | undefined;
  save(kept: { readonly client: string; readonly typed: readonly Typed[] }): void;
}

export type Send = (client: string, typed: Typed) => Promise<Answer<'terminal:type'>>;

const most = 60_000;

/**
 * What was typed, in order: numbered, sent one after another, sent again until it is acknowledged. The server takes each
 * number of a client once, so sending again is harmless and nothing is typed twice.
 */
export class Outbox {
  /** How many pieces are not acknowledged. */
  readonly waiting = new Store(0);
  #queue: { client: string; typed: Typed }[] = [];
  #seq = 0;
  #sending = false;
  /** The first of the queue is under way: it can no longer be added to. */
  #sent = false;

  constructor(
    readonly client: string,
    readonly send: Send,
    readonly keep?: Keep,
    readonly pause: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    readonly onRefused: (message: string) => void = () => {},
  ) {
    const kept = keep?.load();
    for (const typed of kept?.typed ?? []) this.#queue.push({ client: kept!.client, typed });
    this.#changed();
  }

  /** Adds to the last piece while that one waits, so that a slow line sends few large pieces and not many keystrokes. */
  type(terminal: string, data: string): void {
    const last = this.#queue.at(-1);
    const open =
      last &&
      last.client === this.client &&
      last.typed.terminal === terminal &&
      !(this.#sent && this.#queue.length === 1);
    if (open && last.typed.data.length + data.length < most)
      last.typed = { ...last.typed, data: last.typed.data + data };
    else
      for (const piece of pieces(data))
        this.#queue.push({ client: this.client, typed: { terminal, seq: ++this.#seq, data: piece } });
    this.#changed();
    void this.flush();
  }

  /** Sends until nothing waits. Harmless when it is under way. */
  async flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let first = this.#queue[0]; first; first = this.#queue[0]) {
        this.#sent = true;
        const answer = await this.send(first.client, first.typed);
        if (!answer.ok && answer.code === 'unavailable') {
          await this.pause(400);
          continue;
        }
        if (!answer.ok) this.onRefused(answer.message);
        this.#queue.shift();
        this.#sent = false;
        this.#changed();
      }
    } finally {
      this.#sending = false;
    }
  }

  #changed(): void {
    this.waiting.set(this.#queue.length);
    const client = this.#queue[0]?.client ?? this.client;
    this.keep?.save({ client, typed: this.#queue.filter((one) => one.client === client).map((one) => one.typed) });
  }
}

function pieces(data: string): string[] {
  return Array.from({ length: Math.ceil(data.length / most) }, (_, i) => data.slice(i * most, (i + 1) * most));
}
