const starts: readonly (readonly [string, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

/** The media type of a picture by its bytes (SVG by its name and bytes): only what an `img` element shows without running anything. */
export function pictureType(path: string, bytes: Uint8Array): string | undefined {
  const found = starts.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  if (found) return found[0];
  if (!/\.svg$/i.test(path)) return undefined;
  return /<svg[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, 2000))) ? 'image/svg+xml' : undefined;
}
