import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { type ContentStore, type Digest, digestOf } from '../../lib/content';
import { fetched } from './messages';

/**
 * The bytes that a thread's machines share. What is not here yet is fetched from the store while the thread stands still (a
 * millisecond or so, once for all machines of the thread): a machine's content is synchronous, the disk is not.
 */
export class ThreadContent implements ContentStore {
  readonly #blobs = new Map<Digest, Uint8Array>();

  constructor(
    private readonly shared: Int32Array,
    private readonly answers: MessagePort,
    private readonly say: (message: { type: 'blob'; bytes: Uint8Array } | { type: 'fetch'; digest: Digest }) => void,
  ) {}

  get(digest: Digest): Uint8Array | undefined {
    return this.#blobs.get(digest) ?? this.#fetch(digest);
  }

  has(digest: Digest): boolean {
    return this.get(digest) !== undefined;
  }

  put(bytes: Uint8Array): Digest {
    const digest = digestOf(bytes);
    if (!this.#blobs.has(digest)) {
      this.#blobs.set(digest, bytes);
      this.say({ type: 'blob', bytes });
    }
    return digest;
  }

  #fetch(digest: Digest): Uint8Array | undefined {
    const before = Atomics.load(this.shared, fetched.slot);
    this.say({ type: 'fetch', digest });
    Atomics.wait(this.shared, fetched.slot, before, fetched.withinMs);
    const bytes = receiveMessageOnPort(this.answers)?.message as Uint8Array | undefined;
    if (bytes) this.#blobs.set(digest, bytes);
    return bytes;
  }
}
