import type { Credentials } from './credentials';
import { FsError } from './errno';
import type { Attributes } from './file-system';

/** Bits of a wish, as access(2) counts them. */
export const mayRead = 4;
export const mayWrite = 2;
export const mayExecute = 1;

export function inGroup(who: Credentials, gid: number): boolean {
  return who.gid === gid || who.groups.includes(gid);
}

export function allows(node: Attributes, who: Credentials, wish: number): boolean {
  if (who.uid === 0) {
    return (wish & mayExecute) === 0 || node.kind === 'directory' || (node.mode & 0o111) !== 0;
  }
  const shift = node.uid === who.uid ? 6 : inGroup(who, node.gid) ? 3 : 0;
  return ((node.mode >> shift) & wish) === wish;
}

export function requireAccess(node: Attributes, who: Credentials, wish: number, path: string): void {
  if (!allows(node, who, wish)) throw new FsError('EACCES', path);
}

export function requireOwner(node: Attributes, who: Credentials, path: string): void {
  if (who.uid !== 0 && who.uid !== node.uid) throw new FsError('EPERM', path);
}

/** A sticky folder (such as /tmp) lets a name go only for the owner of the file, of the folder, or root. */
export function requireUnstuck(directory: Attributes, node: Attributes, who: Credentials, path: string): void {
  if ((directory.mode & 0o1000) === 0 || who.uid === 0) return;
  if (who.uid !== node.uid && who.uid !== directory.uid) throw new FsError('EPERM', path);
}
