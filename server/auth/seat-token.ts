import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** The right to one seat of one class, as its browser keeps it. */
export interface SeatRight {
  /** The class's id, not its code. */
  readonly classId: string;
  readonly seat: string;
}

/** Raised when all tokens given out before must end. */
const version = '1';

export interface SeatTokens {
  make(right: SeatRight): string;
  /** Undefined when it was not made here, or by an older version. */
  read(token: string): SeatRight | undefined;
}

/** `1.CLASS.SEAT.SIGNATURE`: HMAC-SHA-256 with a key of its own, derived from the server's secret (HKDF, RFC 5869). */
export function seatTokens(secret: string): SeatTokens {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'dockerland seat token', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    make({ classId, seat }) {
      const text = `${version}.${classId}.${seat}`;
      return `${text}.${sign(text).toString('base64url')}`;
    },
    read(token) {
      const [made, classId, seat, signature, ...rest] = token.split('.');
      if (made !== version || !classId || !seat || !signature || rest.length) return undefined;
      const given = Buffer.from(signature, 'base64url');
      const right = sign(`${made}.${classId}.${seat}`);
      // The text too, not only the bytes: base64url has more than one spelling for the last character.
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      return signature === right.toString('base64url') ? { classId, seat } : undefined;
    },
  };
}
