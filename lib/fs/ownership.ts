import { FsError } from './errno';
import { attributes, type Lookup, requireWritable, writable } from './lookup';
import { inGroup, mayWrite, requireAccess, requireOwner } from './permission';

/** The calls that change what is said of a file, and not its bytes. */

export function changeMode(at: Lookup, path: string, mode: number): void {
  const found = at.owned(path, true);
  const node = attributes(found.place);
  const { credentials } = at.viewer;
  const strip = credentials.uid !== 0 && !inGroup(credentials, node.gid) ? 0o2000 : 0;
  found.place.mount.tree.setAttributes(writable(found), { mode: mode & 0o7777 & ~strip });
}

/** -1 leaves the user or the group as it is. */
export function changeOwner(at: Lookup, path: string, uid: number, gid: number, follow: boolean): void {
  const found = at.existing(path, follow);
  const node = attributes(found.place);
  requireWritable(found.place.mount, path);
  const { credentials } = at.viewer;
  const givesAway = uid !== -1 && uid !== node.uid;
  const joins = gid !== -1 && gid !== node.gid && !inGroup(credentials, gid);
  if (credentials.uid !== 0 && (credentials.uid !== node.uid || givesAway || joins)) throw new FsError('EPERM', path);
  const mode = node.kind === 'directory' ? node.mode : node.mode & ~(0o4000 | (node.mode & 0o010 ? 0o2000 : 0));
  const set = { mode, uid: uid === -1 ? node.uid : uid, gid: gid === -1 ? node.gid : gid };
  found.place.mount.tree.setAttributes(writable(found), set);
}

export function changeTimes(
  at: Lookup,
  path: string,
  atime: bigint | undefined,
  mtime: bigint | undefined,
  follow: boolean,
): void {
  const found = at.existing(path, follow);
  const node = attributes(found.place);
  const { credentials } = at.viewer;
  requireWritable(found.place.mount, path);
  if (atime === undefined && mtime === undefined) return;
  requireOwner(node, credentials, path);
  const set = { ...(atime !== undefined && { atime }), ...(mtime !== undefined && { mtime }) };
  found.place.mount.tree.setAttributes(writable(found), set);
}

/** Undefined takes it away. */
export function changeXattr(at: Lookup, path: string, name: string, value: Uint8Array | undefined): void {
  if (!/^(user|trusted|security|system)\../.test(name)) throw new FsError('EOPNOTSUPP', path);
  const found = at.existing(path, true);
  requireWritable(found.place.mount, path);
  const node = attributes(found.place);
  if (name.startsWith('user.')) requireAccess(node, at.viewer.credentials, mayWrite, path);
  else if (at.viewer.credentials.uid !== 0) throw new FsError('EPERM', path);
  found.place.mount.tree.setXattr(writable(found), name, value);
}
