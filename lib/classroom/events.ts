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
  /** Somebody pushed an image of theirs to the class's registry: it can be pulled, and is loaded nowhere. */
  | { readonly type: 'image:pushed'; readonly image: PublishedImage; readonly by: SeatId | 'host'; readonly at: number }
  | {
      readonly type: 'seat:taken';
      readonly seat: SeatId;
      readonly name: string;
      readonly colour: number;
      readonly at: number;
    }
  | { readonly type: 'seat:renamed'; readonly seat: SeatId; readonly name: string; readonly at: number }
  | { readonly type: 'seat:removed'; readonly seat: SeatId; readonly at: number }
  /**
   * Never in a stream: what somebody at a desk hears instead of each arrival and each answer of the others. How many are
   * present, and how many have answered the open question.
   */
  | { readonly type: 'seats:counted'; readonly present: number; readonly answered?: number }
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
  | { readonly type: 'class:ended'; readonly at: number }
  /** Terminals of students take no keys while it is so. */
  | { readonly type: 'class:frozen'; readonly frozen: boolean; readonly at: number }
  | { readonly type: 'rules:set'; readonly rules: Rules; readonly at: number }
  /** Another signed-in person teaches this class too. */
  | { readonly type: 'host:joined'; readonly host: Host; readonly at: number }
  /** Every view-only link and every invitation that was given before is void. */
  | { readonly type: 'links:revoked'; readonly at: number }
  | { readonly type: 'hand:raised'; readonly seat: SeatId; readonly at: number }
  | { readonly type: 'hand:lowered'; readonly seat: SeatId; readonly at: number }
  | { readonly type: 'note:sent'; readonly note: Note }
  | { readonly type: 'spotlight:moved'; readonly spotlight: Spotlight | null; readonly at: number }
  /** A host asked to see a seat's terminal; its student agreed (`typing`: to two at one keyboard); either ended it. */
  | { readonly type: 'look:asked'; readonly seat: SeatId; readonly by: string; readonly at: number }
  | { readonly type: 'look:granted'; readonly seat: SeatId; readonly typing: boolean; readonly at: number }
  | { readonly type: 'look:ended'; readonly seat: SeatId; readonly at: number }
  /** Predict, run, reveal. Nobody but the hosts hears of answers before they are revealed. */
  | { readonly type: 'round:opened'; readonly lesson: string; readonly step: string; readonly at: number }
  /** `null`: somebody answered, and what is not for this viewer. */
  | { readonly type: 'round:answered'; readonly seat: SeatId; readonly answer: RoundAnswer | null; readonly at: number }
  /** With every answer, because most readers hear of them only now. */
  | { readonly type: 'round:revealed'; readonly answers: Readonly<Record<SeatId, RoundAnswer>>; readonly at: number }
  /** `kept: false`, never in a stream: this viewer's page does not remember the round. */
  | { readonly type: 'round:closed'; readonly at: number; readonly kept?: false };

export type SeatId = string;

/** Who opened the class: the id that sign-in gave, and a name to show. */
export interface Host {
  readonly id: string;
  readonly name: string;
}

/** What the host allows: students may open comparisons; students see one another's names. */
export interface Rules {
  readonly compare: boolean;
  readonly names: boolean;
}

export interface Note {
  readonly id: string;
  readonly from: SeatId | 'host';
  /** A seat, the hosts, or everybody. */
  readonly to: SeatId | 'host' | 'all';
  readonly text: string;
  readonly at: number;
}

/** What the projector, and everybody who follows it, shows. */
export type Spotlight =
  | { readonly kind: 'board' }
  | { readonly kind: 'matrix'; readonly path?: string }
  /** `name` only as it is told to those who have no roster to look it up in. */
  | { readonly kind: 'seat'; readonly seat: SeatId; readonly name?: string }
  | { readonly kind: 'pair'; readonly left: string; readonly right: string; readonly path?: string }
  /** The host's own terminal, streamed. */
  | { readonly kind: 'terminal' }
  | { readonly kind: 'round' };

export interface RoundAnswer {
  readonly option: string;
  readonly sure: 'guess' | 'fairly' | 'certain';
}
