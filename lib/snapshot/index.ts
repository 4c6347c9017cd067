/**
 * Layers stacked, with one writable sheet on top.
 *
 * - `Layers(content).lower(diffIds)` → `LowerTree`: a stack as one immutable tree, built once and shared.
 * - `Sheet(lower)`: the writable sheet: `drain() apply(patch) serialise() packing() clone() digest() stateDigest() isEmpty bytes inodes size`.
 *   `SheetPatch`: what a turn changed.
 * - `Union({ lower, sheet, now, quota })`: the Tree that a container sees (mount it with lib/fs). Over no layers: a volume.
 * - `changes(lower, sheet)`: `docker diff`. `changedTar(sheet)`: `docker commit`'s layer. `exportTar(tree)`, `treeEntries`:
 *   `docker export`. `provenance(lower, sheet, path)`: which layer a path comes from, and what it hides.
 * - `Snapshotter`, and `Snapshots`, which keeps them in memory: `prepare restore get changes commit remove`.
 */
export { changes } from './changes';
export { Layers } from './layers';
export type { LowerNode } from './lower-node';
export { LowerTree } from './lower-tree';
export { type Provenance, provenance, type Saying } from './provenance';
export { Sheet, whiteout } from './sheet';
export { SheetInode } from './sheet-inode';
export type { SheetNode, SheetPatch } from './sheet-patch';
export { Snapshots, type SnapshotsOptions, type Snapshotter } from './snapshotter';
export { changedTar, exportTar, treeEntries } from './tree-tar';
export { Union, type UnionOptions } from './union';
