import { gunzipSync } from 'fflate';
import { Failure } from '../errors';

/** How bytes are packed, by their first ones. (RFC 1952, RFC 8878) */
export function packing(bytes: Uint8Array): 'gzip' | 'zstd' | 'none' {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  if (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd) return 'zstd';
  return 'none';
}

/** The bytes unpacked. `what` names them when they are broken. */
export function unpacked(bytes: Uint8Array, what: string): Uint8Array {
  switch (packing(bytes)) {
    case 'none':
      return bytes;
    case 'zstd':
      throw new Failure('unsupported', `${what} is packed with zstd, which is not read`);
    case 'gzip':
      try {
        return gunzipSync(bytes);
      } catch {
        throw new Failure('corrupt', `${what} is not valid gzip`);
      }
  }
}
