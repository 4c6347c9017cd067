import { MemoryContent } from '../../lib/content';
import { mountFileSystem, PlainTree } from '../../lib/fs';
import { TarWriter } from '../../lib/layer';
import { Layers, LowerTree, Snapshots, Union } from '../../lib/snapshot';
import { fileSystemContract } from './file-system';
import { snapshotterContract } from './snapshotter';
import { quotaContract, treeContract } from './tree';

let time = 1_700_000_000_000_000_000n;
const now = () => ++time;

/** Layers in which everything is hidden by the topmost: what was below must not show. */
function emptyLower(): LowerTree {
  const plain = { mode: 0o755, uid: 0, gid: 0, mtime: 0n, size: 0 } as const;
  const below = new TarWriter();
  for (const name of ['d/', 'a/', 'b/', 'one/']) below.add({ ...plain, name, kind: 'directory' });
  for (const name of ['d/f', 'f', 'l', 'a/f']) below.add({ ...plain, name, kind: 'file' });
  const above = new TarWriter();
  above.add({ ...plain, name: '.wh..wh..opq', kind: 'file' });
  return new LowerTree(new LowerTree(undefined, below.finish()), above.finish());
}

const quota = { bytes: 100, inodes: 4 };
treeContract('in memory', () => new PlainTree({ now }));
treeContract('of a sheet over nothing', () => new Union({ now }));
treeContract('of a sheet over layers that hide everything', () => new Union({ lower: emptyLower(), now }));
quotaContract('a tree in memory', () => new PlainTree({ now, quota }));
quotaContract('a sheet over nothing', () => new Union({ now, quota }));
quotaContract('a sheet over layers', () => new Union({ lower: emptyLower(), now, quota }));
fileSystemContract('in memory', () => mountFileSystem(new PlainTree({ now })));
fileSystemContract('over a sheet', () => mountFileSystem(new Union({ now })));
fileSystemContract('over a sheet over layers', () => mountFileSystem(new Union({ lower: emptyLower(), now })));
snapshotterContract('in memory', () => {
  const content = new MemoryContent();
  return { content, snapshots: new Snapshots({ layers: new Layers(content), now }) };
});
