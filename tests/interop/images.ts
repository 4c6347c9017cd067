import type { MemoryContent } from '../../lib/content';
import { type FileSystem, mountFileSystem } from '../../lib/fs';
import { type Image, makeImage } from '../../lib/image';
import { type DiffId, type TarHeader, TarWriter } from '../../lib/layer';
import { Layers, Union } from '../../lib/snapshot';

const bytes = (text: string) => new TextEncoder().encode(text);
const at = 1_700_000_000_000_000_000n;
const plain: TarHeader = { name: '', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: at, size: 0 };
const long = 'n'.repeat(90);

/** Every kind of file, long and foreign names, odd modes and owners: what a layer can hold. */
export function everyKind(): Uint8Array {
  const writer = new TarWriter();
  const folder = (name: string, more: Partial<TarHeader> = {}) =>
    writer.add({ ...plain, kind: 'directory', mode: 0o755, name, ...more });
  const file = (name: string, content: string, more: Partial<TarHeader> = {}) =>
    writer.add({ ...plain, name, ...more }, bytes(content));
  folder('kinds/');
  file('kinds/file', 'plain\n');
  file('kinds/empty', '');
  file('kinds/setuid', 'x', { mode: 0o4755, uid: 5, gid: 7 });
  file('kinds/none', 'x', { mode: 0 });
  file('kinds/großer Name – 名前', 'unicode\n');
  file('kinds/nanoseconds', 'x', { mtime: at + 123_456_789n });
  file('kinds/many', 'x', { uid: 3_000_000, gid: 3_000_000 });
  file('kinds/attributes', 'x', { xattrs: new Map([['user.note', bytes('hello')]]) });
  writer.add({ ...plain, name: 'kinds/hard', kind: 'hardlink', target: 'kinds/file' });
  writer.add({ ...plain, name: 'kinds/soft', kind: 'symlink', mode: 0o777, target: '../kinds/file' });
  writer.add({ ...plain, name: 'kinds/far', kind: 'symlink', mode: 0o777, target: `/${long}/${long}/${long}` });
  writer.add({ ...plain, name: 'kinds/fifo', kind: 'fifo', mode: 0o600 });
  writer.add({ ...plain, name: 'kinds/null', kind: 'char', mode: 0o666, rdev: 0x103 });
  writer.add({ ...plain, name: 'kinds/loop0', kind: 'block', mode: 0o660, rdev: 0x700 });
  folder('kinds/sticky/', { mode: 0o1777 });
  folder(`kinds/${long}/`);
  folder(`kinds/${long}/${long}/`);
  file(`kinds/${long}/${long}/${long}`, 'deep\n');
  file(`kinds/${long}/${'m'.repeat(120)}`, 'wide\n');
  folder('old/');
  file('old/hidden', 'x');
  file('old/kept', 'x');
  folder('swap/');
  file('swap/one', '1');
  file('turn', 'a file, later a folder\n');
  return writer.finish();
}

/** Work that leaves every kind of mark on a sheet: the same done by a shell in a container is `work.sh`. */
export function work(fs: FileSystem): void {
  fs.unlink('/old/hidden');
  fs.unlink('/swap/one');
  fs.rmdir('/swap');
  fs.mkdir('/swap', 0o750);
  fs.writeFile('/swap/two', bytes('2\n'), 0o640);
  fs.unlink('/turn');
  fs.mkdir('/turn', 0o755);
  fs.writeFile('/turn/inside', bytes('now a folder\n'), 0o644);
  fs.chmod('/kinds/setuid', 0o755);
  fs.appendFile('/kinds/file', bytes('more\n'));
  fs.rename('/kinds/empty', '/kinds/renamed');
  fs.link('/kinds/none', '/kinds/second');
  fs.symlink('renamed', '/kinds/newlink');
  fs.mkdir('/made', 0o755);
  fs.mkdir('/made/deep', 0o700);
  fs.writeFile('/made/deep/file', bytes('x\n'), 0o600);
  fs.writeFile('/gone', bytes('x'), 0o644);
  fs.unlink('/gone');
  fs.unlink('/kinds/soft');
  fs.unlink('/kinds/sticky/../fifo');
}

export const workScript = `set -e
umask 022
rm /old/hidden; rm /swap/one; rmdir /swap; mkdir -m 750 /swap; printf '2\\n' > /swap/two; chmod 640 /swap/two
rm /turn; mkdir /turn; echo 'now a folder' > /turn/inside
chmod 755 /kinds/setuid; echo more >> /kinds/file; mv /kinds/empty /kinds/renamed; ln /kinds/none /kinds/second
ln -s renamed /kinds/newlink; mkdir /made; mkdir -m 700 /made/deep; echo x > /made/deep/file; chmod 600 /made/deep/file
echo x > /gone; rm /gone; rm /kinds/soft; rm /kinds/fifo`;

/** An image of some layers and one more: what `work` made of them. */
export function workedImage(
  content: MemoryContent,
  layers: readonly Uint8Array[],
  tarOf: (union: Union) => Uint8Array,
): Image {
  const diffIds = layers.map((layer) => content.put(layer) as DiffId);
  const union = new Union({ lower: new Layers(content).lower(diffIds), now: () => at });
  work(mountFileSystem(union, { viewer: { umask: 0 } }));
  const top = content.put(tarOf(union)) as DiffId;
  const config = { Cmd: ['cat', '/turn/inside'], Env: ['PATH=/bin'], Labels: { b: '<2>', a: '1' }, WorkingDir: '/' };
  const history = [...layers, top].map((_, step) => ({
    created: '2026-01-05T09:00:00Z',
    created_by: `step ${step} & more`,
  }));
  return makeImage(content, { diffIds: [...diffIds, top], config, history, created: '2026-01-05T09:00:00Z' });
}
