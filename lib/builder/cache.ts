import type { DiffId } from '../layer';

/**
 * Steps that were done before, by key. A key says what the step was given (the step below it, the instruction with its words
 * expanded, the contents and modes of the files it copies, never their times), so equal keys mean equal results.
 */
export interface BuildCache {
  get(key: string): CachedStep | undefined;
  put(key: string, step: CachedStep): void;
  /** Files of contexts that were sent before: `context path → file path → its time, size and mode`. Only saves sending. */
  readonly sent: Map<string, Map<string, string>>;
  /** Trees of `RUN --mount=type=cache`, by id: kept from build to build. */
  readonly mounts: Map<string, unknown>;
}

export interface CachedStep {
  readonly diffId?: DiffId;
  /** The classic builder's image. */
  readonly imageId?: string;
  /** RFC 3339. */
  readonly created: string;
  readonly description: string;
  /** Bytes of the layer. */
  readonly size: number;
  /** The key of the step below. */
  readonly parent?: string;
}

/** A cache in memory. */
export class MemoryCache implements BuildCache {
  readonly #steps = new Map<string, CachedStep>();
  readonly sent = new Map<string, Map<string, string>>();
  readonly mounts = new Map<string, unknown>();

  get(key: string): CachedStep | undefined {
    return this.#steps.get(key);
  }

  put(key: string, step: CachedStep): void {
    this.#steps.set(key, step);
  }

  get steps(): ReadonlyMap<string, CachedStep> {
    return this.#steps;
  }

  clear(): void {
    this.#steps.clear();
    this.sent.clear();
    this.mounts.clear();
  }
}
