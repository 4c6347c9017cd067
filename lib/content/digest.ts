import { sha256 } from '#sha256';
import { Failure } from '../errors';

/** `sha256:` and 64 lower-case hex digits. Made only by `parseDigest` and `digestOf`. (OCI image-spec, descriptor.md) */
export type Digest = string & { readonly __brand: 'Digest' };

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const form = /^sha256:[0-9a-f]{64}$/;

export function isDigest(text: string): text is Digest {
  return form.test(text);
}

export function parseDigest(text: string): Digest {
  if (isDigest(text)) return text;
  throw new Failure('invalid', `"${text.slice(0, 80)}" is not a digest: it should be sha256: and 64 hex digits`);
}

export function digestOf(bytes: Uint8Array): Digest {
  return digestFromHash(sha256(bytes));
}

export function digestFromHash(hash: Uint8Array): Digest {
  const text = ['sha256:'];
  for (const byte of hash) text.push(hexOf[byte]!);
  // Joined, not added up: V8 would keep 32 pieces of each.
  return text.join('') as Digest;
}
