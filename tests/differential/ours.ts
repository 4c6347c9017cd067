import { type Credentials, type FileSystem, FsError, mountFileSystem } from '../../lib/fs';
import { type TarHeader, TarWriter } from '../../lib/layer';
import { LowerTree, type Sheet, Union, whiteout } from '../../lib/snapshot';
import { layers, type Step } from './sequence';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array) => new TextDecoder().decode(content);

/** When the lower layers were made, in seconds. */
export const layerTime = 1_500_000_000;

function layerTar(files: Readonly<Record<string, string>>): Uint8Array {
  const writer = new TarWriter();
  for (const [name, content] of Object.entries(files)) {
    const common: TarHeader = {
      name,
      kind: 'file',
      mode: 0o644,
      uid: 0,
      gid: 0,
      mtime: BigInt(layerTime) * 1_000_000_000n,
      size: 0,
    };
    if (content === '/') writer.add({ ...common, kind: 'directory', mode: 0o755 });
    else if (content.startsWith('->'))
      writer.add({ ...common, kind: 'symlink', mode: 0o777, target: content.slice(2) });
    else if (content.startsWith('=')) writer.add({ ...common, kind: 'hardlink', target: content.slice(1) });
    else writer.add(common, bytes(content));
  }
  return writer.finish();
}

/** The layers as they travel. */
export const layerTars = layers.map(layerTar);

export const lower = layerTars.reduce<LowerTree | undefined>((below, tar) => new LowerTree(below, tar), undefined)!;

/** Our union over the same layers, and what it answers to a step: an errno, or what was read. */
export function makeOurs(over: LowerTree = lower): {
  readonly union: Union;
  readonly fs: FileSystem;
  run(step: Step): string;
} {
  let time = 1_800_000_000_000_000_000n;
  const union = new Union({ lower: over, now: () => (time += 1_000n) });
  const fs = mountFileSystem(union, { viewer: { umask: 0 } });
  const credentials = (uid: number): Credentials => ({ uid, gid: uid, groups: [] });
  return { union, fs, run: (step) => attempt(() => perform(fs.as({ credentials: credentials(step.uid) }), step)) };
}

function attempt(action: () => string | undefined): string {
  try {
    return action() ?? 'done';
  } catch (error) {
    if (error instanceof FsError) return error.errno;
    throw error;
  }
}

function perform(fs: FileSystem, step: Step): string | undefined {
  switch (step.verb) {
    case 'write':
      return void fs.writeFile(step.path, bytes(step.text), 0o644);
    case 'append': {
      const file = fs.open(step.path, { write: true, append: true }, 0o644);
      file.write(bytes(step.text));
      return void file.close();
    }
    case 'exclusive': {
      const file = fs.open(step.path, { write: true, create: true, exclusive: true }, 0o644);
      file.write(bytes(step.text));
      return void file.close();
    }
    case 'patch': {
      const file = fs.open(step.path, { read: true, write: true });
      file.write(bytes(step.text), step.at);
      const whole = text(file.read(100, 0));
      file.close();
      return whole;
    }
    case 'truncate':
      return void fs.truncate(step.path, step.number);
    case 'chmod':
      return void fs.chmod(step.path, step.number);
    case 'mkdir':
      return void fs.mkdir(step.path, step.number);
    case 'utimes':
      return void fs.lutimes(step.path, BigInt(step.number) * 1_000_000_000n, BigInt(step.number) * 1_000_000_000n);
    case 'rmdir':
      return void fs.rmdir(step.path);
    case 'unlink':
      return void fs.unlink(step.path);
    case 'readlink':
      return fs.readlink(step.path);
    case 'read':
      return text(fs.readFile(step.path));
    case 'list':
      return fs
        .readdir(step.path)
        .map(({ name }) => name)
        .join();
    case 'stat':
      return describe(fs.stat(step.path));
    case 'rename':
      return void fs.rename(step.path, step.other);
    case 'link':
      return void fs.link(step.path, step.other);
    case 'symlink':
      return void fs.symlink(step.other, step.path);
    case 'chown':
      return void fs.lchown(step.path, step.owner, step.group);
  }
}

/** Kind, mode, owner, links, size (not of folders: that is the disk's affair), and the time when it was set by hand. */
export function describe(stat: {
  kind: string;
  mode: number;
  uid: number;
  gid: number;
  nlink: number;
  size: number;
  mtime: bigint;
}): string {
  const { kind, mode, uid, gid, nlink, size, mtime } = stat;
  const when = mtime < 1_600_000_000_000_000_000n ? String(mtime / 1_000_000_000n) : 'now';
  return [kind, mode.toString(8), uid, gid, nlink, kind === 'directory' ? '-' : size, when].join(' ');
}

export function picture(fs: FileSystem, folder = ''): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const { name, kind } of fs.readdir(folder || '/')) {
    const path = `${folder}/${name}`;
    const content = kind === 'file' ? text(fs.readFile(path)) : kind === 'symlink' ? fs.readlink(path) : '';
    seen[path] = `${describe(fs.lstat(path))} ${content}`;
    if (kind === 'directory') Object.assign(seen, picture(fs, path));
  }
  return seen;
}

/** What is on the sheet itself, as overlayfs would lay it in its upper folder. */
export function upper(sheet: Sheet, ino = 1, path = ''): Record<string, string> {
  const found: Record<string, string> = {};
  const folder = sheet.nodes.get(ino);
  for (const [name, child] of folder?.names ?? []) {
    const inner = `${path}/${name}`;
    if (child === whiteout) found[inner] = 'whiteout';
    else {
      const node = sheet.node(child);
      found[inner] = node.opaque ? 'opaque directory' : node.kind;
      if (node.kind === 'directory') Object.assign(found, upper(sheet, child, inner));
    }
  }
  return found;
}
