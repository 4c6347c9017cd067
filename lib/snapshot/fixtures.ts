import { type FileSystem, FsError, mountFileSystem } from '../fs';
import { type TarHeader, TarWriter } from '../layer';
import { LowerTree } from './lower-tree';
import type { Sheet } from './sheet';
import { Union } from './union';

/** Small layers and random work on them, for the tests of this room. */

const encoder = new TextEncoder();

/** `'app/'` a folder, `'app/f': 'text'` a file, `'app/l': { link: 'app/f' }` a hard link, `{ to }` a symlink, `.wh.` as in OCI. */
export type Files = Readonly<Record<string, string | Uint8Array | { readonly link: string } | { readonly to: string }>>;

export function layerOf(files: Files, mtime = 1_700_000_000n): Uint8Array {
  const writer = new TarWriter();
  for (const [name, value] of Object.entries(files)) {
    const folder = name.endsWith('/');
    const common: TarHeader = {
      name,
      kind: 'file',
      mode: folder ? 0o755 : 0o644,
      uid: 0,
      gid: 0,
      mtime: mtime * 1_000_000_000n,
      size: 0,
    };
    if (folder) writer.add({ ...common, kind: 'directory' });
    else if (typeof value === 'string') writer.add(common, encoder.encode(value));
    else if (value instanceof Uint8Array) writer.add(common, value);
    else if ('link' in value) writer.add({ ...common, kind: 'hardlink', target: value.link });
    else writer.add({ ...common, kind: 'symlink', mode: 0o777, target: value.to });
  }
  return writer.finish();
}

export function stack(...layers: readonly Files[]): LowerTree {
  return layers.reduce<LowerTree | undefined>((below, files) => new LowerTree(below, layerOf(files)), undefined)!;
}

/** A union over a stack, with a clock that moves one nanosecond a look, seen as a file system. */
export function over(lower: LowerTree | undefined, sheet?: Sheet): { readonly union: Union; readonly fs: FileSystem } {
  let time = 1_800_000_000_000_000_000n;
  const union = new Union({ lower, now: () => ++time, ...(sheet && { sheet }) });
  return { union, fs: mountFileSystem(union, { viewer: { umask: 0 } }) };
}

export type Step = readonly [verb: number, path: string, other: string, size: number];

const verbs: readonly ((fs: FileSystem, path: string, other: string, size: number) => void)[] = [
  (fs, path, _, size) => fs.writeFile(path, new Uint8Array(size).fill(size)),
  (fs, path, _, size) => fs.appendFile(path, new Uint8Array(size).fill(65 + size)),
  (fs, path, _, size) => fs.truncate(path, size),
  (fs, path, _, size) => writeAt(fs, path, size),
  (fs, path) => fs.mkdir(path),
  (fs, path) => fs.rmdir(path),
  (fs, path) => fs.unlink(path),
  (fs, path, other) => fs.rename(path, other),
  (fs, path, other) => fs.link(path, other),
  (fs, path, other) => fs.symlink(other, path),
  (fs, path, _, size) => fs.chmod(path, 0o600 + (size % 64)),
  (fs, path, _, size) => fs.lchown(path, size, -1),
  (fs, path, _, size) => fs.lutimes(path, BigInt(size), BigInt(size) * 1_000_000_000n),
  (fs, path, _, size) => fs.setxattr(path, `user.n${size % 3}`, new Uint8Array([size])),
  (fs, path, _, size) => fs.removexattr(path, `user.n${size % 3}`),
  (fs, path, _, size) => fs.mknod(path, 'fifo', 0o640 + (size % 8)),
];

export const verbCount = verbs.length;

function writeAt(fs: FileSystem, path: string, size: number): void {
  const file = fs.open(path, { write: true });
  file.write(new Uint8Array([size, size]), size * 2);
  file.close();
}

/** Does one step; answers the errno when it is refused. */
export function tryStep(fs: FileSystem, [verb, path, other, size]: Step): string | undefined {
  try {
    verbs[verb % verbs.length]!(fs, path, other, size);
  } catch (error) {
    if (error instanceof FsError) return error.errno;
    throw error;
  }
  return undefined;
}

/** Everything that can be seen, by path. */
export function picture(fs: FileSystem, folder = '/', times = true): Record<string, unknown> {
  const seen: Record<string, unknown> = {};
  for (const { name, kind } of fs.readdir(folder)) {
    const path = `${folder === '/' ? '' : folder}/${name}`;
    const { mode, uid, gid, size, nlink, mtime } = fs.lstat(path);
    const content = kind === 'file' ? fs.readFile(path).join() : kind === 'symlink' ? fs.readlink(path) : '';
    const xattrs =
      kind === 'symlink'
        ? []
        : fs
            .listxattr(path)
            .sort()
            .map((key) => `${key}=${fs.getxattr(path, key).join()}`);
    seen[path] = [kind, mode, uid, gid, size, nlink, times ? String(mtime) : '', content, xattrs.join(';')].join(' ');
    if (kind === 'directory') Object.assign(seen, picture(fs, path, times));
  }
  return seen;
}
