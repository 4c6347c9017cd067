import { hex } from '../clock';
import { type Dockerfile, IgnoreMatcher, namedStage, PatternError, readIgnoreFile } from '../dockerfile';
import { Failure } from '../errors';
import { basename, type FileSystem, FsError, join, mountFileSystem, PlainTree, type Tree } from '../fs';
import { formatReference, parseImageName } from '../image';
import type { DiffId } from '../layer';
import { Union } from '../snapshot';
import { BuildFailure } from './build-failure';
import type { BuildLimits, BuildOptions } from './build-options';
import { ContextTree, emptyTree, type SourceEntry, type SourceTree, StageTree, walk } from './source-tree';

/** A tree that can be mounted, with a view of it. */
export interface Mountable {
  readonly tree: Tree;
  readonly files: FileSystem;
}

/** What steps take from: the context, stages that are done, images. */
export class Materials {
  readonly context: SourceTree;
  /** Bytes and mode of the ignore file that was read: only for what progress says. */
  readonly ignoreEntry: SourceEntry | undefined;
  readonly #stages = new Map<number, readonly DiffId[]>();
  readonly #images = new Map<string, readonly DiffId[]>();
  readonly #mountables = new Map<string, Mountable>();
  #device = 1000;

  constructor(
    readonly options: BuildOptions,
    readonly dockerfile: Dockerfile,
    readonly limits: BuildLimits,
  ) {
    const { context } = options;
    this.ignoreEntry =
      context && context.ignoreFile === undefined ? ignoreEntry(context.files, context.path) : undefined;
    this.context = context ? new ContextTree(context.files, context.path, contextIgnores(context)) : emptyTree;
  }

  finished(stage: number, diffIds: readonly DiffId[]): void {
    this.#stages.set(stage, diffIds);
  }

  image(reference: string, diffIds: readonly DiffId[]): void {
    this.#images.set(reference, diffIds);
  }

  /** What a step's `from` means: a stage, an image, `scratch`, or nothing said: the context. */
  source(from: string | undefined): SourceTree {
    if (from === undefined) return this.context;
    return from === 'scratch' ? emptyTree : new StageTree(this.mountable(from).files);
  }

  /** As a tree of its own. The context is copied into memory, once, unless it is to be written to: that is thrown away. */
  mountable(from: string | undefined, toWrite = false): Mountable {
    const key = from ?? '';
    const known = this.#mountables.get(key);
    if (known && !toWrite) return known;
    const made =
      from === undefined || from === 'scratch' ? this.#copied(this.source(from)) : this.#stacked(this.#layersOf(from));
    if (!toWrite) this.#mountables.set(key, made);
    return made;
  }

  /** An empty tree over these layers, to be written to. */
  writable(diffIds: readonly DiffId[]): { readonly union: Union; readonly files: FileSystem } {
    const { layers, clock } = this.options;
    const quota = { bytes: this.limits.bytes, inodes: 2 ** 20 };
    const union = new Union({ lower: layers.lower(diffIds), now: () => clock.now(), device: this.#newDevice(), quota });
    return { union, files: mountFileSystem(union, { viewer: { umask: 0 } }) };
  }

  /** A tree in memory for a mount. */
  plain(
    options: { readonly bytes?: number; readonly mode?: number; readonly uid?: number; readonly gid?: number } = {},
  ): PlainTree {
    const { bytes = this.limits.bytes, ...owner } = options;
    const { clock } = this.options;
    return new PlainTree({
      now: () => clock.now(),
      device: this.#newDevice(),
      quota: { bytes, inodes: 2 ** 20 },
      ...owner,
    });
  }

  /** A name for something that BuildKit would have made up, as in its own messages. */
  reference(): string {
    const { chance } = this.options;
    const id = hex(chance, 16);
    const uuid = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
    return `${uuid}::${this.layerName()}`;
  }

  layerName(): string {
    return BigInt(`0x${hex(this.options.chance, 17)}`)
      .toString(36)
      .padStart(25, '0')
      .slice(0, 25);
  }

  #newDevice(): number {
    this.#device += 1;
    return this.#device;
  }

  #layersOf(from: string): readonly DiffId[] {
    const stage = namedStage(this.dockerfile, from);
    const found = stage ? this.#stages.get(stage.index) : this.#images.get(formatReference(parseImageName(from)));
    if (!found) throw new Failure('internal', `nothing is known of "${from}" yet`);
    return found;
  }

  #stacked(diffIds: readonly DiffId[]): Mountable {
    const { union, files } = this.writable(diffIds);
    return { tree: union, files };
  }

  #copied(source: SourceTree): Mountable {
    const tree = this.plain();
    const files = mountFileSystem(tree, { viewer: { umask: 0 } });
    for (const { path, kind, mode, target, mtime } of walk(source, '/')) {
      if (kind === 'directory') files.mkdir(path, mode);
      else if (kind === 'symlink') files.symlink(target!, path);
      else if (kind === 'file') files.writeFile(path, source.read(path), mode);
      if (files.exists(path)) files.lutimes(path, mtime, mtime);
    }
    return { tree, files };
  }
}

function ignoreEntry(files: FileSystem, top: string): SourceEntry | undefined {
  try {
    const { kind, mode, mtime, size } = files.stat(join(top, '.dockerignore'));
    return { path: '/.dockerignore', kind, mode, uid: 0, gid: 0, mtime, size };
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}

/** What of a context is not sent. Throws a BuildFailure. */
export function contextIgnores({ files, path, ignoreFile }: NonNullable<BuildOptions['context']>): IgnoreMatcher {
  try {
    return new IgnoreMatcher(readIgnoreFile(ignoreFile ?? ignoreText(files, path)));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new BuildFailure(`failed to parse ignore file ${basename(path)}/.dockerignore: ${error.message}`);
  }
}

function ignoreText(files: FileSystem, top: string): string {
  try {
    return new TextDecoder().decode(files.readFile(join(top, '.dockerignore')));
  } catch (error) {
    if (error instanceof FsError) return '';
    throw error;
  }
}
