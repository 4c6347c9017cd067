import { root } from './credentials';
import { FsError } from './errno';
import type { Ino, Mount, Tree } from './file-system';
import { type Place, walk } from './walk';

/** What a device number leads to. `read` answers an empty array at the end; `write` how many bytes it took. */
export interface Device {
  read(length: number): Uint8Array;
  write(bytes: Uint8Array): number;
}

/** Finds the driver of a device node (`rdev` is `major * 256 + minor`); undefined is ENXIO on open. */
export type Devices = (kind: 'char' | 'block', rdev: number) => Device | undefined;

export interface MountOptions {
  readonly readOnly?: boolean;
  /** As /proc/mounts names them. Default `none` and `tmpfs`. */
  readonly source?: string;
  readonly type?: string;
  /** The folder or single file of the tree that is mounted. Default: its root. */
  readonly root?: Ino;
}

/** A mount with what is mounted over it (most have nothing): inode of the mount point → the mount there. */
export interface Mounted extends Mount {
  readonly top: Ino;
  over: Map<Ino, Mounted> | undefined;
}

/**
 * What is mounted where: one mount namespace. Views (`viewOf`) look through it and see changes at once.
 *
 * A mount point is an existing folder, or an existing file for a bind mount of a single file. Mounting over a mount hides it
 * until `unmount`. Nothing mounted can be removed or renamed (EBUSY).
 */
export class Mounts {
  readonly root: Mounted;
  readonly devices: Devices;
  #list: readonly Mounted[];

  constructor(tree: Tree, options: MountOptions & { readonly devices?: Devices } = {}) {
    this.root = mounted('/', tree, { type: 'overlay', source: 'overlay', ...options });
    this.#list = [this.root];
    this.devices = (kind, rdev) => options.devices?.(kind, rdev) ?? standardDevice(kind, rdev);
  }

  /** ENOENT when the mount point is not there; ENOTDIR when only one of the two is a folder. */
  mount(path: string, tree: Tree, options: MountOptions = {}): Mount {
    const place = this.#place(path);
    const made = mounted(path, tree, options);
    const folder = place.mount.tree.attributes(place.ino).kind === 'directory';
    if (folder !== (tree.attributes(made.top).kind === 'directory')) throw new FsError('ENOTDIR', path);
    (place.mount.over ??= new Map()).set(place.ino, made);
    this.#list = [...this.#list, made];
    return made;
  }

  /** The topmost mount at that path. EINVAL when nothing is mounted there, EBUSY when something is mounted inside it. */
  unmount(path: string): void {
    const { mount } = this.#place(path);
    const below = this.#list.find((other) => [...(other.over?.values() ?? [])].includes(mount));
    if (!below || this.#place(path).ino !== mount.top) throw new FsError('EINVAL', path);
    if (mount.over?.size) throw new FsError('EBUSY', path);
    for (const [ino, over] of below.over ?? []) if (over === mount) below.over?.delete(ino);
    this.#list = this.#list.filter((other) => other !== mount);
  }

  /** In the order of mounting, `/` first. */
  list(): readonly Mount[] {
    return this.#list;
  }

  #place(path: string): Place {
    const { place } = walk(this, { credentials: root, cwd: '/', umask: 0 }, path, 'always');
    if (!place) throw new FsError('ENOENT', path);
    return place;
  }
}

function mounted(path: string, tree: Tree, options: MountOptions): Mounted {
  const { readOnly = false, source = 'none', type = 'tmpfs', root } = options;
  return { path, tree, readOnly, source, type, top: root ?? tree.root, over: undefined, root };
}

const nothing = new Uint8Array(0);
const zeros = (length: number) => new Uint8Array(length);

/** /dev/null, /dev/zero and /dev/full (Linux, Documentation/admin-guide/devices.txt: memory devices are major 1). */
function standardDevice(kind: 'char' | 'block', rdev: number): Device | undefined {
  if (kind !== 'char') return undefined;
  if (rdev === 0x103) return { read: () => nothing, write: (bytes) => bytes.length };
  if (rdev === 0x105) return { read: zeros, write: (bytes) => bytes.length };
  if (rdev !== 0x107) return undefined;
  return {
    read: zeros,
    write: () => {
      throw new FsError('ENOSPC');
    },
  };
}
