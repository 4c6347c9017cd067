import { Decompress } from 'fzstd';
import { gunzip, gunzipStream } from '#gzip';
import { Failure } from '../errors';
import { frameHeaderSize, largestWindow, zstdWindow } from './zstd-window';

/** How bytes are packed, by their first ones. (RFC 1952, RFC 8878) */
export function packing(bytes: Uint8Array): 'gzip' | 'zstd' | 'none' {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  if (bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd) return 'zstd';
  return 'none';
}

/** What unpacking in memory gives at most, unless told otherwise: a megabyte can hold a gigabyte of zeros. */
export const mostInMemory = 2 ** 29;

/** The bytes unpacked, or as they are. A Failure `corrupt` or `exhausted` names `what`. */
export function unpacked(bytes: Uint8Array, what: string, most = mostInMemory): Uint8Array {
  const form = packing(bytes);
  if (form === 'none') return bytes;
  try {
    return form === 'gzip' ? gunzip(bytes, most) : unzstd(bytes, most);
  } catch (error) {
    throw unpackFailure(error, what, form, most);
  }
}

function unpackFailure(error: unknown, what: string, form: string, most: number): unknown {
  if (error instanceof Failure) return error;
  if (error instanceof RangeError) return new Failure('exhausted', `${what} unpacks to more than ${most} bytes`);
  return new Failure('corrupt', `${what} is not valid ${form}`);
}

function unzstd(bytes: Uint8Array, most: number): Uint8Array {
  requireWindow(bytes);
  const parts: Uint8Array[] = [];
  const unpacker = zstdUnpacker(most, (part) => parts.push(part));
  unpacker(bytes, true);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The decoder sets the window aside before it has read anything. */
function requireWindow(first: Uint8Array): void {
  if (zstdWindow(first) > largestWindow)
    throw new Failure('exhausted', `a zstd frame asks for more than ${largestWindow} bytes of memory`);
}

function zstdUnpacker(most: number, found: (part: Uint8Array) => void): (chunk: Uint8Array, last: boolean) => void {
  let total = 0;
  const unpacker = new Decompress((part) => {
    total += part.length;
    if (total > most) throw new RangeError('too large');
    if (part.length > 0) found(part);
  });
  return (chunk, last) => unpacker.push(chunk, last);
}

async function* zstdStream(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const unpacker = zstdUnpacker(most, (part) => parts.push(part));
  for await (const chunk of chunks) {
    unpacker(chunk, false);
    yield* parts;
    parts = [];
  }
  unpacker(new Uint8Array(0), true);
  yield* parts;
}

/** The same for bytes that come in pieces, none of which is kept. */
export async function* unpackedStream(
  chunks: AsyncIterable<Uint8Array>,
  what: string,
  most: number,
): AsyncGenerator<Uint8Array> {
  const [first, all] = await peeked(chunks);
  const form = packing(first);
  if (form === 'zstd') requireWindow(first);
  if (form === 'none') return yield* all;
  try {
    yield* form === 'gzip' ? gunzipStream(all, most) : zstdStream(all, most);
  } catch (error) {
    throw unpackFailure(error, what, form, most);
  }
}

/** The first bytes, as many as a frame's header may have if there are as many; and the whole. */
async function peeked(chunks: AsyncIterable<Uint8Array>): Promise<[Uint8Array, AsyncIterable<Uint8Array>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  let first: Uint8Array = new Uint8Array(0);
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    first = first.length === 0 ? next.value : appended(first, next.value);
    if (first.length >= frameHeaderSize) break;
  }
  return [first, rest(first, iterator)];
}

async function* rest(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* { [Symbol.asyncIterator]: () => iterator };
}

function appended(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
