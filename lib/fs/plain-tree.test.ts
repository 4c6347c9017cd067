import { describe, expect, it } from 'vitest';
import { PlainTree } from './plain-tree';
import { mountFileSystem } from './view';

const text = (words: string) => new TextEncoder().encode(words);

function pattern() {
  const tree = new PlainTree({ now: () => 1n });
  const fs = mountFileSystem(tree);
  fs.mkdir('/d');
  fs.writeFile('/d/f', text('old'));
  return tree;
}

type Fork = (tree: PlainTree, now: () => bigint) => PlainTree;

const kinds: readonly (readonly [string, Fork])[] = [
  ['a fork of a plain tree', (tree, now) => tree.fork(now)],
  ['a fork of what is made when it is looked at', (_, now) => PlainTree.forkOf(pattern, now)],
  ['a fork of such a fork', (_, now) => PlainTree.forkOf(pattern, () => 2n).fork(now)],
];

describe.each(kinds)('%s', (_, make) => {
  const forkOf = (tree: PlainTree, time: bigint) => {
    const fork = make(tree, () => time);
    return { fork, fs: mountFileSystem(fork) };
  };

  it('shows what is in the tree as if it were made now', () => {
    const { fs } = forkOf(pattern(), 5n);
    expect(new TextDecoder().decode(fs.readFile('/d/f'))).toBe('old');
    expect(fs.stat('/d/f')).toMatchObject({ mtime: 5n, ctime: 5n, atime: 5n, size: 3, nlink: 1 });
    expect(fs.stat('/d')).toMatchObject({ mtime: 5n, nlink: 2 });
  });

  it('changes alone: neither the tree nor another fork sees it', () => {
    const tree = pattern();
    const [one, other] = [forkOf(tree, 5n), forkOf(tree, 6n)];
    one.fs.appendFile('/d/f', text(' and new'));
    one.fs.mkdir('/e');
    one.fs.chmod('/d', 0o700);
    expect(one.fs.readFile('/d/f')).toEqual(text('old and new'));
    for (const fs of [other.fs, mountFileSystem(tree)]) {
      expect(fs.readFile('/d/f')).toEqual(text('old'));
      expect(fs.exists('/e')).toBe(false);
      expect(fs.stat('/d').mode).toBe(0o755);
    }
    expect(one.fs.stat('/').mtime).toBe(5n);
    expect(other.fs.stat('/d/f').mtime).toBe(6n);
  });

  it('keeps a file that is open when it is unlinked, although it was opened before the first change', () => {
    const { fork, fs } = forkOf(pattern(), 5n);
    const open = fs.open('/d/f', { read: true });
    const shut = fs.open('/d/f', { read: true });
    shut.close();
    fs.unlink('/d/f');
    expect(open.read(10)).toEqual(text('old'));
    const { inodesUsed } = fork.usage();
    open.close();
    expect(fork.usage().inodesUsed).toBe(inodesUsed - 1);
  });
});
