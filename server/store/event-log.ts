/**
 * Streams of events, each numbered from 1 without a gap: the only truth of a class or a machine.
 *
 * Life of an event: decided → appended (here) → told to everybody. `append` resolves when the events would survive the
 * server's sudden end; before that nobody may hear of them. Two writers of one stream are kept apart by `expected`: the
 * version that the writer believes to be the last. Only one of them can be right; the other is told the true version, reads
 * what it missed, and decides again.
 *
 * Words: the *version* of a stream is the number of its last event (0: no such stream). Events are plain JSON. It knows
 * neither classes nor machines, and it forgets nothing.
 */
export interface EventLog {
  /** All of the events or none of them. An empty list only compares the version. */
  append(stream: string, expected: number, events: readonly unknown[]): Promise<Appended>;
  /** Events after `after`, in order, at most `limit` (default: all). `upTo` is the number of the last one, or `after`. */
  read<Event>(stream: string, after: number, limit?: number): Promise<Read<Event>>;
  version(stream: string): Promise<number>;
  /**
   * Puts a state beside a stream, so that opening a long one need not begin at 1, nor looking back. The newest is kept, and of
   * each of the last `rungs.most` stretches of `rungs.every` versions before it the last one.
   */
  keep(stream: string, version: number, state: unknown): Promise<void>;
  /** The newest one, or the newest of a version up to `upTo`. */
  kept(stream: string, upTo?: number): Promise<Kept | undefined>;
}

/** The ladder of states beside a stream: from any version of the last 20,000 it is not far down to one. */
export const rungs = { every: 5000, most: 4 } as const;

export const rungOf = (version: number) => Math.floor(version / rungs.every);

export type Appended =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly version: number };

export interface Read<Event> {
  readonly upTo: number;
  readonly events: readonly Event[];
}

export interface Kept {
  readonly version: number;
  readonly state: unknown;
}
