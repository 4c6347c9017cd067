/** What the package managers have in common: finding a package in the bundled index, and really adding its files. */
import { FsError } from '../../fs';
import { makeAll } from '../applets/directories';
import { executableFile } from '../executable-file';
import type { Run } from '../run';
import { decode, encode } from '../text';
import { type Package, packageIndex } from './package-index';

export const text = (run: Run, path: string): string => (run.fs.exists(path) ? decode(run.fs.readFile(path)) : '');

export async function put(run: Run, path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
  makeAll(run, path.slice(0, path.lastIndexOf('/')) || '/');
  await run.writeFile(path, bytes, mode);
  run.fs.chmod(path, mode);
}

/** Puts a package's files in place: its programs, and a note where each system keeps its own. */
export async function unpackInto(run: Run, item: Package, flavour: 'apk' | 'deb'): Promise<void> {
  const programs = flavour === 'apk' ? (item.apkPrograms ?? item.programs ?? {}) : (item.programs ?? {});
  for (const [path, id] of Object.entries(programs)) await put(run, path, executableFile(id), 0o755);
  for (const [path, content] of Object.entries(item.files ?? {})) await put(run, path, encode(content));
  if (flavour === 'deb')
    await put(
      run,
      `/usr/share/doc/${item.name}/copyright`,
      encode(`This is a Dockerland replica of the package ${item.name}.\n`),
    );
}

/** What must be there, the package itself last. */
export function withDependencies(item: Package, flavour: 'apk' | 'deb', seen = new Set<string>()): Package[] {
  if (seen.has(item.name)) return [];
  seen.add(item.name);
  const below = (item.needs?.[flavour] ?? []).flatMap((name) => {
    const found = packageIndex.find((each) => nameIn(each, flavour) === name);
    return found ? withDependencies(found, flavour, seen) : [];
  });
  return [...below, item];
}

export const nameIn = (item: Package, flavour: 'apk' | 'deb') =>
  flavour === 'apk' ? (item.apk ?? item.name) : (item.deb ?? item.name);
export const versionIn = (item: Package, flavour: 'apk' | 'deb') =>
  flavour === 'apk' ? item.versions[0] : item.versions[1];

export function findPackage(name: string, flavour: 'apk' | 'deb'): Package | undefined {
  return packageIndex.find((item) => nameIn(item, flavour) === name && versionIn(item, flavour) !== undefined);
}

export function mayWrite(run: Run): boolean {
  return run.process.credentials.uid === 0;
}

export function removeFiles(run: Run, paths: readonly string[]): void {
  for (const path of paths) {
    try {
      run.fs.unlink(path);
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
    }
  }
}
