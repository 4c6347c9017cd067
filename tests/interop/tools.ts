import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';

/** Runs a program and answers what it printed; its own words are in the error when it fails. */
export function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
}

export function runBytes(program: string, ...args: readonly string[]): Uint8Array {
  return new Uint8Array(execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 30 }));
}

const works = (program: string, ...args: readonly string[]) =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

export const root = process.getuid?.() === 0;
export const skopeo = works('skopeo', '--version');
export const umoci = works('umoci', '--version');
/** A Docker Engine with the overlay2 driver and busybox at hand. */
export const docker = works('docker', 'version') && works('docker', 'image', 'inspect', 'busybox:latest');

for (const [name, there] of Object.entries({ root, skopeo, umoci, 'docker with busybox:latest': docker })) {
  if (!there) console.warn(`SKIPPED: what needs ${name}, which is not to be had here (see npm run interop).`);
}

/** Everything in a folder of this machine: path → kind, mode, owner, content. */
export function folderPicture(base: string, folder = ''): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const name of fs.readdirSync(join(base, folder)).sort()) {
    const path = `${folder}/${name}`;
    const stat = fs.lstatSync(join(base, path));
    const kind = kindOf(stat);
    const content =
      kind === 'file'
        ? fs.readFileSync(join(base, path), 'base64')
        : kind === 'symlink'
          ? fs.readlinkSync(join(base, path))
          : '';
    seen[path] = [
      kind,
      (stat.mode & 0o7777).toString(8),
      stat.uid,
      stat.gid,
      Math.floor(stat.mtimeMs / 1000),
      content,
    ].join(' ');
    if (kind === 'directory') Object.assign(seen, folderPicture(base, path));
  }
  return seen;
}

function kindOf(stat: fs.Stats): string {
  if (stat.isDirectory()) return 'directory';
  if (stat.isSymbolicLink()) return 'symlink';
  if (stat.isFIFO()) return 'fifo';
  return stat.isCharacterDevice() ? 'char' : stat.isBlockDevice() ? 'block' : 'file';
}
