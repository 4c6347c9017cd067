import { describe, expect, it } from 'vitest';
import type { MemoryContent } from '../../lib/content';
import { Failure } from '../../lib/errors';
import { type FileSystem, mountFileSystem } from '../../lib/fs';
import { changeLine, type DiffId, type TarHeader, TarWriter } from '../../lib/layer';
import type { Snapshotter } from '../../lib/snapshot';

const bytes = (value: string) => new TextEncoder().encode(value);
const text = (content: Uint8Array) => new TextDecoder().decode(content);
const plain: TarHeader = {
  name: '',
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 1_600_000_000_000_000_000n,
  size: 0,
};

function layer(content: MemoryContent, files: Readonly<Record<string, string>>): DiffId {
  const writer = new TarWriter();
  for (const [name, value] of Object.entries(files)) {
    if (name.endsWith('/')) writer.add({ ...plain, name, kind: 'directory', mode: 0o755 });
    else writer.add({ ...plain, name }, bytes(value));
  }
  return content.put(writer.finish()) as DiffId;
}

const code = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    return (error as Failure).code;
  }
  return undefined;
};

/** What every Snapshotter does. `make` answers an empty one and the store where it looks for layers. */
export function snapshotterContract(
  name: string,
  make: () => { content: MemoryContent; snapshots: Snapshotter },
): void {
  const prepared = () => {
    const { content, snapshots } = make();
    const diffIds = [layer(content, { 'app/': '', 'app/f': 'one' }), layer(content, { 'app/g': 'two' })];
    const open = (key: string): FileSystem => mountFileSystem(snapshots.get(key));
    return { content, snapshots, diffIds, open };
  };

  describe(`the snapshotter ${name}`, () => {
    it('shows the layers, and keeps what is written to each snapshot apart', () => {
      const { snapshots, diffIds, open } = prepared();
      snapshots.prepare('a', diffIds);
      snapshots.prepare('b', diffIds);
      open('a').writeFile('/app/f', bytes('changed'));
      expect([text(open('a').readFile('/app/f')), text(open('b').readFile('/app/f'))]).toEqual(['changed', 'one']);
      expect(snapshots.changes('a').map(changeLine)).toEqual(['C /app', 'C /app/f']);
      expect(snapshots.changes('b')).toEqual([]);
      expect(snapshots.keys()).toEqual(['a', 'b']);
    });

    it('commits a layer that makes the same files, as often as asked', () => {
      const { content, snapshots, diffIds, open } = prepared();
      snapshots.prepare('a', diffIds);
      open('a').unlink('/app/f');
      open('a').mkdir('/made');
      const { diffId, tar } = snapshots.commit('a');
      expect(snapshots.commit('a').diffId).toBe(diffId);
      expect(content.put(tar)).toBe(diffId);
      snapshots.prepare('b', [...diffIds, diffId]);
      expect(
        open('b')
          .readdir('/app')
          .map(({ name: entry }) => entry),
      ).toEqual(['g']);
      expect(open('b').stat('/made').kind).toBe('directory');
      expect(snapshots.changes('b')).toEqual([]);
    });

    it('restores what was saved', () => {
      const { snapshots, diffIds, open } = prepared();
      snapshots.prepare('a', diffIds);
      open('a').appendFile('/app/g', bytes(' more'));
      snapshots.restore('b', diffIds, snapshots.get('a').sheet.serialise());
      expect(text(open('b').readFile('/app/g'))).toBe('two more');
      expect(snapshots.get('b').sheet.digest()).toBe(snapshots.get('a').sheet.digest());
    });

    it('begins without layers too', () => {
      const { snapshots, open } = prepared();
      snapshots.prepare('scratch', []);
      open('scratch').writeFile('/f', bytes('x'));
      expect(snapshots.changes('scratch').map(changeLine)).toEqual(['A /f']);
    });

    it('refuses a key that is taken, one that is not there, and layers that are not', () => {
      const { snapshots, diffIds } = prepared();
      snapshots.prepare('a', diffIds);
      expect(code(() => snapshots.prepare('a', diffIds))).toBe('conflict');
      expect(code(() => snapshots.restore('a', diffIds, { nodes: [], data: [], entries: [] }))).toBe('conflict');
      expect(code(() => snapshots.prepare('b', [`sha256:${'0'.repeat(64)}` as DiffId]))).toBe('not-found');
      expect(snapshots.has('b')).toBe(false);
      snapshots.remove('a');
      for (const verb of ['get', 'changes', 'commit', 'remove'] as const)
        expect(code(() => snapshots[verb]('a'))).toBe('not-found');
      snapshots.prepare('a', diffIds);
      expect(snapshots.changes('a')).toEqual([]);
    });

    it('keeps a snapshot as it was when a patch does not fit', () => {
      const { snapshots, diffIds } = prepared();
      expect(() => snapshots.restore('a', diffIds, { nodes: [], data: [], entries: [[7, 'x', 9]] })).toThrow(Failure);
      expect(snapshots.has('a')).toBe(false);
    });
  });
}
