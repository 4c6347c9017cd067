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
  const target = tree.lookup(to, newName);
  refuseLoop(tree, from, source, to, target);
  if (target === source && (!tree.breaksLinks?.(source) || (from === to && name === newName))) return 'same';
  if (target !== undefined) refuseKind(tree, directory, target);
  movable();
  if (target !== undefined && directory && !isEmpty(tree, target)) throw new FsError('ENOTEMPTY');
  return 'move';
}

/** A folder cannot go into itself, nor take the place of one that it is in. */
export function refuseLoop(tree: Tree, from: Ino, source: Ino, to: Ino, target: Ino | undefined): void {
  if (tree.attributes(source).kind === 'directory' && isAbove(tree, source, to)) throw new FsError('EINVAL');
  if (target === undefined || tree.attributes(target).kind !== 'directory') return;
  if (isAbove(tree, target, from)) throw new FsError('ENOTEMPTY');
}

function refuseKind(tree: Tree, directory: boolean, target: Ino): void {
  const over = tree.attributes(target).kind === 'directory';
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
