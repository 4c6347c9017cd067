export { type Credentials, root } from './credentials';
export { type Errno, errnoText, FsError } from './errno';
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
