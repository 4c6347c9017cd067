import type { Digest } from '../../lib/content';

/**
 * Bytes by the digest of what they are, for ever: layers, configurations, manifests. `put` resolves when they are durable.
 * Putting what is there already costs nothing. Whoever reads may trust the digest no more than the disk: `get` checks it.
 */
export interface BlobStore {
  put(bytes: Uint8Array): Promise<Digest>;
  get(digest: Digest): Promise<Uint8Array | undefined>;
  has(digest: Digest): Promise<boolean>;
}

/** What one server keeps, wherever it keeps it. */
export interface Store {
  readonly log: import('./event-log').EventLog;
  readonly blobs: BlobStore;
  close(): Promise<void>;
}
