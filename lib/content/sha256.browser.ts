import { sha256 as noble } from '@noble/hashes/sha2.js';

/** SHA-256 by the platform: audited JavaScript, because SubtleCrypto is asynchronous and absent on plain http. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return noble(bytes);
}

export function sha256Stream(): { update(bytes: Uint8Array): void; digest(): Uint8Array } {
  const hash = noble.create();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}
