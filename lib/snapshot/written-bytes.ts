import { gunzip, gzip } from '../layer';
import { fromBase64, toBase64 } from './base64';

/** A range of bytes as it travels: base64, or base64 of its gzip where that is much smaller. */
export type WrittenBytes = readonly [base64: string, packed?: 'gzip'];

/** Fewer bytes than this are not worth the look. */
const worthPacking = 1024;
/** What does not shrink here (an image, noise) is not tried whole. */
const sample = 4096;
const muchSmaller = 0.8;

export function encodeBytes(bytes: Uint8Array): WrittenBytes {
  if (bytes.length < worthPacking || !shrinks(bytes.subarray(0, sample))) return [toBase64(bytes)];
  return [toBase64(gzip(bytes, 'quick')), 'gzip'];
}

const packed = new WeakMap<Uint8Array, WrittenBytes>();

/** The same for bytes that will never be written to (FileBytes.parts): packed once, however often they are asked for. */
export function encodePart(bytes: Uint8Array): WrittenBytes {
  const known = packed.get(bytes);
  if (known) return known;
  const made = encodeBytes(bytes);
  // The others cost little, and would lie in memory twice.
  if (made[1]) packed.set(bytes, made);
  return made;
}

/** Throws when the text is not what `encodeBytes` makes, or more than `most` bytes come out. */
export function decodeBytes([base64, how]: WrittenBytes, most: number): Uint8Array {
  const bytes = fromBase64(base64);
  return how ? gunzip(bytes, most) : bytes;
}

function shrinks(bytes: Uint8Array): boolean {
  return gzip(bytes, 'quick').length < bytes.length * muchSmaller;
}
