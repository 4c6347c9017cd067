import type { PublishedImage } from '../machine';
import type { Host, Note, RoundAnswer, Rules, SeatId, Spotlight } from './events';

/** One class as everybody in it sees it. Plain JSON. */
export interface ClassState {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  /** Who opened it. */
  readonly host: Host;
  /** Everybody who teaches it, who opened it first. */
  readonly hosts: readonly Host[];
  readonly openedAt: number;
  readonly phase: 'open' | 'ended';
  readonly locked: boolean;
  /** By reference, in the order of first publication. */
  readonly images: readonly Published[];
  /** What people pushed to the class's registry, by reference. */
  readonly pushed: readonly PublishedImage[];
  /** In the order of arrival; a removed seat stays, marked, so that its name is not given away silently. */
  readonly seats: readonly Seat[];
  /** How many seats are taken and not removed, also where `seats` does not list them all. */
  readonly present: number;
  /** By viewer (a seat or `host`): the latest report. */
  readonly proofs: Readonly<Record<string, Proof>>;
  readonly frozen: boolean;
  readonly rules: Rules;
  /** How often links were revoked: a link carries the number of its day. */
  readonly links: number;
  /** Who asks, the longest waiting first. */
  readonly hands: readonly { readonly seat: SeatId; readonly at: number }[];
  /** The latest, oldest first; those that the viewer may read. */
  readonly notes: readonly Note[];
  readonly spotlight?: Spotlight;
  readonly looks: Readonly<Record<SeatId, Look>>;
  readonly round?: RoundState;
  /** Rounds that are over and that somebody answered, oldest first, the latest 12. Only for hosts. */
  readonly past?: readonly PastRound[];
}

/** A host looks over a student's shoulder: first asked, then with the student's consent, perhaps typing too. */
export interface Look {
  readonly state: 'asked' | 'watching' | 'typing';
  /** Id of the host who looks. */
  readonly by: string;
  readonly at: number;
}

export interface RoundState {
  readonly lesson: string;
  readonly step: string;
  readonly openedAt: number;
  readonly revealed: boolean;
  /** Those that the viewer may see: one's own, or all once revealed (hosts: always all). */
  readonly answers: Readonly<Record<SeatId, RoundAnswer>>;
  /** How many have answered, whoever may see what. */
  readonly answered: number;
}

/** A round as it was when it closed. */
export interface PastRound extends RoundState {
  readonly closedAt: number;
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
