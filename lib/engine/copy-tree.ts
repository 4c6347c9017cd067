import type { Ino, Tree } from '../fs';

/** Copies everything inside one folder into another, with owners, modes and times; hard links are not kept. */
export function copyTree(from: Tree, source: Ino, into: Tree, target: Ino): void {
  for (const [name, ino] of from.entries(source)) {
    const attributes = from.attributes(ino);
    const { kind, mode, uid, gid, rdev } = attributes;
    const link = kind === 'symlink' ? { target: from.target(ino) } : {};
    let made = into.make(target, name, { kind, mode, uid, gid, rdev, ...link });
    if (kind === 'file') {
      const bytes = from.content(ino);
      if (bytes.length) into.write(made, 0, bytes);
      made = into.lookup(target, name) ?? made;
    }
    if (kind === 'directory') copyTree(from, ino, into, made);
    into.setAttributes(made, { mtime: attributes.mtime });
  }
  const { mode, uid, gid, mtime } = from.attributes(source);
  into.setAttributes(target, { mode, uid, gid, mtime });
}
