import { describe, expect, it } from 'vitest';
import { type Errno, FsError, type NewNode, type Tree } from '../../lib/fs';

const file: NewNode = { kind: 'file', mode: 0o644, uid: 0, gid: 0 };
const folder: NewNode = { kind: 'directory', mode: 0o755, uid: 0, gid: 0 };
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array) => new TextDecoder().decode(content);
const all = (tree: Tree, ino: number) => [...tree.entries(ino)].map(([name]) => name).sort();

const refused = (errno: Errno, action: () => unknown) => {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(FsError);
    expect((error as FsError).errno).toBe(errno);
    return;
  }
  expect.unreachable(`should be refused with ${errno}`);
};

/** What every Tree does, whatever keeps its files. `make` answers an empty one. */
export function treeContract(name: string, make: () => Tree): void {
  describe(`the tree ${name}`, () => {
    it('begins with an empty folder that is its own parent', () => {
      const tree = make();
      expect(tree.attributes(tree.root)).toMatchObject({ kind: 'directory', mode: 0o755 });
      expect([all(tree, tree.root), tree.parent(tree.root)]).toEqual([[], tree.root]);
    });

    it('finds what it made, under its name and nowhere else', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'f', file);
      expect(tree.lookup(tree.root, 'f')).toBe(ino);
      expect(tree.lookup(tree.root, 'g')).toBeUndefined();
      expect(tree.attributes(ino)).toMatchObject({ kind: 'file', mode: 0o644, size: 0, nlink: 1 });
      refused('EEXIST', () => tree.make(tree.root, 'f', file));
      refused('ENOTDIR', () => tree.make(ino, 'x', file));
      refused('ENOTDIR', () => tree.lookup(ino, 'x'));
      refused('ENOENT', () => tree.attributes(99_999_999));
    });

    it('writes over, past the end and in between, and cuts', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'f', file);
      tree.write(ino, 0, bytes('hello'));
      tree.write(ino, 1, bytes('E'));
      expect(text(tree.content(ino))).toBe('hEllo');
      tree.write(ino, 7, bytes('!'));
      expect(text(tree.content(ino))).toBe('hEllo\0\0!');
      tree.truncate(ino, 3);
      tree.truncate(ino, 5);
      expect(text(tree.content(ino))).toBe('hEl\0\0');
      expect(tree.attributes(ino).size).toBe(5);
      refused('EISDIR', () => tree.write(tree.root, 0, bytes('x')));
    });

    it('never changes bytes that it handed out', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'f', file);
      tree.write(ino, 0, bytes('before'));
      const seen = tree.content(ino);
      tree.write(ino, 0, bytes('AFTER'));
      tree.truncate(ino, 0);
      tree.write(ino, 0, bytes('x'));
      expect(text(seen)).toBe('before');
    });

    it('counts links, and keeps an open inode until it is closed', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'a', file);
      tree.write(ino, 0, bytes('kept'));
      tree.link(tree.root, 'b', ino);
      expect(tree.attributes(ino).nlink).toBe(2);
      tree.hold(ino);
      tree.unlink(tree.root, 'a');
      tree.unlink(tree.root, 'b');
      expect([text(tree.content(ino)), tree.attributes(ino).nlink]).toEqual(['kept', 0]);
      refused('ENOENT', () => tree.link(tree.root, 'c', ino));
      tree.release(ino);
      refused('ENOENT', () => tree.content(ino));
    });

    it('counts the folders in a folder', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'd', folder);
      expect(tree.attributes(ino).nlink).toBe(2);
      tree.make(ino, 'e', folder);
      tree.make(ino, 'f', file);
      expect(tree.attributes(ino).nlink).toBe(3);
      tree.rename(ino, 'e', tree.root, 'e');
      expect(tree.attributes(ino).nlink).toBe(2);
      expect(tree.parent(tree.lookup(tree.root, 'e')!)).toBe(tree.root);
      refused('EPERM', () => tree.link(tree.root, 'again', ino));
    });

    it('removes files with unlink and empty folders with rmdir', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'd', folder);
      tree.make(ino, 'f', file);
      refused('EISDIR', () => tree.unlink(tree.root, 'd'));
      refused('ENOTEMPTY', () => tree.rmdir(tree.root, 'd'));
      refused('ENOTDIR', () => tree.rmdir(ino, 'f'));
      refused('ENOENT', () => tree.unlink(ino, 'g'));
      tree.unlink(ino, 'f');
      tree.rmdir(tree.root, 'd');
      expect(all(tree, tree.root)).toEqual([]);
    });

    it('renames over what fits', () => {
      const tree = make();
      const [a, b] = [tree.make(tree.root, 'a', folder), tree.make(tree.root, 'b', folder)];
      const f = tree.make(a, 'f', file);
      tree.make(b, 'g', file);
      refused('ENOTEMPTY', () => tree.rename(tree.root, 'a', tree.root, 'b'));
      refused('EINVAL', () => tree.rename(tree.root, 'a', a, 'inside'));
      refused('ENOTDIR', () => tree.rename(tree.root, 'a', b, 'g'));
      refused('EISDIR', () => tree.rename(a, 'f', tree.root, 'b'));
      tree.rename(a, 'f', b, 'g');
      expect([tree.lookup(b, 'g'), all(tree, a), all(tree, b)]).toEqual([f, [], ['g']]);
      tree.rename(tree.root, 'b', tree.root, 'a');
      expect(all(tree, tree.root)).toEqual(['a']);
      expect(tree.lookup(tree.lookup(tree.root, 'a')!, 'g')).toBe(f);
    });

    it('leaves two names of one inode as they are when one is renamed to the other', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'a', file);
      tree.link(tree.root, 'b', ino);
      tree.rename(tree.root, 'a', tree.root, 'b');
      expect(all(tree, tree.root)).toEqual(['a', 'b']);
    });

    it('keeps targets, devices, attributes and extended ones', () => {
      const tree = make();
      const link = tree.make(tree.root, 'l', { ...file, kind: 'symlink', target: '../é' });
      expect([tree.target(link), tree.attributes(link).size]).toEqual(['../é', 5]);
      const device = tree.make(tree.root, 'null', { ...file, kind: 'char', rdev: 0x103 });
      expect(tree.attributes(device).rdev).toBe(0x103);
      tree.setAttributes(device, { mode: 0o600, uid: 7, mtime: 5n });
      expect(tree.attributes(device)).toMatchObject({ mode: 0o600, uid: 7, gid: 0, mtime: 5n });
      tree.setXattr(device, 'user.a', bytes('1'));
      expect(text(tree.xattrs(device).get('user.a')!)).toBe('1');
      tree.setXattr(device, 'user.a', undefined);
      expect(tree.xattrs(device).size).toBe(0);
      refused('EINVAL', () => tree.target(device));
    });

    it('changes times of what changed, and of the folder when a name did', () => {
      const tree = make();
      const before = tree.attributes(tree.root).mtime;
      const ino = tree.make(tree.root, 'f', file);
      const [made, at] = [tree.attributes(tree.root).mtime, tree.attributes(ino).mtime];
      expect(made > before).toBe(true);
      tree.write(ino, 0, bytes('x'));
      expect([tree.attributes(ino).mtime > at, tree.attributes(tree.root).mtime]).toEqual([true, made]);
      const { mtime, ctime } = tree.attributes(ino);
      tree.setAttributes(ino, { mode: 0o600 });
      expect([tree.attributes(ino).mtime, tree.attributes(ino).ctime > ctime]).toEqual([mtime, true]);
    });
  });
}

/** What a Tree with room for 100 bytes and 4 inodes, the root one of them, does when that is used up. */
export function quotaContract(name: string, make: () => Tree): void {
  describe(`the quota of ${name}`, () => {
    it('ends in ENOSPC, and nothing has changed', () => {
      const tree = make();
      const ino = tree.make(tree.root, 'f', file);
      tree.write(ino, 0, new Uint8Array(90));
      refused('ENOSPC', () => tree.write(ino, 80, new Uint8Array(30)));
      refused('ENOSPC', () => tree.truncate(ino, 101));
      expect(tree.attributes(ino).size).toBe(90);
      tree.write(ino, 50, new Uint8Array(50));
      expect(tree.usage()).toMatchObject({ total: 100, used: 100, inodes: 4 });
      tree.make(tree.root, 'g', file);
      tree.make(tree.root, 'h', file);
      refused('ENOSPC', () => tree.make(tree.root, 'i', file));
      tree.unlink(tree.root, 'f');
      const again = tree.make(tree.root, 'i', file);
      tree.write(again, 0, new Uint8Array(100));
    });
  });
}
