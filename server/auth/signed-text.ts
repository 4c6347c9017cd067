import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Short texts that only this server can have made: `TEXT.SIGNATURE`. */
export interface SignedText {
  sign(text: string): string;
  /** The text, when the signature is right. */
  read(token: string): string | undefined;
}

/** HMAC-SHA-256 with a key of its own for each purpose, derived from the server's secret (HKDF, RFC 5869). */
export function signedText(secret: string, purpose: string): SignedText {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `dockerland ${purpose}`, 32));
  const signature = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign: (text) => `${text}.${signature(text).toString('base64url')}`,
    read(token) {
      const dot = token.lastIndexOf('.');
      const [text, tail] = [token.slice(0, Math.max(0, dot)), token.slice(dot + 1)];
      const [given, right] = [Buffer.from(tail, 'base64url'), signature(text)];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      // The text too, not only the bytes: base64url has more than one spelling for the last character.
      return tail === right.toString('base64url') ? text : undefined;
    },
  };
}
