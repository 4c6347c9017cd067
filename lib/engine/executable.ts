import { type FileSystem, FsError } from '../fs';
import { cannotStart } from './sentences';

/**
 * The file that a container's first word names: as it is when it holds a slash, else the first executable of that name on
 * PATH. Throws Docker's sentence with 127 when it is not there and 126 when it may not be executed.
 */
export function findExecutable(
  fs: FileSystem,
  name: string,
  env: Readonly<Record<string, string>>,
  fail: (cause: string, exitCode: number) => Error = cannotStart,
): string {
  if (name.includes('/')) return checked(fs, name, fail);
  for (const folder of (env.PATH ?? '').split(':')) {
    const path = `${folder || '.'}/${name}`;
    if (executable(fs, path)) return path;
  }
  throw fail(`exec: ${quoted(name)}: executable file not found in $PATH`, 127);
}

function executable(fs: FileSystem, path: string): boolean {
  try {
    fs.access(path, 1);
    return fs.stat(path).kind === 'file';
  } catch {
    return false;
  }
}

function checked(fs: FileSystem, path: string, fail: (cause: string, exitCode: number) => Error): string {
  try {
    if (fs.stat(path).kind === 'directory') throw fail(`exec: ${quoted(path)}: is a directory: permission denied`, 126);
    fs.access(path, 1);
    return path;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (error.errno === 'EACCES') throw fail(`exec: ${quoted(path)}: permission denied`, 126);
    if (error.errno === 'ENOTDIR') throw fail(`exec: ${quoted(path)}: stat ${path}: not a directory`, 126);
    throw fail(`exec: ${quoted(path)}: stat ${path}: no such file or directory`, 127);
  }
}

/** As Go's %q writes it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
