import type { PublishedImage } from '../machine';
import type { Host, SeatId } from './events';

/** One class as everybody in it sees it. Plain JSON. */
export interface ClassState {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly host: Host;
  readonly openedAt: number;
  readonly phase: 'open' | 'ended';
  readonly locked: boolean;
  /** By reference, in the order of first publication. */
  readonly images: readonly Published[];
  /** In the order of arrival; a removed seat stays, marked, so that its name is not given away silently. */
  readonly seats: readonly Seat[];
  /** By viewer (a seat or `host`): the latest report. */
  readonly proofs: Readonly<Record<string, Proof>>;
}

export interface Published extends PublishedImage {
  readonly publishedAt: number;
}

export interface Seat {
  readonly id: SeatId;
  readonly name: string;
  /** 0 to 29: the owner's colour (app/_ui tokens). */
  readonly colour: number;
  readonly takenAt: number;
  readonly removed: boolean;
}

export interface Proof {
  readonly manifestDigest: string;
  readonly verified: number;
  readonly total: number;
  /** How long the browser took to hash. */
  readonly ms: number;
  readonly at: number;
}
