import { Gunzip, gzipSync } from 'fflate';

/** Packs and unpacks in plain JavaScript, where the platform has no synchronous way of its own. */
export function gzip(bytes: Uint8Array, how: 'well' | 'quick' = 'well'): Uint8Array {
  return gzipSync(bytes, { mtime: 0, level: how === 'quick' ? 1 : 6 });
}

/** Throws a RangeError when more than `most` bytes come out, any other error when the bytes are broken. */
export function gunzip(bytes: Uint8Array, most: number): Uint8Array {
  const parts: Uint8Array[] = [];
  const unpacker = gunzipper(most, (part) => parts.push(part));
  const step = 1 << 16;
  for (let at = 0; at < bytes.length; at += step) unpacker(bytes.subarray(at, at + step), at + step >= bytes.length);
  if (bytes.length === 0) throw new Error('empty');
  return joined(parts);
}

export async function* gunzipStream(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const unpacker = gunzipper(most, (part) => parts.push(part));
  const step = 1 << 16;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += step) {
      unpacker(chunk.subarray(at, at + step), false);
      yield* parts;
      parts = [];
    }
  }
  unpacker(new Uint8Array(0), true);
  yield* parts;
}

function gunzipper(most: number, found: (part: Uint8Array) => void): (chunk: Uint8Array, last: boolean) => void {
  let total = 0;
  let ended = false;
  const unpacker = new Gunzip((part, last) => {
    total += part.length;
    ended = last;
    if (total > most) throw new RangeError('too large');
    if (part.length > 0) found(part);
  });
  return (chunk, last) => {
    unpacker.push(chunk, last);
    if (last && !ended) throw new Error('cut short');
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
