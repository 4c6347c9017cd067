import { describe, expect, it } from 'vitest';
import { type Errno, type FileSystem, FsError } from '../../lib/fs';

const bytes = (value: string) => new TextEncoder().encode(value);
const text = (content: Uint8Array) => new TextDecoder().decode(content);
const someone = { credentials: { uid: 1000, gid: 1000, groups: [1000, 50] } };

function errno(action: () => unknown): Errno | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof FsError) return error.errno;
    throw error;
  }
  return undefined;
}

/** What every FileSystem does for programs. `make` answers one with an empty root, seen by root with umask 022. */
export function fileSystemContract(name: string, make: () => FileSystem): void {
  describe(`the file system ${name}`, () => {
    it('creates with the umask, and tells what it made', () => {
      const fs = make();
      fs.mkdir('/d');
      fs.writeFile('/d/f', bytes('x'));
      expect([fs.stat('/d').mode, fs.stat('/d/f').mode]).toEqual([0o755, 0o644]);
      expect(fs.readdir('/d').map(({ name: entry, kind }) => [entry, kind])).toEqual([['f', 'file']]);
      expect(fs.readdir('/')).toHaveLength(1);
    });

    it('reads and writes at an offset that moves', () => {
      const fs = make();
      const file = fs.open('/f', { read: true, write: true, create: true });
      file.write(bytes('one two'));
      expect(file.seek(4, 'set')).toBe(4);
      expect(text(file.read(100))).toBe('two');
      expect(file.read(1)).toHaveLength(0);
      file.write(bytes('ONE'), 0);
      expect(file.seek(-3, 'end')).toBe(4);
      file.truncate(5);
      expect(text(file.read(100, 0))).toBe('ONE t');
      expect(errno(() => file.seek(-9, 'set'))).toBe('EINVAL');
      file.close();
      expect(errno(() => file.read(1))).toBe('EBADF');
    });

    it('refuses to read what is open for writing, and the other way round', () => {
      const fs = make();
      fs.writeFile('/f', bytes('x'));
      expect(errno(() => fs.open('/f', { write: true }).read(1))).toBe('EBADF');
      expect(errno(() => fs.open('/f', { read: true }).write(bytes('y')))).toBe('EBADF');
    });

    it('opens as told: create, exclusive, truncate, append, no links, only folders', () => {
      const fs = make();
      expect(errno(() => fs.open('/f', { write: true }))).toBe('ENOENT');
      fs.open('/f', { write: true, create: true, exclusive: true }).close();
      expect(errno(() => fs.open('/f', { write: true, create: true, exclusive: true }))).toBe('EEXIST');
      fs.appendFile('/f', bytes('ab'));
      fs.appendFile('/f', bytes('c'));
      expect(text(fs.readFile('/f'))).toBe('abc');
      fs.open('/f', { write: true, truncate: true }).close();
      expect(fs.stat('/f').size).toBe(0);
      fs.symlink('f', '/l');
      expect(errno(() => fs.open('/l', { read: true, noFollow: true }))).toBe('ELOOP');
      expect(errno(() => fs.open('/f', { read: true, directory: true }))).toBe('ENOTDIR');
      expect(errno(() => fs.open('/', { write: true }))).toBe('EISDIR');
      fs.open('/', { read: true, directory: true }).close();
    });

    it('walks links and finds the real path', () => {
      const fs = make();
      fs.mkdir('/a');
      fs.mkdir('/a/b');
      fs.symlink('/a', '/l');
      fs.symlink('../..', '/a/b/out');
      expect(fs.realpath('/l/b/out/l/./b')).toBe('/a/b');
      expect([fs.readlink('/l'), fs.lstat('/l').kind, fs.stat('/l').kind]).toEqual(['/a', 'symlink', 'directory']);
      fs.symlink('two', '/one');
      fs.symlink('one', '/two');
      expect(errno(() => fs.stat('/one'))).toBe('ELOOP');
      expect(errno(() => fs.realpath('/nowhere'))).toBe('ENOENT');
      expect(errno(() => fs.stat(''))).toBe('ENOENT');
    });

    it('is relative to the working directory', () => {
      const fs = make();
      fs.mkdir('/a');
      const inside = fs.as({ cwd: '/a' });
      inside.writeFile('f', bytes('x'));
      expect([fs.exists('/a/f'), inside.exists('../a/f'), inside.exists('/f')]).toEqual([true, true, false]);
    });

    it('asks who may', () => {
      const fs = make();
      const other = fs.as(someone);
      fs.mkdir('/private', 0o700);
      fs.writeFile('/private/f', bytes('x'));
      fs.writeFile('/group', bytes('x'));
      fs.chown('/group', -1, 50);
      fs.chmod('/group', 0o060);
      expect([errno(() => other.stat('/private/f')), other.exists('/private/f')]).toEqual(['EACCES', false]);
      expect(text(other.readFile('/group'))).toBe('x');
      expect(errno(() => other.access('/group', 1))).toBe('EACCES');
      expect(errno(() => other.mkdir('/x'))).toBe('EACCES');
      expect(errno(() => other.chmod('/group', 0o777))).toBe('EPERM');
      expect(errno(() => other.chown('/group', 1000, -1))).toBe('EPERM');
      expect(errno(() => other.mknod('/x', 'char', 0o666, 0x103))).toBe('EPERM');
      expect(errno(() => fs.access('/group', 1))).toBe('EACCES');
    });

    it('drops setuid when the owner changes', () => {
      const fs = make();
      fs.writeFile('/f', bytes('x'), 0o755);
      fs.chmod('/f', 0o6755);
      fs.chown('/f', 5, 5);
      expect(fs.stat('/f')).toMatchObject({ mode: 0o755, uid: 5, gid: 5 });
    });

    it('keeps times to the nanosecond', () => {
      const fs = make();
      fs.writeFile('/f', bytes('x'));
      fs.symlink('f', '/l');
      fs.utimes('/l', 5n, 1_700_000_000_123_456_789n);
      fs.lutimes('/l', undefined, 7n);
      expect(fs.stat('/f')).toMatchObject({ atime: 5n, mtime: 1_700_000_000_123_456_789n });
      expect(fs.lstat('/l').mtime).toBe(7n);
    });

    it('keeps extended attributes', () => {
      const fs = make();
      fs.writeFile('/f', bytes('x'));
      fs.setxattr('/f', 'user.note', bytes('hi'));
      expect([text(fs.getxattr('/f', 'user.note')), fs.listxattr('/f')]).toEqual(['hi', ['user.note']]);
      expect(errno(() => fs.as(someone).setxattr('/f', 'user.note', bytes('no')))).toBe('EACCES');
      expect(errno(() => fs.as(someone).setxattr('/f', 'trusted.x', bytes('no')))).toBe('EPERM');
      expect(errno(() => fs.setxattr('/f', 'strange', bytes('x')))).toBe('EOPNOTSUPP');
      fs.removexattr('/f', 'user.note');
      expect(errno(() => fs.getxattr('/f', 'user.note'))).toBe('ENODATA');
      expect(errno(() => fs.removexattr('/f', 'user.note'))).toBe('ENODATA');
    });

    it('makes links, pipes and devices', () => {
      const fs = make();
      fs.writeFile('/f', bytes('x'));
      fs.link('/f', '/g');
      expect([fs.stat('/f').nlink, fs.stat('/g').ino]).toEqual([2, fs.stat('/f').ino]);
      expect(errno(() => fs.link('/f', '/g'))).toBe('EEXIST');
      fs.mknod('/pipe', 'fifo', 0o600);
      fs.mknod('/zero', 'char', 0o666, 0x105);
      expect([fs.stat('/pipe').kind, fs.stat('/zero').rdev]).toEqual(['fifo', 0x105]);
      expect(fs.open('/zero', { read: true }).read(3)).toEqual(new Uint8Array(3));
      expect(errno(() => fs.open('/pipe', { read: true }))).toBe('ENXIO');
    });

    it('gives each failure its errno', () => {
      const fs = make();
      fs.mkdir('/d');
      fs.mkdir('/d/e');
      fs.writeFile('/f', bytes('x'));
      expect(errno(() => fs.mkdir('/d'))).toBe('EEXIST');
      expect(errno(() => fs.mkdir('/no/x'))).toBe('ENOENT');
      expect(errno(() => fs.mkdir('/f/x'))).toBe('ENOTDIR');
      expect(errno(() => fs.rmdir('/d'))).toBe('ENOTEMPTY');
      expect(errno(() => fs.rmdir('/f'))).toBe('ENOTDIR');
      expect(errno(() => fs.rmdir('/'))).toBe('EBUSY');
      expect(errno(() => fs.unlink('/d'))).toBe('EISDIR');
      expect(errno(() => fs.rename('/d', '/d/e/x'))).toBe('EINVAL');
      expect(errno(() => fs.rename('/f', '/d'))).toBe('EISDIR');
      expect(errno(() => fs.rename('/d', '/f'))).toBe('ENOTDIR');
      expect(errno(() => fs.rename('/d/e', '/d'))).toBe('ENOTEMPTY');
      expect(errno(() => fs.truncate('/f', -1))).toBe('EINVAL');
      expect(errno(() => fs.truncate('/d', 0))).toBe('EISDIR');
      expect(errno(() => fs.readdir('/f'))).toBe('ENOTDIR');
      expect(errno(() => fs.readFile('/d'))).toBe('EISDIR');
      expect(errno(() => fs.readlink('/f'))).toBe('EINVAL');
      expect(errno(() => fs.link('/d', '/x'))).toBe('EPERM');
      expect(errno(() => fs.symlink('', '/x'))).toBe('ENOENT');
      expect(errno(() => fs.writeFile(`/${'x'.repeat(256)}`, bytes('')))).toBe('ENAMETOOLONG');
    });
  });
}
