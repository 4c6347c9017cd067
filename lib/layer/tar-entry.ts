import type { Kind } from '../fs';

/** One entry of a tar archive, without its bytes. */
export interface TarHeader {
  /** As the archive says it: may be absolute, hold `..`, end in a slash. `entryPath` makes it safe. */
  readonly name: string;
  readonly kind: Exclude<Kind, 'socket'> | 'hardlink';
  /** Permission, setuid, setgid and sticky bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Nanoseconds since the epoch. */
  readonly mtime: bigint;
  /** Bytes that follow. Only files have any. */
  readonly size: number;
  /** Of a symlink or hard link. */
  readonly target?: string | undefined;
  /** `major * 256 + minor`. */
  readonly rdev?: number | undefined;
  readonly xattrs?: ReadonlyMap<string, Uint8Array> | undefined;
}

export interface TarEntry extends TarHeader {
  /** A view into the archive. */
  readonly data: Uint8Array;
  /** Where in the archive those bytes begin. */
  readonly offset: number;
}

export const blockSize = 512;

/** Up to the next whole block. */
export function padded(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}
