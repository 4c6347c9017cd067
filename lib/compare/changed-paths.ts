import { type Digest, digestOf } from '../content';
import { type FileSystem, mountFileSystem } from '../fs';
import type { Change } from '../layer';
import { changes, type LowerTree, type Sheet, Union } from '../snapshot';

/** One path that a sheet changes, with what is needed to lay it beside others. */
export interface ChangedPath {
  readonly path: string;
  readonly kind: Change['kind'];
  readonly is: 'file' | 'directory' | 'symlink' | 'other';
  /** Bytes of a file that is there; else absent. */
  readonly size?: number;
  readonly mode?: number;
  /** Of a file's bytes, or of a symlink's target; absent for a deletion and a folder. Equal digests are equal contents. */
  readonly digest?: Digest;
  /** The layer, 0 at the bottom, that supplied what the sheet now covers or hides; absent when it covers nothing. */
  readonly covers?: number;
  /** A folder that is only said to be changed because something in it is. */
  readonly onTheWay: boolean;
}

/** The files of a container as it sees them now. Only to be read: what is written here is seen by nobody else. */
export function filesOf(sheet: Sheet): FileSystem {
  return mountFileSystem(new Union({ lower: sheet.lower, sheet, now: () => 0n }), { readOnly: true });
}

/** What `docker diff` says of a sheet, each path with what is needed to lay it beside others. */
export function describeSheet(sheet: Sheet): readonly ChangedPath[] {
  const all = changes(sheet.lower, sheet);
  const fs = filesOf(sheet);
  return all.map((change) => describe(change, fs, sheet.lower, all));
}

function describe(change: Change, fs: FileSystem, lower: LowerTree | undefined, all: readonly Change[]): ChangedPath {
  const covers = change.kind === 'added' ? undefined : lower?.at(change.path)?.layer;
  const base = { path: change.path, kind: change.kind, ...(covers !== undefined && { covers }) };
  if (change.kind === 'deleted') return { ...base, is: kindOf(lower?.at(change.path)?.kind), onTheWay: false };
  const stat = fs.lstat(change.path);
  const is = kindOf(stat.kind);
  const onTheWay =
    is === 'directory' && change.kind === 'changed' && all.some((other) => other.path.startsWith(`${change.path}/`));
  const bytes = contentOf(fs, change.path, is);
  return {
    ...base,
    is,
    mode: stat.mode,
    ...(is === 'file' && { size: stat.size }),
    ...(bytes && { digest: digestOf(bytes) }),
    onTheWay,
  };
}

function contentOf(fs: FileSystem, path: string, is: ChangedPath['is']): Uint8Array | undefined {
  if (is === 'file') return fs.readFile(path);
  return is === 'symlink' ? new TextEncoder().encode(fs.readlink(path)) : undefined;
}

function kindOf(kind: string | undefined): ChangedPath['is'] {
  return kind === 'file' || kind === 'directory' || kind === 'symlink' ? kind : 'other';
}
