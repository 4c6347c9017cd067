import type { Credentials } from './credentials';
import { FsError } from './errno';
import type { Attributes, Kind } from './file-system';
import { attributes, type Lookup, type Reached, requireWritable, writable } from './lookup';
import { allows, mayExecute, mayRead, mayWrite, requireAccess, requireUnstuck } from './permission';
import { refuseLoop } from './rename';
import type { Found, Place } from './walk';

/** The calls that give, take and move names. They judge in the order in which Linux does. */

/** Gives the new inode its owner: the viewer's, and in a setgid folder the folder's group. */
export function makeNode(at: Lookup, path: string, kind: Kind, mode: number, rdev = 0, target?: string): Place {
  const found = at.walk(path, 'never');
  if (found.place) throw new FsError('EEXIST', path);
  if (found.slash && kind !== 'directory') throw new FsError('ENOENT', path);
  return makeAt(at, path, found, kind, mode, rdev, target);
}

/** Makes it where a walk has ended without finding anything. */
export function makeAt(
  at: Lookup,
  path: string,
  found: Found,
  kind: Kind,
  mode: number,
  rdev = 0,
  target?: string,
): Place {
  const { mount, ino } = found.trail.at(-1)!;
  const folder = mount.tree.attributes(ino);
  requireWritable(mount, path);
  requireAccess(folder, at.viewer.credentials, mayWrite | mayExecute, path);
  const { uid, gid } = at.viewer.credentials;
  const inherits = (folder.mode & 0o2000) !== 0;
  const bits = inherits && kind === 'directory' ? mode | 0o2000 : mode;
  const node = {
    kind,
    mode: bits,
    uid,
    gid: inherits ? folder.gid : gid,
    rdev,
    ...(target !== undefined && { target }),
  };
  return { mount, ino: mount.tree.make(ino, found.name, node), name: found.name };
}

export function linkName(at: Lookup, existing: string, path: string): void {
  const source = at.existing(existing, false);
  const found = at.walk(path, 'never');
  if (found.place) throw new FsError('EEXIST', path);
  if (found.slash) throw new FsError('ENOENT', path);
  const { mount, ino } = found.trail.at(-1)!;
  if (mount !== source.place.mount) throw new FsError('EXDEV', path);
  requireWritable(mount, path);
  requireLinkable(attributes(source.place), at.viewer.credentials, path);
  requireAccess(mount.tree.attributes(ino), at.viewer.credentials, mayWrite | mayExecute, path);
  if (attributes(source.place).kind === 'directory') throw new FsError('EPERM', path);
  mount.tree.link(ino, found.name, writable(source));
}

export function unlinkName(at: Lookup, path: string): void {
  const found = removable(at, path, 'EISDIR');
  const { mount, ino } = found.trail.at(-1)!;
  mount.tree.unlink(ino, found.name);
}

export function removeFolder(at: Lookup, path: string): void {
  if (/(^|\/)\.\/*$/.test(path)) throw new FsError('EINVAL', path);
  const found = removable(at, path, 'EBUSY');
  const { mount, ino } = found.trail.at(-1)!;
  if (attributes(found.place).kind !== 'directory') throw new FsError('ENOTDIR', path);
  mount.tree.rmdir(ino, found.name);
}

/** A name that the viewer may take away. `nameless` is for `/` and paths that end in `.` or `..`. */
function removable(at: Lookup, path: string, nameless: 'EISDIR' | 'EBUSY'): Reached {
  const found = at.walk(path, 'never');
  if (found.name === '')
    throw new FsError(found.trail.length === 1 || nameless === 'EISDIR' ? nameless : 'ENOTEMPTY', path);
  const folder = found.trail.at(-1)!;
  if (!found.place) throw new FsError('ENOENT', path);
  requireWritable(folder.mount, path);
  if (found.place.mount !== folder.mount) throw new FsError('EBUSY', path);
  const directory = attributes(found.place).kind === 'directory';
  if (found.slash && nameless === 'EISDIR') throw new FsError(directory ? 'EISDIR' : 'ENOTDIR', path);
  requireRemovable(at, folder, found.place, path);
  return found as Reached;
}

function requireRemovable(at: Lookup, folder: Place, place: Place, path: string): void {
  const who = at.viewer.credentials;
  const directory = attributes(folder);
  requireAccess(directory, who, mayWrite | mayExecute, path);
  requireUnstuck(directory, attributes(place), who, path);
}

export function renameName(at: Lookup, from: string, to: string): void {
  const source = at.walk(from, 'never');
  const target = at.walk(to, 'never');
  const [a, b] = [source.trail.at(-1)!, target.trail.at(-1)!];
  if (a.mount !== b.mount) throw new FsError('EXDEV', to);
  if (source.name === '' || target.name === '') throw new FsError('EBUSY', from);
  requireWritable(a.mount, from);
  if (!source.place) throw new FsError('ENOENT', from);
  if (source.place.mount !== a.mount || (target.place && target.place.mount !== b.mount))
    throw new FsError('EBUSY', from);
  const { tree } = a.mount;
  const directory = attributes(source.place).kind === 'directory';
  if (!directory && (source.slash || target.slash)) throw new FsError('ENOTDIR', from);
  refuseLoop(tree, a.ino, source.place.ino, b.ino, target.place?.ino);
  if (source.place.ino === target.place?.ino && !tree.breaksLinks?.(source.place.ino)) return;
  requireRemovable(at, a, source.place, from);
  if (target.place) requireRemovable(at, b, target.place, to);
  else requireAccess(attributes(b), at.viewer.credentials, mayWrite | mayExecute, to);
  // A folder's `..` changes when it moves elsewhere, which is a write to it.
  if (directory && a.ino !== b.ino) requireAccess(attributes(source.place), at.viewer.credentials, mayWrite, from);
  tree.rename(a.ino, source.name, b.ino, target.name);
}

/** Nobody but its owner may link a file that he could not write to anyway (Linux: protected_hardlinks, on by default in distributions). */
function requireLinkable(node: Attributes, who: Credentials, path: string): void {
  const special = node.kind !== 'file' || (node.mode & 0o4000) !== 0 || (node.mode & 0o2010) === 0o2010;
  const foreign = who.uid !== 0 && who.uid !== node.uid;
  if (foreign && (special || !allows(node, who, mayRead | mayWrite))) throw new FsError('EPERM', path);
}
