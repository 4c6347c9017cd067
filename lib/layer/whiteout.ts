import { Failure } from '../errors';

/**
 * How a layer's tar says that something of the layers below is gone: an empty file named `.wh.` and the name, or
 * `.wh..wh..opq` for everything that a folder held. (OCI image-spec, layer.md, "Whiteouts")
 */
const prefix = '.wh.';
const opaqueName = '.wh..wh..opq';

export type EntryName =
  | { readonly type: 'plain' }
  | { readonly type: 'whiteout'; readonly hides: string }
  | { readonly type: 'opaque' }
  /** What AUFS kept for itself in old images. */
  | { readonly type: 'ignored' };

const plain: EntryName = { type: 'plain' };

/** What the last name of a path in a layer means. */
export function readName(name: string): EntryName {
  if (!name.startsWith(prefix)) return plain;
  if (name === opaqueName) return { type: 'opaque' };
  if (name.startsWith('.wh..wh.')) return { type: 'ignored' };
  const hides = name.slice(prefix.length);
  if (hides !== '' && hides !== '.' && hides !== '..') return { type: 'whiteout', hides };
  throw new Failure('corrupt', `layer entry "${name}" is a whiteout of nothing`);
}

/** The path of the whiteout that hides `path` (no slash at the end). A Failure when the path has no last name. */
export function whiteoutPath(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  if (slash === path.length) throw new Failure('invalid', `"${path}" names nothing that a whiteout could hide`);
  return `${path.slice(0, slash)}${prefix}${path.slice(slash)}`;
}

/** The path of the entry that makes `folder` opaque. */
export function opaquePath(folder: string): string {
  return folder === '' ? opaqueName : `${folder}/${opaqueName}`;
}
