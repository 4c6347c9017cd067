/** A piece of news about one stream: what lies between two of its positions. */
export interface News<Event> {
  readonly from: number;
  readonly upTo: number;
  readonly events: readonly Event[];
}

interface Channel<Event> {
  pending?: { from: number; upTo: number; events: Event[] };
  /** When it last sent, milliseconds of a monotonic clock. */
  sentAt: number;
  /** Since when it has been keeping news without events. */
  quietSince?: number;
}

const frameMs = 16;

export interface AnnouncerOptions<Event> {
  /** Milliseconds of a monotonic clock. */
  readonly now?: () => number;
  /** How long news that need not be heard at once wait for company, milliseconds. */
  readonly quietMs?: number;
  /** Events of which that is true; news without any event (their readers may not see them) are such anyway. */
  readonly waits?: (event: Event) => boolean;
}

/**
 * News in frames: the first goes out at once, what follows within 16 ms goes together. News that only move the position, and
 * others that can wait, do so for company. Positions of one key never have a gap.
 */
export class Announcer<Event> {
  readonly #channels = new Map<string, Channel<Event>>();
  readonly #due = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  readonly #now: () => number;
  readonly #quietMs: number;
  readonly #waits: (event: Event) => boolean;

  constructor(
    private readonly send: (key: string, news: News<Event>) => void,
    { now = () => performance.now(), quietMs = 1000, waits = () => false }: AnnouncerOptions<Event> = {},
  ) {
    this.#now = now;
    this.#quietMs = quietMs;
    this.#waits = waits;
  }

  push(key: string, { from, upTo, events }: News<Event>): void {
    const channel = this.#channel(key);
    // Another node wrote in between, and has told it: the gap stays visible, so that readers ask.
    if (channel.pending && channel.pending.upTo !== from) this.flush(key);
    if (channel.pending) {
      channel.pending.upTo = upTo;
      for (const event of events) channel.pending.events.push(event);
    } else channel.pending = { from, upTo, events: [...events] };
    if (channel.pending.events.every(this.#waits)) channel.quietSince ??= this.#now();
    if (this.#ready(channel)) this.flush(key);
    else this.#later(key);
  }

  /** Sends what this key keeps back: whoever joins now must not hear of what it has been given already. */
  flush(key: string): void {
    const channel = this.#channels.get(key);
    this.#due.delete(key);
    if (!channel?.pending) return;
    const news = channel.pending;
    channel.pending = undefined;
    channel.quietSince = undefined;
    channel.sentAt = this.#now();
    this.send(key, news);
  }

  /** Whether something of this key has not been sent yet. */
  keepsBack(key: string): boolean {
    return this.#channels.get(key)?.pending !== undefined;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #channel(key: string): Channel<Event> {
    let channel = this.#channels.get(key);
    if (!channel) this.#channels.set(key, (channel = { sentAt: -Infinity }));
    return channel;
  }

  #ready({ pending, sentAt, quietSince }: Channel<Event>): boolean {
    const now = this.#now();
    return pending!.events.every(this.#waits) ? now - quietSince! >= this.#quietMs : now - sentAt >= frameMs;
  }

  #later(key: string): void {
    this.#due.add(key);
    this.#timer ??= setTimeout(() => this.#frame(), frameMs);
  }

  #frame(): void {
    this.#timer = undefined;
    for (const key of [...this.#due]) {
      const channel = this.#channels.get(key);
      if (!channel?.pending) this.#due.delete(key);
      else if (this.#ready(channel)) this.flush(key);
    }
    if (this.#due.size) this.#timer = setTimeout(() => this.#frame(), frameMs);
  }
}
