/** Redis's keys and values in memory, and how they lie in a snapshot. */
export type Value = string | string[] | Map<string, string> | Set<string>;
export type Answer = string | number | null | { readonly ok: string } | { readonly error: string } | readonly Answer[];

interface Entry {
  value: Value;
  /** Milliseconds since the epoch. */
  expires?: number;
}

/** What redis answers instead of doing it. */
export class Wrong extends Error {}

const wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value';

export class RedisStore {
  readonly entries = new Map<string, Entry>();
  changes = 0;

  constructor(readonly now: () => number) {}

  live(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry?.expires !== undefined && entry.expires <= this.now()) {
      this.entries.delete(key);
      return undefined;
    }
    return entry;
  }

  text(key: string): string | undefined {
    const value = this.live(key)?.value;
    if (value !== undefined && typeof value !== 'string') throw new Wrong(wrongType);
    return value;
  }

  #kind<T extends Value>(key: string, is: (value: Value) => value is T, make?: () => T): T | undefined {
    const entry = this.live(key);
    if (!entry) {
      const made = make?.();
      if (made !== undefined) this.entries.set(key, { value: made });
      return made;
    }
    if (!is(entry.value)) throw new Wrong(wrongType);
    return entry.value;
  }

  list = (key: string, make?: boolean) =>
    this.#kind(key, (value): value is string[] => Array.isArray(value), make ? () => [] : undefined);
  hash = (key: string, make?: boolean) =>
    this.#kind(
      key,
      (value): value is Map<string, string> => value instanceof Map,
      make ? () => new Map<string, string>() : undefined,
    );
  set = (key: string, make?: boolean) =>
    this.#kind(key, (value): value is Set<string> => value instanceof Set, make ? () => new Set<string>() : undefined);

  keys(): string[] {
    return [...this.entries.keys()].filter((key) => this.live(key));
  }

  save(): string {
    const plain = this.keys().map((key) => {
      const { value, expires } = this.entries.get(key)!;
      const kind =
        typeof value === 'string' ? 'string' : Array.isArray(value) ? 'list' : value instanceof Map ? 'hash' : 'set';
      return [key, kind, typeof value === 'string' ? value : [...value], expires ?? null];
    });
    return `REDIS-DOCKERLAND ${JSON.stringify(plain)}\n`;
  }

  load(text: string): void {
    if (!text.startsWith('REDIS-DOCKERLAND ')) return;
    for (const [key, kind, value, expires] of JSON.parse(text.slice(17)) as [string, string, never, number | null][]) {
      const made: Value = kind === 'hash' ? new Map(value) : kind === 'set' ? new Set(value) : value;
      this.entries.set(key, { value: made, ...(expires !== null && { expires }) });
    }
  }
}

export const ok: Answer = { ok: 'OK' };

export function kindOf(value: Value | undefined): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? 'string' : Array.isArray(value) ? 'list' : value instanceof Map ? 'hash' : 'set';
}
