/** Where a command is: PATH. */
import type { Shell } from './shell';

/** The path of an executable; a name with a slash is its own. Undefined when PATH has none such. */
export function findExecutable(
  shell: Shell,
  name: string,
  path = shell.variables.get('PATH') ?? '',
): string | undefined {
  if (name.includes('/')) return name;
  if (name === '') return undefined;
  let refused: string | undefined;
  for (const directory of path.split(':')) {
    const candidate = `${directory || '.'}/${name}`;
    if (!isFile(shell, candidate)) continue;
    if (mayExecute(shell, candidate)) return candidate;
    refused ??= candidate;
  }
  return refused;
}

function isFile(shell: Shell, path: string): boolean {
  return shell.process.fs.exists(path) && shell.process.fs.stat(path).kind === 'file';
}

export function mayExecute(shell: Shell, path: string): boolean {
  try {
    shell.process.fs.access(path, 1);
    return isFile(shell, path);
  } catch {
    return false;
  }
}
