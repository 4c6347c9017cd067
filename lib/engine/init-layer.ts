import type { Digest } from '../content';
import { FsError, mountFileSystem, root } from '../fs';
import { asDiffId, diffIdOf } from '../layer';
import { changedTar, type Layers, Union } from '../snapshot';
import type { Daemon } from './daemon';
import type { ImageRecord } from './state';
import { parseTime } from './time';

const folders = ['/dev/pts', '/dev/shm', '/proc', '/sys'];
const files = ['/.dockerenv', '/etc/resolv.conf', '/etc/hosts', '/etc/hostname', '/dev/console'];

/** Made once for all engines that share their layers. */
const made = new WeakMap<Layers, Map<string, readonly Digest[]>>();

/**
 * The thin layer that Docker puts between an image and each of its containers: the mount points that every container needs
 * and the image may lack. `docker diff` compares with it, so those never show. The same image has the same one, to the
 * digest, so its times are the image's. (moby, daemon/initlayer/setup_unix.go)
 */
export function initLayer(daemon: Daemon, image: ImageRecord): readonly Digest[] {
  const { layers } = daemon.options;
  const known = made.get(layers) ?? new Map<string, readonly Digest[]>();
  made.set(layers, known);
  const key = [image.created, ...image.diffIds].join();
  let layer = known.get(key);
  if (!layer) known.set(key, (layer = makeInitLayer(daemon, image)));
  return layer;
}

function makeInitLayer(daemon: Daemon, image: ImageRecord): readonly Digest[] {
  const { content, layers } = daemon.options;
  const lower = layers.lower(image.diffIds.map(asDiffId));
  const time = parseTime(image.created) ?? 0n;
  const union = new Union({ lower, now: () => time });
  const fs = mountFileSystem(union, { viewer: { credentials: root, umask: 0 } });
  const parent = (path: string) => {
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    if (!fs.exists(folder)) fs.mkdir(folder, 0o755);
  };
  const present = (path: string) => {
    try {
      return fs.lstat(path) !== undefined;
    } catch (error) {
      if (error instanceof FsError) return false;
      throw error;
    }
  };
  const missing = (path: string) => {
    if (present(path)) return false;
    parent(path);
    return true;
  };
  for (const path of folders) if (missing(path)) fs.mkdir(path, 0o755);
  for (const path of files) if (missing(path)) fs.writeFile(path, new Uint8Array(), 0o755);
  if (missing('/etc/mtab')) fs.symlink('/proc/mounts', '/etc/mtab');
  if (union.sheet.isEmpty) return [];
  const tar = changedTar(union.sheet);
  content.put(tar);
  return [diffIdOf(tar)];
}
