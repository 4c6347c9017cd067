import type { IncomingMessage } from 'node:http';
import { refused } from '../../lib/errors';
import type { Signed, Tokens } from '../auth';
import type { Classes } from '../classes';
import { Bucket, type Contents } from '../gateway';
import type { Machines } from '../machines';
import type { Store } from '../store';
import type { Links } from './links';

export interface ArchivesOptions {
  readonly classes: Classes;
  readonly machines: Machines;
  readonly blobs: Store['blobs'];
  readonly tokens: Tokens;
  readonly contents: Contents;
  readonly secret: string;
  readonly signedIn: (headers: IncomingMessage['headers']) => Promise<Signed | undefined>;
  /** Bytes of an archive as it travels, and of an image that may be published. */
  readonly mostArchiveBytes: number;
  readonly mostImageBytes: number;
}

/** What the routes share. */
export interface Work extends ArchivesOptions {
  readonly links: Links;
  /** Archives that come in at present. */
  readonly uploads: Set<IncomingMessage>;
  /** How often a person may have a container packed. */
  readonly packs: Map<string, Bucket>;
}

/** A container is packed by computing: a few at once, then one in five seconds. */
export function mayPack(work: Work, person: string): void {
  const bucket = work.packs.get(person) ?? new Bucket(10, 0.2);
  work.packs.set(person, bucket);
  const retryMs = bucket.take(1);
  if (retryMs) throw refused('request.often', { retryMs });
}
