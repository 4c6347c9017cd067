import { FsError } from './errno';
import type { Attributes, OpenFile, OpenFlags } from './file-system';
import { attributes, type Lookup, pathOf, requireWritable, writable } from './lookup';
import { makeAt } from './names';
import { DeviceFile, TreeFile } from './open-file';
import { mayRead, mayWrite, requireAccess } from './permission';
import type { Found } from './walk';

/** open(2): finds or makes the file, and judges in the order in which Linux does. */
export function openPath(at: Lookup, path: string, flags: OpenFlags, mode: number): OpenFile {
  const found = opened(at, path, flags);
  if (!found.place) return openNew(at, path, found, flags, mode);
  const { place } = found;
  const node = attributes(place);
  requireOpenable(node, flags, path);
  const wish = (flags.read ? mayRead : 0) | (flags.write || flags.truncate ? mayWrite : 0);
  if (node.kind === 'file' && wish & mayWrite) requireWritable(place.mount, path);
  requireAccess(node, at.viewer.credentials, wish, path);
  if (node.kind === 'char' || node.kind === 'block') return openDevice(at, found, flags, node.kind, node.rdev);
  const ino = wish & mayWrite ? writable(found) : place.ino;
  if (flags.truncate) place.mount.tree.truncate(ino, 0);
  return new TreeFile(pathOf(found), flags, place.mount, ino);
}

/** Nothing that is made, or would be, may end in a slash. */
function opened(at: Lookup, path: string, flags: OpenFlags): Found {
  if (flags.create && path.endsWith('/') && at.walk(path, 'never')) throw new FsError('EISDIR', path);
  return at.walk(path, flags.noFollow || (flags.create && flags.exclusive) ? 'unless-last' : 'always');
}

function openNew(at: Lookup, path: string, found: Found, flags: OpenFlags, mode: number): OpenFile {
  if (!flags.create) throw new FsError('ENOENT', path);
  if (found.slash) throw new FsError('EISDIR', path);
  const { mount, ino } = makeAt(at, path, found, 'file', mode & ~at.viewer.umask);
  return new TreeFile(pathOf(found), flags, mount, ino);
}

function openDevice(at: Lookup, found: Found, flags: OpenFlags, kind: 'char' | 'block', rdev: number): OpenFile {
  const path = pathOf(found);
  const device = at.mounts.devices(kind, rdev);
  if (!device) throw new FsError('ENXIO', path);
  return new DeviceFile(path, flags, found.place!.mount, found.place!.ino, device);
}

function requireOpenable(node: Attributes, flags: OpenFlags, path: string): void {
  if (flags.create && flags.exclusive) throw new FsError('EEXIST', path);
  if (node.kind === 'symlink') throw new FsError('ELOOP', path);
  const directory = node.kind === 'directory';
  if (directory && (flags.write || flags.truncate || flags.create)) throw new FsError('EISDIR', path);
  if (flags.directory && !directory) throw new FsError('ENOTDIR', path);
  if (node.kind === 'fifo' || node.kind === 'socket') throw new FsError('ENXIO', path);
}
