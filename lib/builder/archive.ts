import { Failure } from '../errors';
import { entryPath, readTar, type TarEntry } from '../layer';
import type { SourceEntry } from './source-tree';

/** One entry of an archive that ADD unpacks. */
export interface ArchiveEntry {
  readonly entry: SourceEntry;
  readonly data: Uint8Array;
  /** The path that a hard link stands for. */
  readonly linked?: string;
}

/** The entries of a tar, plain or in gzip. Undefined for anything else, which ADD copies as it is. */
export function readArchive(bytes: Uint8Array, gunzip?: (bytes: Uint8Array) => Uint8Array): ArchiveEntry[] | undefined {
  try {
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    if (packed && !gunzip) return undefined;
    const tar = packed ? gunzip!(bytes) : bytes;
    if (!isTar(tar)) return undefined;
    return Array.from(readTar(tar), archiveEntry);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** `ustar` where POSIX puts it. */
function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= 512 && new TextDecoder().decode(bytes.subarray(257, 262)) === 'ustar';
}

function archiveEntry({ name, kind, mode, uid, gid, mtime, size, target, data }: TarEntry): ArchiveEntry {
  const path = `/${entryPath(name).join('/')}`;
  const common = { path, mode, uid, gid, mtime, size };
  if (kind === 'hardlink')
    return { entry: { ...common, kind: 'file' }, data, linked: entryPath(target ?? '').join('/') };
  return { entry: { ...common, kind, target }, data };
}
