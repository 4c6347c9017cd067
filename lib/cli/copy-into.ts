import { unpack } from '../engine';
import { basename, dirname, type FileSystem, FsError } from '../fs';
import { readTar, TarWriter } from '../layer';
import { CommandError } from './usage-error';

export interface CopySource {
  readonly name: string;
  readonly isDirectory: boolean;
  /** `SRC/.`: what is inside, not the folder. */
  readonly contents: boolean;
}

/** Unpacks a container's archive at the person's path, by `cp`'s rules about what is there. */
export function copyInto(
  fs: FileSystem,
  tar: Uint8Array,
  source: CopySource,
  target: string,
  options: { readonly copyOwners: boolean },
): void {
  const wantsFolder = target.endsWith('/') && target !== '/';
  const goal = wantsFolder ? target.slice(0, -1) : target;
  const kind = kindAt(fs, goal);
  if (kind === 'directory') {
    put(fs, goal, tar, options);
    return;
  }
  if (kind && source.isDirectory)
    throw new CommandError(
      `cannot copy directory`.replace('cannot copy directory', 'cannot copy directory to file').replace(' to file', ''),
    );
  if (!kind && wantsFolder && !source.isDirectory) throw new CommandError('no such directory');
  if (kindAt(fs, dirname(goal)) !== 'directory')
    throw new CommandError(`invalid output path: directory ${JSON.stringify(dirname(goal))} does not exist`);
  put(fs, dirname(goal), renamed(tar, source, basename(goal)), options);
}

function put(fs: FileSystem, folder: string, tar: Uint8Array, options: { readonly copyOwners: boolean }): void {
  try {
    unpack(fs, folder, tar, { copyOwners: options.copyOwners && fs.viewer.credentials.uid === 0 });
  } catch (error) {
    if (error instanceof FsError)
      throw new CommandError(
        `open ${error.path || folder}: ${error.errno === 'EACCES' ? 'permission denied' : error.message}`,
      );
    throw error;
  }
}

/** The archive with its top entry under another name. */
function renamed(tar: Uint8Array, source: CopySource, name: string): Uint8Array {
  const writer = new TarWriter();
  const swap = (path: string) => {
    if (source.contents) return `${name}/${path.replace(/^\.\//, '')}`;
    return path === source.name || path.startsWith(`${source.name}/`) ? name + path.slice(source.name.length) : path;
  };
  for (const entry of readTar(tar)) {
    const target = entry.kind === 'hardlink' ? { target: swap(entry.target ?? '') } : {};
    writer.add({ ...entry, name: swap(entry.name), ...target }, entry.data);
  }
  return writer.finish();
}

function kindAt(fs: FileSystem, path: string) {
  try {
    return fs.stat(path).kind;
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}
