import type { Appended, Kept, Read } from '../event-log';
import type { Aside } from '../piece-sink';

/** What the embedded store's thread is asked, and what it answers. */
export interface Operations {
  append: { ask: { stream: string; expected: number; events: string[] }; answer: Appended };
  read: { ask: { stream: string; after: number; limit: number }; answer: Read<string> };
  version: { ask: { stream: string }; answer: number };
  keep: { ask: { stream: string; version: number; state: string }; answer: undefined };
  kept: { ask: { stream: string; upTo: number }; answer: Kept | undefined };
  put: { ask: { digest: string; bytes: Uint8Array }; answer: undefined };
  get: { ask: { digest: string }; answer: Uint8Array | undefined };
  has: { ask: { digest: string }; answer: boolean };
  /** Of a blob that is on its way in: the piece number `at`, under a name that nobody reads. */
  piece: { ask: { of: string; at: number; bytes: Uint8Array }; answer: undefined };
  adopt: { ask: { blobs: readonly Aside[] }; answer: undefined };
  discard: { ask: { of: readonly string[] }; answer: undefined };
  size: { ask: { digest: string }; answer: number | undefined };
  /** The `at`th `pieceBytes` of a blob; undefined after the end. */
  part: { ask: { digest: string; at: number }; answer: Uint8Array | undefined };
  close: { ask: object; answer: undefined };
}

export type Operation = keyof Operations;

export type Ask = {
  [O in Operation]: { readonly id: number; readonly op: O; readonly ask: Operations[O]['ask'] };
}[Operation];

export interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}
