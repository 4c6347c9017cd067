/** What a decoder has to keep of what it wrote: more than this no common packer asks for (`zstd --long` stays within it). */
export const largestWindow = 2 ** 27;

/** A frame's header is at most so long. */
export const frameHeaderSize = 18;

/** The window that a zstd frame asks for, in bytes; 0 when its header is cut. (RFC 8878, 3.1.1.1) */
export function zstdWindow(bytes: Uint8Array): number {
  const descriptor = bytes[4] ?? 0;
  const single = (descriptor & 0x20) !== 0;
  if (!single) return fromDescriptor(bytes[5] ?? 0);
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const width = [1, 2, 4, 8][descriptor >> 6]!;
  let size = width === 2 ? 256 : 0;
  for (let at = 0; at < width; at++) size += (bytes[5 + dictionary + at] ?? 0) * 256 ** at;
  return size;
}

function fromDescriptor(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}
