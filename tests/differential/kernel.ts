import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, layerTime } from './ours';
import { layers, type Step } from './sequence';

const { O_APPEND, O_CREAT, O_EXCL, O_RDWR, O_TRUNC, O_WRONLY } = fs.constants;

/** One overlayfs of the kernel over the layers of `sequence.ts`, on a tmpfs of its own. */
export interface KernelUnion {
  run(step: Step): string;
  picture(): Record<string, string>;
  upper(): Record<string, string>;
  end(): void;
}

/** Why there can be none here, or undefined. */
export function whyNoKernel(): string | undefined {
  if (process.platform !== 'linux') return 'overlayfs is of Linux';
  if (process.getuid?.() !== 0) return 'mounting overlayfs needs root';
  const base = fs.mkdtempSync('/tmp/overlay-');
  try {
    makeKernel(base).end();
    return undefined;
  } catch (error) {
    return `overlayfs cannot be mounted here: ${(error as Error).message.split('\n')[0]}`;
  } finally {
    spawnSync('umount', ['-l', base], { stdio: 'ignore' });
    fs.rmSync(base, { recursive: true, force: true });
  }
}

export function makeKernel(base: string): KernelUnion {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'none', base], { stdio: 'pipe' });
  process.umask(0);
  const lowers = layers.map((files, at) => layFiles(join(base, `lower${at}`), files));
  for (const name of ['upper', 'work', 'merged']) fs.mkdirSync(join(base, name), { mode: 0o755 });
  const options = `lowerdir=${[...lowers].reverse().join(':')},upperdir=${base}/upper,workdir=${base}/work`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', options, join(base, 'merged')], { stdio: 'pipe' });
  const merged = join(base, 'merged');
  return {
    run: (step) => inside(merged, step),
    picture: () => picture(merged, ''),
    upper: () => upper(join(base, 'upper'), ''),
    end: () => {
      spawnSync('umount', [merged]);
      spawnSync('umount', [base]);
    },
  };
}

function layFiles(base: string, files: Readonly<Record<string, string>>): string {
  fs.mkdirSync(base, { mode: 0o755 });
  for (const [name, content] of Object.entries(files)) {
    const path = join(base, name);
    if (name.includes('.wh..wh..opq'))
      execFileSync('setfattr', ['-n', 'trusted.overlay.opaque', '-v', 'y', join(path, '..')]);
    else if (name.includes('.wh.')) execFileSync('mknod', [path.replace('.wh.', ''), 'c', '0', '0']);
    else if (content === '/') fs.mkdirSync(path, { mode: 0o755 });
    else if (content.startsWith('->')) fs.symlinkSync(content.slice(2), path);
    else if (content.startsWith('=')) fs.linkSync(join(base, content.slice(1)), path);
    else fs.writeFileSync(path, content, { mode: 0o644 });
  }
  for (const name of Object.keys(files).reverse()) {
    const path = join(base, name);
    if (!name.includes('.wh.')) fs.lutimesSync(path, layerTime, layerTime);
  }
  return base;
}

/** Absolute paths and links are those of the merged tree: it is the root while a step runs. */
function inside(merged: string, step: Step): string {
  try {
    if (step.uid !== 0) {
      process.setgroups!([]);
      process.setegid!(step.uid);
      process.seteuid!(step.uid);
    }
    return perform(merged, step) ?? 'done';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  } finally {
    if (step.uid !== 0) {
      process.seteuid!(0);
      process.setegid!(0);
    }
  }
}

/** `chroot` would be for good, so absolute link targets are avoided by rewriting them to the merged tree's place. */
const at = (merged: string, path: string) => merged + path;

function perform(merged: string, step: Step): string | undefined {
  const path = at(merged, step.path);
  switch (step.verb) {
    case 'write':
      return put(path, O_WRONLY | O_CREAT | O_TRUNC, step.text);
    case 'append':
      return put(path, O_WRONLY | O_APPEND, step.text);
    case 'exclusive':
      return put(path, O_WRONLY | O_CREAT | O_EXCL, step.text);
    case 'patch': {
      const file = fs.openSync(path, O_RDWR);
      fs.writeSync(file, step.text, step.at);
      const whole = Buffer.alloc(100);
      const length = fs.readSync(file, whole, 0, 100, 0);
      fs.closeSync(file);
      return whole.toString('utf8', 0, length);
    }
    case 'truncate':
      return void fs.truncateSync(path, step.number);
    case 'chmod':
      return void fs.chmodSync(path, step.number);
    case 'mkdir':
      return void fs.mkdirSync(path, { mode: step.number });
    case 'utimes':
      return void fs.lutimesSync(path, step.number, step.number);
    case 'rmdir':
      return void fs.rmdirSync(path);
    case 'unlink':
      return void fs.unlinkSync(path);
    case 'readlink':
      return outside(merged, fs.readlinkSync(path));
    case 'read':
      return fs.readFileSync(path, 'utf8');
    case 'list':
      return fs.readdirSync(path).sort().join();
    case 'stat':
      return told(fs.statSync(path, { bigint: true }));
    case 'rename':
      return void fs.renameSync(path, at(merged, step.other));
    case 'link':
      return void fs.linkSync(path, at(merged, step.other));
    case 'symlink':
      return void fs.symlinkSync(step.other.startsWith('/') ? at(merged, step.other) : step.other, path);
    case 'chown':
      return void fs.lchownSync(path, step.owner, step.group);
  }
}

function outside(merged: string, target: string): string {
  return target.startsWith(merged) ? target.slice(merged.length) : target;
}

function put(path: string, flags: number, text: string): undefined {
  const file = fs.openSync(path, flags, 0o644);
  fs.writeSync(file, text);
  fs.closeSync(file);
}

function kindOf(stat: fs.BigIntStats): string {
  if (stat.isDirectory()) return 'directory';
  return stat.isSymbolicLink() ? 'symlink' : stat.isFile() ? 'file' : stat.isCharacterDevice() ? 'char' : 'other';
}

function told(stat: fs.BigIntStats): string {
  const { mode, uid, gid, nlink, size, mtimeNs } = stat;
  const numbers = {
    mode: Number(mode) & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    nlink: Number(nlink),
    size: Number(size),
  };
  return describe({ kind: kindOf(stat), ...numbers, mtime: mtimeNs });
}

function picture(merged: string, folder: string): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const name of fs.readdirSync(at(merged, folder)).sort()) {
    const path = `${folder}/${name}`;
    const stat = fs.lstatSync(at(merged, path), { bigint: true });
    const kind = kindOf(stat);
    const target = kind === 'symlink' ? fs.readlinkSync(at(merged, path)) : '';
    const content = kind === 'file' ? fs.readFileSync(at(merged, path), 'utf8') : outside(merged, target);
    // The place of the merged tree in an absolute target counts in the size of the link.
    const size = kind === 'symlink' ? BigInt(content.length) : stat.size;
    seen[path] = `${told(Object.assign(Object.create(stat), { size }))} ${content}`;
    if (kind === 'directory') Object.assign(seen, picture(merged, path));
  }
  return seen;
}

function upper(base: string, folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const opaque = new Set(opaqueFolders(base));
  const walk = (path: string) => {
    for (const name of fs.readdirSync(base + path).sort()) {
      const inner = `${path}/${name}`;
      const stat = fs.lstatSync(base + inner, { bigint: true });
      const kind = kindOf(stat);
      found[inner] = kind === 'char' ? 'whiteout' : opaque.has(inner) ? 'opaque directory' : kind;
      if (kind === 'directory') walk(inner);
    }
  };
  walk(folder);
  return found;
}

function opaqueFolders(base: string): string[] {
  const { stdout } = spawnSync('getfattr', ['-R', '-h', '--absolute-names', '-n', 'trusted.overlay.opaque', '.'], {
    cwd: base,
    encoding: 'utf8',
  });
  return [...stdout.matchAll(/^# file: \.?(.*)$/gm)].map(([, path]) => path!.replace(/^([^/])/, '/$1'));
}
