import type { SourceEntry } from './source-tree';

/**
 * How many bytes BuildKit says it transferred: the size of its messages on the wire (fsutil's protocol: one message with the
 * facts of each file, then the contents of those that are wanted, in pieces of 32 KiB).
 */
const piece = 32 * 1024;

/** How many bytes a whole number takes as a protobuf varint. */
function varint(value: number | bigint): number {
  let rest = BigInt(value);
  let bytes = 1;
  while (rest >= 128n) {
    rest >>= 7n;
    bytes += 1;
  }
  return bytes;
}

const encoder = new TextEncoder();

/** Modes as Go has them: a folder is bit 31, a symlink bit 27, a pipe bit 25. */
function modeSize({ kind, mode }: SourceEntry): number {
  const bit = kind === 'directory' ? 2 ** 31 : kind === 'symlink' ? 2 ** 27 : kind === 'file' ? 0 : 2 ** 25;
  return 1 + varint(bit + (mode & 0o777));
}

function factsSize(entry: SourceEntry): number {
  const path = encoder.encode(entry.path.slice(1)).length;
  const size = entry.kind === 'directory' || entry.size === 0 ? 0 : 1 + varint(entry.size);
  const time = entry.mtime === 0n ? 0 : 1 + varint(BigInt.asUintN(64, entry.mtime));
  const target = entry.target === undefined ? 0 : 1 + varint(entry.target.length) + encoder.encode(entry.target).length;
  const facts = 1 + varint(path) + path + modeSize(entry) + size + time + target;
  return 1 + varint(facts) + facts;
}

function contentSize(bytes: number, id: number): number {
  const header = 2 + (id === 0 ? 0 : 1 + varint(id));
  let total = header;
  for (let left = bytes; left > 0; left -= piece) {
    const size = Math.min(left, piece);
    total += header + 1 + varint(size) + size;
  }
  return total;
}

/** Of the entries in the order of a walk; `wanted` are the files whose contents go too. */
export function transferSize(entries: readonly SourceEntry[], wanted: (entry: SourceEntry) => boolean): number {
  const end = 2;
  return entries.reduce((total, entry, id) => {
    const content = entry.kind === 'file' && wanted(entry) ? contentSize(entry.size, id) : 0;
    return total + factsSize(entry) + content;
  }, end);
}
