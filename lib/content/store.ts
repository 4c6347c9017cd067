import { type Digest, digestOf } from './digest';

/**
 * Bytes found by the digest of what they are.
 *
 * Life: `put` once, `get` for ever. Putting the same bytes again changes nothing. Bytes handed in or out are never written
 * to afterwards. It is synchronous: whoever lives where bytes are far away (a browser, a node of the server) brings the
 * ones that a machine needs before it runs. It is not a cache with a policy, and it deletes nothing.
 */
export interface ContentStore {
  get(digest: Digest): Uint8Array | undefined;
  has(digest: Digest): boolean;
  put(bytes: Uint8Array): Digest;
  /** Puts bytes whose digest was computed on their way in. Absent: `put`. */
  adopt?(digest: Digest, bytes: Uint8Array): void;
}

export class MemoryContent implements ContentStore {
  readonly #blobs = new Map<Digest, Uint8Array>();
  /** Called for each digest that was not there before: the server persists it before any event names it. */
  onNew: (digest: Digest, bytes: Uint8Array) => void = () => {};

  get(digest: Digest): Uint8Array | undefined {
    return this.#blobs.get(digest);
  }

  has(digest: Digest): boolean {
    return this.#blobs.has(digest);
  }

  put(bytes: Uint8Array): Digest {
    const digest = digestOf(bytes);
    this.adopt(digest, bytes);
    return digest;
  }

  adopt(digest: Digest, bytes: Uint8Array): void {
    if (this.#blobs.has(digest)) return;
    this.#blobs.set(digest, bytes);
    this.onNew(digest, bytes);
  }

  get size(): number {
    return this.#blobs.size;
  }
}
