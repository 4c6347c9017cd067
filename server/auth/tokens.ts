import { signedText } from './signed-text';

/** The right to one seat of one class, as its browser keeps it. */
export interface SeatRight {
  /** The class's id, not its code. */
  readonly classId: string;
  readonly seat: string;
}

/** What a link gives to whoever opens it: to look on, or to teach too. `links` is the class's number when it was made. */
export interface LinkRight {
  readonly classId: string;
  readonly kind: 'view' | 'host';
  readonly links: number;
}

/** Raised when all tokens given out before must end. */
const version = '1';

export interface Tokens {
  seat(right: SeatRight): string;
  link(right: LinkRight): string;
  /** Undefined when it was not made here, or by an older version. */
  read(token: string): SeatRight | LinkRight | undefined;
}

/** A seat's token is `1.CLASS.SEAT.SIGNATURE`, a link's `1.CLASS.view.NUMBER.SIGNATURE`, each kind with a key of its own. */
export function makeTokens(secret: string): Tokens {
  const seats = signedText(secret, 'seat token');
  const links = signedText(secret, 'link token');
  return {
    seat: ({ classId, seat }) => seats.sign(`${version}.${classId}.${seat}`),
    link: ({ classId, kind, links: number }) => links.sign(`${version}.${classId}.${kind}.${number}`),
    read(token) {
      const [made, classId, seat] = seats.read(token)?.split('.') ?? [];
      if (made === version && classId && seat) return { classId, seat };
      const [linked, id, kind, number] = links.read(token)?.split('.') ?? [];
      if (linked !== version || !id || (kind !== 'view' && kind !== 'host')) return undefined;
      return { classId: id, kind, links: Number(number) };
    },
  };
}
