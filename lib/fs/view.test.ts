import { beforeEach, describe, expect, it } from 'vitest';
import { type Errno, type FileSystem, FsError, Mounts, mountFileSystem, PlainTree, type Viewer, viewOf } from '.';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: string) => new TextEncoder().encode(value);
const errno = (action: () => unknown): Errno | undefined => {
  try {
    action();
  } catch (error) {
    if (error instanceof FsError) return error.errno;
    throw error;
  }
  return undefined;
};

let time = 0n;
const tree = () => new PlainTree({ now: () => ++time });
const someone = { credentials: { uid: 1000, gid: 1000, groups: [1000] } };

describe('paths', () => {
  let fs: FileSystem;
  beforeEach(() => {
    fs = mountFileSystem(tree());
    fs.mkdir('/a');
    fs.mkdir('/a/b');
    fs.writeFile('/a/f', bytes('hi'));
  });

  it('follows links, relative, absolute and out of a folder again', () => {
    fs.symlink('../f', '/a/b/up');
    fs.symlink('/a', '/whole');
    expect(text(fs.readFile('/whole/b/up'))).toBe('hi');
    expect(fs.realpath('/whole/b/up')).toBe('/a/f');
    expect(fs.realpath('/whole/b/..')).toBe('/a');
  });

  it('gives up on loops after 40 links', () => {
    fs.symlink('loop', '/loop');
    expect(errno(() => fs.stat('/loop'))).toBe('ELOOP');
    expect(fs.lstat('/loop').kind).toBe('symlink');
  });

  it('allows names of 255 bytes and paths below 4096', () => {
    fs.writeFile(`/${'é'.repeat(127)}`, bytes(''));
    expect(errno(() => fs.writeFile(`/${'é'.repeat(128)}`, bytes('')))).toBe('ENAMETOOLONG');
    expect(errno(() => fs.stat(`/a/${'./'.repeat(2050)}`))).toBe('ENAMETOOLONG');
    expect(fs.stat(`/a/${'./'.repeat(2040)}`).kind).toBe('directory');
  });

  it('treats a trailing slash as a folder', () => {
    expect(errno(() => fs.stat('/a/f/'))).toBe('ENOTDIR');
    expect(errno(() => fs.stat('/a/f/.'))).toBe('ENOTDIR');
    expect(errno(() => fs.writeFile('/new/', bytes('')))).toBe('EISDIR');
    fs.mkdir('/new/');
    expect(errno(() => fs.rmdir('/new/.'))).toBe('EINVAL');
    expect(errno(() => fs.rmdir('/a/b/..'))).toBe('ENOTEMPTY');
    fs.rmdir('/new/');
  });

  it('creates through a dangling link', () => {
    fs.symlink('b/target', '/a/dangling');
    fs.writeFile('/a/dangling', bytes('x'));
    expect(text(fs.readFile('/a/b/target'))).toBe('x');
    expect(errno(() => fs.open('/a/dangling', { write: true, create: true, exclusive: true }))).toBe('EEXIST');
  });
});

describe('permissions', () => {
  it('asks owner, then group, then others, and search on the way', () => {
    const fs = mountFileSystem(tree());
    const other = fs.as(someone);
    fs.mkdir('/d', 0o700);
    fs.writeFile('/d/f', bytes('x'));
    expect(errno(() => other.stat('/d/f'))).toBe('EACCES');
    fs.chmod('/d', 0o755);
    expect(text(other.readFile('/d/f'))).toBe('x');
    expect(errno(() => other.writeFile('/d/f', bytes('y')))).toBe('EACCES');
    fs.chown('/d/f', -1, 1000);
    fs.chmod('/d/f', 0o664);
    other.writeFile('/d/f', bytes('y'));
    expect(errno(() => other.chmod('/d/f', 0o777))).toBe('EPERM');
    expect(errno(() => fs.access('/d/f', 1))).toBe('EACCES');
  });

  it('keeps others from removing in a sticky folder', () => {
    const fs = mountFileSystem(tree());
    fs.mkdir('/tmp');
    fs.chmod('/tmp', 0o1777);
    fs.writeFile('/tmp/mine', bytes(''));
    expect(errno(() => fs.as(someone).unlink('/tmp/mine'))).toBe('EPERM');
    fs.as(someone).writeFile('/tmp/theirs', bytes(''));
    fs.as(someone).unlink('/tmp/theirs');
  });

  it('inherits the group in a setgid folder', () => {
    const fs = mountFileSystem(tree());
    fs.mkdir('/shared');
    fs.chown('/shared', 0, 50);
    fs.chmod('/shared', 0o2777);
    fs.as(someone).mkdir('/shared/in');
    expect(fs.stat('/shared/in')).toMatchObject({ gid: 50, mode: 0o2755, uid: 1000 });
  });
});

describe('mounts', () => {
  it('crosses into them and out with ..', () => {
    const mounts = new Mounts(tree());
    const fs = viewOf(mounts, { credentials: { uid: 0, gid: 0, groups: [] }, cwd: '/', umask: 0 });
    fs.mkdir('/mnt');
    const volume = tree();
    mounts.mount('/mnt', volume, { type: 'ext4' });
    fs.writeFile('/mnt/f', bytes('v'));
    expect(fs.stat('/mnt/..').ino).toBe(fs.stat('/').ino);
    expect(errno(() => fs.rename('/mnt/f', '/f'))).toBe('EXDEV');
    expect(errno(() => fs.link('/mnt/f', '/f'))).toBe('EXDEV');
    expect(errno(() => fs.rmdir('/mnt'))).toBe('EBUSY');
    expect(fs.mounts().map((mount) => mount.path)).toEqual(['/', '/mnt']);
    mounts.unmount('/mnt');
    expect(fs.exists('/mnt/f')).toBe(false);
    expect(errno(() => mounts.unmount('/mnt'))).toBe('EINVAL');
  });

  it('binds a single file, read-only', () => {
    const host = tree();
    mountFileSystem(host).writeFile('/conf', bytes('host'));
    const mounts = new Mounts(tree());
    const fs = viewOf(mounts, { credentials: { uid: 0, gid: 0, groups: [] }, cwd: '/', umask: 0 });
    fs.writeFile('/conf', bytes('image'));
    mounts.mount('/conf', host, { root: host.lookup(host.root, 'conf'), readOnly: true });
    expect(text(fs.readFile('/conf'))).toBe('host');
    expect(errno(() => fs.writeFile('/conf', bytes('x')))).toBe('EROFS');
    expect(errno(() => fs.unlink('/conf'))).toBe('EBUSY');
    mountFileSystem(host).writeFile('/conf', bytes('again'));
    expect(text(fs.readFile('/conf'))).toBe('again');
  });

  it('writes to devices of a read-only root', () => {
    const dev = tree();
    mountFileSystem(dev).mknod('/null', 'char', 0o666, 0x103);
    const fs = mountFileSystem(dev, { readOnly: true });
    fs.writeFile('/null', bytes('gone'));
    expect(fs.readFile('/null')).toHaveLength(0);
    expect(errno(() => fs.mkdir('/x'))).toBe('EROFS');
  });
});

describe('a view', () => {
  it('follows its process', () => {
    const viewer = { credentials: { uid: 0, gid: 0, groups: [] }, cwd: '/', umask: 0o022 } satisfies Viewer;
    const fs = viewOf(new Mounts(tree()), () => viewer);
    fs.mkdir('/d');
    viewer.cwd = '/d';
    viewer.umask = 0o077;
    fs.writeFile('f', bytes('x'));
    expect(fs.stat('/d/f').mode).toBe(0o600);
  });

  it('keeps an open file alive after its name is gone', () => {
    const fs = mountFileSystem(tree());
    fs.writeFile('/f', bytes('still'));
    const used = fs.usage('/').inodesUsed;
    const file = fs.open('/f', { read: true });
    fs.unlink('/f');
    expect(text(file.read(100))).toBe('still');
    file.close();
    expect(fs.usage('/').inodesUsed).toBe(used - 1);
  });

  it('appends at the end whatever the offset', () => {
    const fs = mountFileSystem(tree());
    const a = fs.open('/log', { write: true, create: true, append: true });
    fs.appendFile('/log', bytes('one'));
    a.write(bytes('two'));
    expect(text(fs.readFile('/log'))).toBe('onetwo');
  });

  it('never changes bytes that it handed out', () => {
    const fs = mountFileSystem(tree());
    fs.writeFile('/f', bytes('before'));
    const seen = fs.readFile('/f');
    const file = fs.open('/f', { write: true });
    file.write(bytes('AFTER!'));
    file.truncate(3);
    file.write(bytes('zz'), 3);
    expect(text(seen)).toBe('before');
    expect(text(fs.readFile('/f'))).toBe('AFTzz');
  });
});

describe('quota', () => {
  it('ends in ENOSPC and frees what is removed', () => {
    const fs = mountFileSystem(new PlainTree({ now: () => 0n, quota: { bytes: 10, inodes: 3 } }));
    fs.writeFile('/a', bytes('12345678'));
    expect(errno(() => fs.appendFile('/a', bytes('90ab')))).toBe('ENOSPC');
    fs.writeFile('/b', bytes(''));
    expect(errno(() => fs.writeFile('/c', bytes('')))).toBe('ENOSPC');
    fs.unlink('/b');
    fs.truncate('/a', 2);
    fs.writeFile('/c', bytes('12345678'));
    expect(fs.usage('/')).toMatchObject({ total: 10, used: 10, inodes: 3, inodesUsed: 3 });
  });
});
