import type { Digest } from '../content';

/** An image as a class publishes it: enough to put it into any engine, its bytes being found by digest. */
export interface PublishedImage {
  /** As people type it: `motd:1.0`. */
  readonly reference: string;
  readonly imageId: Digest;
  readonly manifestDigest: Digest;
  /** Layers from the bottom up: the digest of each one's tar (DiffId), its size in bytes, and the line that made it. */
  readonly layers: readonly { readonly digest: Digest; readonly size: number; readonly createdBy: string }[];
  /** Instructions that made no layer (ENV, CMD…), as lines of the config card. */
  readonly settings: readonly string[];
}
