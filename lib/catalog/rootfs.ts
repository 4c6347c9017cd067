/**
 * What one layer of a catalogue image holds, and its canonical tar. Every file has the same time, so that the bytes, and
 * with them every digest, depend on the recipe alone.
 */
import { compareNames, dirname } from '../fs';
import { type DiffId, diffIdOf, type TarHeader, TarWriter } from '../layer';
import { executableFile } from '../programs';

export const madeAt = '2024-05-01T00:00:00Z';
const mtime = BigInt(Date.parse(madeAt)) * 1_000_000n;
const encoder = new TextEncoder();

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

type Node = Owner & { readonly mode: number } & (
    | { readonly kind: 'directory' }
    | { readonly kind: 'file'; readonly bytes: Uint8Array }
    | { readonly kind: 'symlink' | 'hardlink'; readonly target: string }
  );

/** One layer being written down. Folders above a file are made by themselves (0755, root). */
export class Rootfs {
  readonly #nodes = new Map<string, Node>();

  directory(path: string, mode = 0o755, owner: Owner = {}): this {
    return this.#add(path, { kind: 'directory', mode, ...owner });
  }

  directories(...paths: readonly string[]): this {
    for (const path of paths) this.directory(path);
    return this;
  }

  file(path: string, content: string | Uint8Array, mode = 0o644, owner: Owner = {}): this {
    const bytes = typeof content === 'string' ? encoder.encode(content) : content;
    return this.#add(path, { kind: 'file', mode, bytes, ...owner });
  }

  /** A program of lib/programs. */
  program(path: string, id: string, mode = 0o755): this {
    return this.file(path, executableFile(id), mode);
  }

  symlink(path: string, target: string): this {
    return this.#add(path, { kind: 'symlink', mode: 0o777, target });
  }

  hardlink(path: string, existing: string): this {
    return this.#add(path, {
      kind: 'hardlink',
      mode: this.#nodes.get(existing)?.mode ?? 0o755,
      target: existing.slice(1),
    });
  }

  has(path: string): boolean {
    return this.#nodes.has(path);
  }

  /** The tar of this layer: what the folders lead to stands after them; a hard link after what it links to. */
  tar(): Uint8Array {
    const writer = new TarWriter();
    for (const [path, node] of [...this.#nodes].sort(([a], [b]) => compareNames(a, b))) {
      if (node.kind !== 'hardlink') writer.add(headerOf(path, node), node.kind === 'file' ? node.bytes : undefined);
    }
    for (const [path, node] of [...this.#nodes].sort(([a], [b]) => compareNames(a, b)))
      if (node.kind === 'hardlink') writer.add(headerOf(path, node));
    return writer.finish();
  }

  #add(path: string, node: Node): this {
    const above = dirname(path);
    if (above !== '/' && !this.#nodes.has(above)) this.directory(above);
    this.#nodes.set(path, node);
    return this;
  }
}

function headerOf(path: string, node: Node): TarHeader {
  const { kind, mode, uid = 0, gid = 0 } = node;
  const name = path.slice(1) + (kind === 'directory' ? '/' : '');
  const size = kind === 'file' ? node.bytes.length : 0;
  return { name, kind, mode, uid, gid, mtime, size, ...('target' in node && { target: node.target }) };
}

/** A layer of a recipe: made at most once, and only when an image that has it is asked for. */
export interface RecipeLayer {
  readonly createdBy: string;
  tar(): Uint8Array;
  diffId(): DiffId;
}

export function layer(createdBy: string, fill: (rootfs: Rootfs) => void): RecipeLayer {
  let tar: Uint8Array | undefined;
  let id: DiffId | undefined;
  const make = () => {
    if (!tar) {
      const rootfs = new Rootfs();
      fill(rootfs);
      tar = rootfs.tar();
    }
    return tar;
  };
  return { createdBy, tar: make, diffId: () => (id ??= diffIdOf(make())) };
}
