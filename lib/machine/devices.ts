import { mountFileSystem, PlainTree } from '../fs';

/** A container's /dev as runc makes it: the memory devices, the terminal's names, and the links into /proc/self/fd. */
export function deviceTree(now: () => bigint, tty: boolean): PlainTree {
  const pattern = patterns.get(tty) ?? makePattern(tty);
  patterns.set(tty, pattern);
  return pattern.fork(now);
}

/** What all containers begin with, with a terminal and without: most never change it. */
const patterns = new Map<boolean, PlainTree>();

function makePattern(tty: boolean): PlainTree {
  const tree = new PlainTree({ now: () => 0n });
  const fs = mountFileSystem(tree, { viewer: { umask: 0 } });
  for (const [name, minor] of memory) fs.mknod(`/${name}`, 'char', 0o666, 256 + minor);
  fs.mknod('/tty', 'char', 0o666, 5 * 256);
  if (tty) fs.mknod('/console', 'char', 0o620, 136 * 256);
  for (const folder of ['/pts', '/mqueue', '/shm']) fs.mkdir(folder, folder === '/pts' ? 0o755 : 0o1777);
  if (tty) fs.mknod('/pts/0', 'char', 0o620, 136 * 256);
  for (const [target, name] of links) fs.symlink(target, name);
  return tree;
}

/** Minor numbers of major 1 (Linux, Documentation/admin-guide/devices.txt). */
const memory = [
  ['null', 3],
  ['zero', 5],
  ['full', 7],
  ['random', 8],
  ['urandom', 9],
] as const;

const links = [
  ['/proc/self/fd', '/fd'],
  ['/proc/self/fd/0', '/stdin'],
  ['/proc/self/fd/1', '/stdout'],
  ['/proc/self/fd/2', '/stderr'],
  ['pts/ptmx', '/ptmx'],
  ['/proc/kcore', '/core'],
] as const;
