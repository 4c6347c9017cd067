import { type ContentStore, type Digest, digestOf, isDigest } from '../../lib/content';
import { fetchBlob } from './archives';
import type { Wire } from './wire';

/**
 * Image bytes in this browser, by digest: fetched once, kept as long as the page lives. What arrives under a digest is kept
 * as it came; whether it is what it claims to be is the proof's to say, with its own hashing.
 */
export class Blobs implements ContentStore {
  readonly #held = new Map<Digest, Uint8Array>();
  readonly #asked = new Map<Digest, Promise<Uint8Array | undefined>>();

  constructor(
    readonly wire: Wire,
    readonly code: string,
  ) {}

  get(digest: Digest): Uint8Array | undefined {
    return this.#held.get(digest);
  }

  has(digest: Digest): boolean {
    return this.#held.has(digest);
  }

  put(bytes: Uint8Array): Digest {
    const digest = digestOf(bytes);
    this.#held.set(digest, bytes);
    return digest;
  }

  fetch = (text: string): Promise<Uint8Array | undefined> => {
    if (!isDigest(text)) return Promise.resolve(undefined);
    const held = this.#held.get(text);
    if (held) return Promise.resolve(held);
    const asked = this.#asked.get(text) ?? this.#ask(text).finally(() => this.#asked.delete(text));
    this.#asked.set(text, asked);
    return asked;
  };

  /** Brings what is not here yet; throws when something cannot be had. */
  async need(digests: Iterable<Digest>): Promise<void> {
    const missing = [...new Set(digests)].filter((digest) => !this.#held.has(digest));
    const got = await Promise.all(missing.map((digest) => this.fetch(digest)));
    const lost = missing.find((_, i) => !got[i]);
    if (lost) throw new Error(`the server does not have ${lost}`);
  }

  async #ask(digest: Digest): Promise<Uint8Array | undefined> {
    const answer = await this.wire.ask('content:get', { code: this.code, digest });
    const tooLong = !answer.ok && answer.code === 'exhausted';
    const found = answer.ok ? answer.bytes : tooLong && (await fetchBlob(this.code, digest, this.wire));
    if (!found) return undefined;
    const bytes = found instanceof Uint8Array ? found : new Uint8Array(found as ArrayBuffer);
    this.#held.set(digest, bytes);
    return bytes;
  }
}
