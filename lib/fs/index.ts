/**
 * Files as a process sees them.
 *
 * - `FileSystem`, `OpenFile`, `Stat`, `Viewer`: what programs use. `Tree`, `Mount`, `Attributes`: what storage offers.
 * - `PlainTree`: a tree in memory (tmpfs). `Mounts`: one mount namespace (`mount`, `unmount`). `viewOf(mounts, viewer)`: a
 *   FileSystem; give a function as viewer to follow a process as it changes. `mountFileSystem(tree)`: both at once.
 * - `FsError`, `errnoText`: failures. `root`, `Credentials`, `allows`: who may.
 * - `join normalise resolve dirname basename components isWithin compareNames`: paths as text.
 * - `Inode`, `FileBytes`, `planRename`, `isEmpty`: for those who build another Tree.
 */
export { type Credentials, root } from './credentials';
export { type Errno, errnoText, FsError } from './errno';
export { type ByteChanges, FileBytes } from './file-bytes';
export type {
  Attributes,
  DirectoryEntry,
  FileSystem,
  Ino,
  Kind,
  Mount,
  NewNode,
  OpenFile,
  OpenFlags,
  Stat,
  Tree,
  Usage,
  Viewer,
} from './file-system';
export { directorySize, Inode } from './inode';
export { type Device, type Devices, type MountOptions, Mounts } from './mounts';
export { basename, compareNames, components, dirname, isWithin, join, normalise, resolve } from './path';
export { allows, inGroup } from './permission';
export { PlainTree, type PlainTreeOptions } from './plain-tree';
export { isEmpty, planRename } from './rename';
export { mountFileSystem, viewOf } from './view';
