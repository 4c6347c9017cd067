import type { Digest } from '../../lib/content';
import type { BlobSink } from '../../lib/image';

/**
 * Bytes by the digest of what they are, for ever: layers, configurations, manifests. `put` resolves when they are durable.
 * Putting what is there already costs nothing. Whoever reads may trust the digest no more than the disk: `get` checks it.
 *
 * What is too large to be held comes and goes in pieces of at most `pieceBytes`: in by a sink, out by `read`. Pieces of an
 * import that did not come to its end are forgotten, also when the server itself ended in the middle of it.
 */
export interface BlobStore {
  put(bytes: Uint8Array): Promise<Digest>;
  get(digest: Digest): Promise<Uint8Array | undefined>;
  has(digest: Digest): Promise<boolean>;
  /** In bytes. Undefined: it is not there. */
  size(digest: Digest): Promise<number | undefined>;
  /** From the beginning, as it lies there: whether it has its digest is the reader's to check. A Failure `not-found`. */
  read(digest: Digest): AsyncIterable<Uint8Array>;
  /** For one import. Its digests are those that the writer says. */
  sink(): BlobSink;
}

export const pieceBytes = 2 ** 20;

/** What one server keeps, wherever it keeps it. */
export interface Store {
  readonly log: import('./event-log').EventLog;
  readonly blobs: BlobStore;
  close(): Promise<void>;
}
