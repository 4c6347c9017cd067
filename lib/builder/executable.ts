import { type FileSystem, FsError, join } from '../fs';

/** Where the program of an argv is, or runc's complaint about it. */
export type Executable = { readonly path: string } | { readonly complaint: string };

export function findExecutable(files: FileSystem, name: string, path: string, cwd: string): Executable {
  if (name.includes('/')) return direct(files, name, cwd);
  for (const folder of path.split(':')) {
    const candidate = join(folder || cwd, name);
    if (isExecutable(files, candidate) === 'yes') return { path: candidate };
  }
  return { complaint: `exec: "${name}": executable file not found in $PATH` };
}

function direct(files: FileSystem, name: string, cwd: string): Executable {
  const path = name.startsWith('/') ? name : join(cwd, name);
  switch (isExecutable(files, path)) {
    case 'yes':
      return { path };
    case 'forbidden':
      return { complaint: `exec: "${name}": permission denied` };
    case 'folder':
      return { complaint: `exec: "${name}": is a directory` };
    case 'no':
      return { complaint: `exec: "${name}": stat ${name}: no such file or directory` };
  }
}

function isExecutable(files: FileSystem, path: string): 'yes' | 'no' | 'forbidden' | 'folder' {
  try {
    const { kind, mode } = files.stat(path);
    if (kind === 'directory') return 'folder';
    return kind === 'file' && (mode & 0o111) !== 0 ? 'yes' : 'forbidden';
  } catch (error) {
    if (error instanceof FsError) return 'no';
    throw error;
  }
}
