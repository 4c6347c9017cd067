import type { Ino, Stat, Tree } from './file-system';

/** A tree's attributes as `stat` tells them: a copy that later changes do not reach. */
export function statOf(tree: Tree, ino: Ino): Stat {
  const { kind, mode, uid, gid, size, nlink, rdev, mtime, ctime, atime } = tree.attributes(ino);
  return { kind, mode, uid, gid, size, nlink, ino, dev: tree.device, rdev, mtime, ctime, atime };
}
