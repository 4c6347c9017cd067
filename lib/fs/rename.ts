import { FsError } from './errno';
import type { Ino, Tree } from './file-system';

/**
 * What a rename inside one tree would do, or the FsError that rename(2) gives. `same`: both names are one inode, nothing to
 * do. `movable` may refuse as well; it is asked when the kinds fit, before it matters whether a folder is empty.
 */
export function planRename(
  tree: Tree,
  from: Ino,
  name: string,
  to: Ino,
  newName: string,
  movable: () => void = () => {},
): 'same' | 'move' {
  const source = tree.lookup(from, name);
  if (source === undefined) throw new FsError('ENOENT');
  const directory = tree.attributes(source).kind === 'directory';
  if (directory && isAbove(tree, source, to)) throw new FsError('EINVAL');
  const target = tree.lookup(to, newName);
  if (target === source) return 'same';
  if (target !== undefined) refuseKind(tree, directory, target, from);
  movable();
  if (target !== undefined && directory && !isEmpty(tree, target)) throw new FsError('ENOTEMPTY');
  return 'move';
}

function refuseKind(tree: Tree, directory: boolean, target: Ino, from: Ino): void {
  const over = tree.attributes(target).kind === 'directory';
  if (over && isAbove(tree, target, from)) throw new FsError('ENOTEMPTY');
  if (directory && !over) throw new FsError('ENOTDIR');
  if (!directory && over) throw new FsError('EISDIR');
}

export function isEmpty(tree: Tree, directory: Ino): boolean {
  for (const _ of tree.entries(directory)) return false;
  return true;
}

/** Whether `folder` is `inner` or lies on the way from the root to it. */
function isAbove(tree: Tree, folder: Ino, inner: Ino): boolean {
  for (let at = inner; ; at = tree.parent(at)) {
    if (at === folder) return true;
    if (at === tree.root) return false;
  }
}
