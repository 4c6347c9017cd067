import { FsError } from './errno';
import type { Attributes, Ino, Viewer } from './file-system';
import type { Mounted, Mounts } from './mounts';
import { requireOwner } from './permission';
import { type Follow, type Found, type Place, walk } from './walk';

/** A path that leads to something. */
export type Reached = Found & { readonly place: Place };

/** Paths as one viewer walks them at this moment. */
export class Lookup {
  readonly mounts: Mounts;
  readonly #viewer: () => Viewer;

  constructor(mounts: Mounts, viewer: () => Viewer) {
    this.mounts = mounts;
    this.#viewer = viewer;
  }

  get viewer(): Viewer {
    return this.#viewer();
  }

  walk(path: string, follow: Follow): Found {
    return walk(this.mounts, this.viewer, path, follow);
  }

  /** ENOENT when nothing is there. */
  existing(path: string, follow: boolean): Reached {
    const found = this.walk(path, follow ? 'always' : 'unless-last');
    if (!found.place) throw new FsError('ENOENT', path);
    return found as Reached;
  }

  /** And EROFS, EPERM unless it is the viewer's own to change. */
  owned(path: string, follow: boolean): Reached {
    const found = this.existing(path, follow);
    requireWritable(found.place.mount, path);
    requireOwner(attributes(found.place), this.viewer.credentials, path);
    return found;
  }

  place(path: string, follow = true): Place {
    return this.existing(path, follow).place;
  }
}

export function attributes({ mount, ino }: Place): Attributes {
  return mount.tree.attributes(ino);
}

export function requireWritable(mount: Mounted, path: string): void {
  if (mount.readOnly) throw new FsError('EROFS', path);
}

/** The inode to change: what is at the end of the path, copied up by the name that led there. */
export function writable({ trail, name, place }: Found): Ino {
  const { mount, ino } = place!;
  const directory = trail.at(-1)!;
  if (!mount.tree.copyUp || name === '' || directory.mount !== mount) return ino;
  return mount.tree.copyUp(directory.ino, name);
}

export function pathOf({ trail, name }: Found): string {
  const names = trail.slice(1).map((place) => place.name);
  return `/${(name === '' ? names : [...names, name]).join('/')}`;
}
