import type { Clock } from '../clock';

/** One row of `docker events`, in the Engine API's form (without the fields that older clients read). */
export interface Message {
  readonly Type: 'container' | 'image' | 'volume' | 'network' | 'builder' | 'daemon';
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly scope: 'local';
  /** Nanoseconds since the epoch. */
  readonly at: bigint;
}

/**
 * What the daemon announces, as `docker events` shows it. Like dockerd's own it lives in memory: the last 256 messages, gone
 * with the daemon. State never depends on it.
 */
export class Announcements {
  #recent: Message[] = [];
  #listeners: Set<(message: Message) => void> | undefined;

  constructor(private readonly clock: Clock) {}

  tell(Type: Message['Type'], Action: string, ID: string, Attributes: Readonly<Record<string, string>> = {}): void {
    const message: Message = {
      Type,
      Action,
      Actor: { ID, Attributes: sorted(Attributes) },
      scope: 'local',
      at: this.clock.now(),
    };
    this.#recent.push(message);
    if (this.#recent.length > 512) this.#recent = this.#recent.slice(-256);
    for (const listener of this.#listeners ?? []) listener(message);
  }

  recent(): readonly Message[] {
    return this.#recent.slice(-256);
  }

  listen(listener: (message: Message) => void): () => void {
    const all = (this.#listeners ??= new Set());
    all.add(listener);
    return () => void all.delete(listener);
  }
}

function sorted(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
