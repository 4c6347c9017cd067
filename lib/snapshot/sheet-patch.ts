import type { Ino, Kind } from '../fs';

/**
 * What one turn changed on a writable sheet, as plain JSON: the difference that travels in events.
 *
 * A sheet is the upper folder of an overlay: inodes of its own, the names that lead to them, and whiteouts. Inode numbers
 * of a sheet are given out in order, so a replica that applies the same patches in the same order holds the same sheet, to
 * the digest. An empty patch has three empty arrays.
 */
export interface SheetPatch {
  /** Inodes made or whose attributes changed; `null`: the inode is gone. */
  readonly nodes: readonly (readonly [Ino, SheetNode | null])[];
  /**
   * File bytes: the file's new size (cut, or grown with zeros), and the range that is then written, in base64 (with `gzip`: of
   * its gzip); the rest stays as it was. A file begins empty, or as the bytes of `below`. One file may have several, to be
   * applied in order.
   */
  readonly data: readonly (readonly [Ino, size: number, offset: number, base64: string, packed?: 'gzip'])[];
  /** Names in a folder of the sheet: an inode of the sheet, `0` for a whiteout, `null` when the sheet says nothing. */
  readonly entries: readonly (readonly [directory: Ino, name: string, ino: Ino | 0 | null])[];
}

export interface SheetNode {
  readonly kind: Kind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** Nanoseconds since the epoch, as decimal text. */
  readonly mtime: string;
  /** Absent: as mtime. */
  readonly ctime?: string;
  readonly atime?: string;
  readonly target?: string;
  /** A folder or file copied up: the inode below that it stands for. Its absence on a folder makes it opaque. */
  readonly below?: Ino;
  /** A folder that carries overlayfs' mark of being opaque, so that the layer made of the sheet says it too. */
  readonly opaque?: boolean;
  /** Only metadata was copied up: the bytes are still those of `below`. */
  readonly metadataOnly?: boolean;
  /** Base64 values by name. */
  readonly xattrs?: Readonly<Record<string, string>>;
}
