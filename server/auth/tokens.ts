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

/** To see what the containers of a computer serve, until `until` (ms since 1970). Both are a seat's id, or `host`. */
export interface PageRight {
  readonly classId: string;
  readonly owner: string;
  readonly reader: string;
  readonly until: number;
}

/** Raised when all tokens given out before must end. */
const version = '1';

export interface Tokens {
  seat(right: SeatRight): string;
  link(right: LinkRight): string;
  /** Undefined when it was not made here, or by an older version. */
  read(token: string): SeatRight | LinkRight | undefined;
  /** It stands in an address, and is good for nothing else. */
  page(right: PageRight): string;
  /** Undefined also when its time is over. */
  readPage(token: string, now?: number): PageRight | undefined;
}

/** The parts of a page's token: the version, the class, whose, for whom, until when (base 36). */
const pageParts = 5;

/** A seat's token is `1.CLASS.SEAT.SIGNATURE`, a link's `1.CLASS.view.NUMBER.SIGNATURE`, each kind with a key of its own. */
export function makeTokens(secret: string): Tokens {
  const seats = signedText(secret, 'seat token');
  const links = signedText(secret, 'link token');
  const pages = signedText(secret, 'page token');
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
    page: ({ classId, owner, reader, until }) =>
      pages.sign([version, classId, owner, reader, Math.round(until).toString(36)].join('.')),
    readPage(token, now = Date.now()) {
      const parts = pages.read(token)?.split('.') ?? [];
      const [made, classId, owner, reader, limit] = parts;
      if (parts.length !== pageParts || made !== version || !classId || !owner || !reader || !limit) return undefined;
      const until = Number.parseInt(limit, 36);
      return until > now ? { classId, owner, reader, until } : undefined;
    },
  };
}
