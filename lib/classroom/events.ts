import type { PublishedImage } from '../machine';

/**
 * What happened in one class, in the past tense: the class stream. Times are milliseconds since the epoch.
 * A class holds the roster, the published images and who has proved them; each seat's computer has a stream of its own.
 */
export type ClassEvent =
  | {
      readonly type: 'class:opened';
      readonly id: string;
      readonly code: string;
      readonly title: string;
      readonly host: Host;
      readonly at: number;
    }
  | { readonly type: 'image:published'; readonly image: PublishedImage; readonly at: number }
  | {
      readonly type: 'seat:taken';
      readonly seat: SeatId;
      readonly name: string;
      readonly colour: number;
      readonly at: number;
    }
  | { readonly type: 'seat:renamed'; readonly seat: SeatId; readonly name: string; readonly at: number }
  | { readonly type: 'seat:removed'; readonly seat: SeatId; readonly at: number }
  | { readonly type: 'class:locked'; readonly locked: boolean; readonly at: number }
  /** A browser recomputed every digest of an image from the bytes that it holds. `viewer` is a seat or `host`. */
  | {
      readonly type: 'proof:reported';
      readonly viewer: SeatId | 'host';
      readonly manifestDigest: string;
      readonly verified: number;
      readonly total: number;
      readonly ms: number;
      readonly at: number;
    }
  | { readonly type: 'class:ended'; readonly at: number };

export type SeatId = string;

/** Who opened the class: the id that sign-in gave, and a name to show. */
export interface Host {
  readonly id: string;
  readonly name: string;
}
