import type { IgnoreMatcher } from '../dockerfile';
import { compilePattern } from '../dockerfile';
import { compareNames, components, type FileSystem, FsError, join, type Kind } from '../fs';

/** One thing that can be copied. Paths are absolute, seen from the top of its tree. */
export interface SourceEntry {
  readonly path: string;
  readonly kind: Kind;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: bigint;
  readonly size: number;
  /** Of a symlink. */
  readonly target?: string;
}

/** Where COPY and ADD take from: the context or a stage. Links are followed inside the tree only. */
export interface SourceTree {
  entry(path: string): SourceEntry | undefined;
  /** Names in a folder, sorted. */
  names(path: string): readonly string[];
  read(path: string): Uint8Array;
}

/** The top of a file system: a stage's or an image's. */
export class StageTree implements SourceTree {
  constructor(readonly files: FileSystem) {}

  entry(path: string): SourceEntry | undefined {
    return entryOf(this.files, path, path);
  }

  names(path: string): readonly string[] {
    return this.files.readdir(path).map(({ name }) => name);
  }

  read(path: string): Uint8Array {
    return this.files.readFile(path);
  }
}

/** A folder of the host, without what is ignored. Everything in it is root's, as BuildKit sends it. */
export class ContextTree implements SourceTree {
  readonly #known = new Map<string, SourceEntry | undefined>();

  constructor(
    readonly files: FileSystem,
    readonly top: string,
    readonly ignored: IgnoreMatcher,
  ) {}

  /** Asked for often, and the same throughout a build. */
  entry(path: string): SourceEntry | undefined {
    if (this.#known.has(path)) return this.#known.get(path);
    const entry = this.#look(path);
    this.#known.set(path, entry);
    return entry;
  }

  #look(path: string): SourceEntry | undefined {
    const found = entryOf(this.files, join(this.top, path), path);
    if (!found || path === '/') return found && { ...found, uid: 0, gid: 0 };
    const ignored = this.ignored.ignores(path.slice(1));
    if (ignored && !(found.kind === 'directory' && this.#holdsSomething(path))) return undefined;
    return { ...found, uid: 0, gid: 0 };
  }

  names(path: string): readonly string[] {
    const names = this.files.readdir(join(this.top, path)).map(({ name }) => name);
    return names.filter((name) => this.entry(join(path, name)) !== undefined);
  }

  read(path: string): Uint8Array {
    return this.files.readFile(join(this.top, path));
  }

  /** An ignored folder is sent after all when something in it is taken back in. */
  #holdsSomething(path: string): boolean {
    return this.ignored.hasExclusions && this.names(path).length > 0;
  }
}

/** No context at all. */
export const emptyTree: SourceTree = {
  entry: (path) =>
    path === '/' ? { path, kind: 'directory', mode: 0o755, uid: 0, gid: 0, mtime: 0n, size: 0 } : undefined,
  names: () => [],
  read: (path) => {
    throw new FsError('ENOENT', path);
  },
};

function entryOf(files: FileSystem, at: string, path: string): SourceEntry | undefined {
  try {
    const { kind, mode, uid, gid, mtime, size } = files.lstat(at);
    const target = kind === 'symlink' ? { target: files.readlink(at) } : {};
    return { path, kind, mode, uid, gid, mtime, size, ...target };
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}

const mostLinks = 40;

/** The entry that a path leads to, links followed inside the tree (the last one too, unless `keepLast`). */
export function follow(tree: SourceTree, path: string, keepLast = false): SourceEntry | undefined {
  const waiting = components(path).reverse();
  let at = '/';
  let links = 0;
  let entry = tree.entry('/');
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const next = name === '..' ? tree.entry(join(at, '..')) : tree.entry(join(at, name));
    if (!next) return undefined;
    if (next.kind === 'symlink' && !(keepLast && waiting.length === 0)) {
      links += 1;
      if (links > mostLinks) return undefined;
      if (next.target!.startsWith('/')) at = '/';
      waiting.push(...components(next.target!).reverse());
      entry = tree.entry(at);
      continue;
    }
    entry = next;
    at = next.path;
  }
  return entry;
}

export function hasWildcards(path: string): boolean {
  return /[*?[\\]/.test(path);
}

/** The paths that a pattern of path elements matches, sorted. Throws a PatternError. */
export function matchPaths(tree: SourceTree, pattern: string): string[] {
  let found = ['/'];
  for (const element of components(pattern)) {
    const single = element.replaceAll(/\*+/g, '*');
    const matcher = hasWildcards(element) ? compilePattern(single) : undefined;
    found = found.flatMap((folder) => {
      if (follow(tree, folder)?.kind !== 'directory') return [];
      const real = follow(tree, folder)!.path;
      if (!matcher) return follow(tree, join(real, element), true) ? [join(folder, element)] : [];
      return tree
        .names(real)
        .filter((name) => matcher.matches(name))
        .map((name) => join(folder, name));
    });
  }
  return found.sort(compareNames);
}

/** Everything in a folder, each folder before what is in it. */
export function* walk(tree: SourceTree, folder: string): Generator<SourceEntry> {
  for (const name of tree.names(folder)) {
    const entry = tree.entry(join(folder, name));
    if (!entry) continue;
    yield entry;
    if (entry.kind === 'directory') yield* walk(tree, entry.path);
  }
}
