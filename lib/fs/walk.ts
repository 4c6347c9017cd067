import { FsError } from './errno';
import type { Ino, Viewer } from './file-system';
import type { Mounted, Mounts } from './mounts';
import { mayExecute, requireAccess } from './permission';

/** An inode of a mounted tree, under the name it was reached by. */
export interface Place {
  readonly mount: Mounted;
  readonly ino: Ino;
  readonly name: string;
}

/** Where a path leads. */
export interface Found {
  /** From the root to the folder that holds the name. */
  readonly trail: readonly Place[];
  /** Empty when the path ends in no name: `/`, `.`, `..`. */
  readonly name: string;
  /** Undefined when everything but the last name is there. */
  readonly place: Place | undefined;
  /** It ended in a slash, so it must be a folder. */
  readonly slash: boolean;
}

export type Follow = 'always' | 'unless-last' | 'never';

/** Linux follows this many symbolic links in one walk (path_resolution(7)). */
const mostLinks = 40;
const longestPath = 4096;
const longestName = 255;

/**
 * Follows a path through mounts, `..` and symbolic links. Throws ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG; a missing last
 * name is not an error here. `always` follows a symbolic link at the end too; `unless-last` only when a slash comes after it,
 * which also demands a folder; `never` is for calls that work on the name itself and judge the slash themselves.
 */
export function walk(mounts: Mounts, viewer: Viewer, path: string, follow: Follow): Found {
  if (path === '') throw new FsError('ENOENT', path);
  if (path.length * 3 >= longestPath && utf8Length(path) >= longestPath) throw new FsError('ENAMETOOLONG', path);
  return new Walk(mounts, viewer, path).run(follow);
}

class Walk {
  readonly #root: Place;
  #trail: Place[];
  /** Names still to go, the next one last. */
  #todo: string[];
  /** As many of the names still to go, counted from the end of the path, need the search permission. */
  #checked: number;
  #links = 0;
  #slash: boolean;

  constructor(
    mounts: Mounts,
    readonly viewer: Viewer,
    readonly path: string,
  ) {
    this.#root = surface({ mount: mounts.root, ino: mounts.root.top, name: '' });
    this.#trail = [this.#root];
    this.#todo = reversed(path);
    this.#checked = this.#todo.length;
    if (!path.startsWith('/')) this.#todo.push(...reversed(viewer.cwd));
    this.#slash = endsInSlash(path);
  }

  run(follow: Follow): Found {
    for (let name = this.#todo.pop(); name !== undefined; name = this.#todo.pop()) {
      if (name === '..') this.#up();
      else {
        const found = this.#down(name, follow);
        if (found) return follow === 'never' ? found : this.#verified(found);
      }
    }
    return { trail: this.#trail, name: '', place: this.#trail.at(-1), slash: this.#slash };
  }

  #up(): void {
    this.#requireSearch();
    if (this.#trail.length > 1) this.#trail.pop();
  }

  /** Goes one name down; answers when that was the last. */
  #down(name: string, follow: Follow): Found | undefined {
    const last = this.#todo.length === 0;
    this.#requireSearch();
    if (name.length * 3 > longestName && utf8Length(name) > longestName) throw new FsError('ENAMETOOLONG', this.path);
    const { mount, ino } = this.#trail.at(-1)!;
    const child = mount.tree.lookup(ino, name);
    if (child === undefined && !last) throw new FsError('ENOENT', this.path);
    if (child === undefined) return { trail: this.#trail, name, place: undefined, slash: this.#slash };
    const place = surface({ mount, ino: child, name });
    if (!last || follow === 'always' || (follow === 'unless-last' && this.#slash)) {
      const node = place.mount.tree.attributes(place.ino);
      if (node.kind === 'symlink') return this.#follow(place);
    }
    if (last) return { trail: this.#trail, name, place, slash: this.#slash };
    this.#trail.push(place);
    return undefined;
  }

  #follow(place: Place): undefined {
    if (++this.#links > mostLinks) throw new FsError('ELOOP', this.path);
    const target = place.mount.tree.target(place.ino);
    if (target === '') throw new FsError('ENOENT', this.path);
    if (this.#todo.length === 0) this.#slash ||= endsInSlash(target);
    if (target.startsWith('/')) this.#trail = [this.#root];
    this.#todo.push(...reversed(target));
    this.#checked = this.#todo.length;
  }

  #requireSearch(): void {
    const { mount, ino } = this.#trail.at(-1)!;
    const node = mount.tree.attributes(ino);
    if (node.kind !== 'directory') throw new FsError('ENOTDIR', this.path);
    if (this.#todo.length < this.#checked) requireAccess(node, this.viewer.credentials, mayExecute, this.path);
  }

  #verified(found: Found): Found {
    const { place } = found;
    if (found.slash && place && place.mount.tree.attributes(place.ino).kind !== 'directory') {
      throw new FsError('ENOTDIR', this.path);
    }
    return found;
  }
}

/** What is seen at a place: the topmost of the mounts there. */
function surface(place: Place): Place {
  for (let at = place; ; ) {
    const over = at.mount.over?.get(at.ino);
    if (!over) return at;
    at = { mount: over, ino: over.top, name: place.name };
  }
}

function reversed(path: string): string[] {
  const names: string[] = [];
  for (let end = path.length; end > 0; ) {
    const slash = path.lastIndexOf('/', end - 1);
    const name = path.slice(slash + 1, end);
    if (name !== '' && name !== '.') names.push(name);
    end = slash;
  }
  return names;
}

function endsInSlash(path: string): boolean {
  return path.endsWith('/') || path.endsWith('/.');
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
