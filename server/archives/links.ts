import type { Digest } from '../../lib/content';
import type { TakenForm } from '../../lib/protocol';
import type { SignedText } from '../auth';

/** What is to be sent, for one who was found to have the right to it. */
export type Parcel =
  | {
      readonly kind: 'image';
      readonly imageId: Digest;
      readonly manifestDigest: Digest;
      readonly form: Exclude<TakenForm, 'rootfs'>;
      readonly reference?: string;
      readonly file: string;
    }
  | { readonly kind: 'files'; readonly machine: string; readonly container: string; readonly file: string };

/** Milliseconds that a link leads somewhere: long enough to follow it, too short to pass it on. */
const life = 60_000;

export interface Links {
  make(code: string, parcel: Parcel): string;
  /** Undefined: not made here, for another class, or too late. */
  read(code: string, token: string): Parcel | undefined;
}

/** The parcel itself is in the link, signed, with its class and its end. */
export function makeLinks(signed: SignedText, now: () => number): Links {
  return {
    make: (code, parcel) =>
      signed.sign(Buffer.from(JSON.stringify({ code, until: now() + life, parcel })).toString('base64url')),
    read(code, token) {
      const text = signed.read(token);
      if (text === undefined) return undefined;
      const link = JSON.parse(Buffer.from(text, 'base64url').toString()) as {
        readonly code: string;
        readonly until: number;
        readonly parcel: Parcel;
      };
      return link.code === code && now() < link.until ? link.parcel : undefined;
    },
  };
}
