/** Pathname expansion: a pattern → the names that match it, sorted by byte. */
import type { FileSystem } from '../fs';
import { compileGlob, hasMagic, matchesGlob, unliteral } from '../pattern';
import { Fault } from './flow';

/** Of one word. */
const mostNames = 50_000;

export function glob(fs: FileSystem, source: string, dots = false): string[] {
  const components = source.split(/(\/+)/);
  let found = [''];
  for (let at = 0; at < components.length; at++) {
    const component = components[at]!;
    const last = at >= components.length - 1;
    if (component === '') continue;
    if (component.startsWith('/')) found = found.map((path) => path + component);
    else if (hasMagic(component)) found = found.flatMap((path) => entries(fs, path, component, !last, dots));
    else found = found.map((path) => path + unliteral(component)).filter((path) => present(fs, path));
    if (found.length > mostNames) throw new Fault('out of memory');
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}

function present(fs: FileSystem, path: string): boolean {
  try {
    fs.lstat(path);
    return true;
  } catch {
    return false;
  }
}

function entries(
  fs: FileSystem,
  directory: string,
  component: string,
  needDirectory: boolean,
  dots: boolean,
): string[] {
  const pattern = compileGlob(component);
  const hidden = component.startsWith('.') || component.startsWith('\\.');
  let names: string[];
  try {
    names = fs.readdir(directory || '.').map((entry) => entry.name);
  } catch {
    return [];
  }
  if (hidden) names.push('.', '..');
  return names
    .filter((name) => (name.startsWith('.') === hidden || (dots && !hidden)) && matchesGlob(pattern, [...name]))
    .map((name) => directory + name)
    .filter((path) => !needDirectory || isDirectory(fs, path));
}

function isDirectory(fs: FileSystem, path: string): boolean {
  return fs.exists(path) && fs.stat(path).kind === 'directory';
}
