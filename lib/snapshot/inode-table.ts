import type { Ino } from '../fs';
import type { LowerNode } from './lower-node';

const chunkSize = 256;

/**
 * Inode number → node, by position, in chunks. A table made from another shares every chunk that it does not change, so that
 * a stack of layers costs what its top layer says, and a look-up costs the same whatever the number of layers.
 */
export class InodeTable {
  readonly #chunks: LowerNode[][];
  /** Chunks that are this table's own to write to. */
  #own: Set<LowerNode[]> | undefined = new Set();
  #next: Ino;

  constructor(below?: InodeTable) {
    this.#chunks = below ? [...below.#chunks] : [];
    this.#next = below ? below.#next : 1;
  }

  /** One more than the highest number. */
  get limit(): Ino {
    return this.#next;
  }

  get(ino: Ino): LowerNode | undefined {
    return this.#chunks[Math.floor(ino / chunkSize)]?.[ino % chunkSize];
  }

  /** The next free number; `set` it later. */
  take(): Ino {
    return this.#next++;
  }

  set(node: LowerNode): void {
    const at = Math.floor(node.ino / chunkSize);
    let chunk = this.#chunks[at];
    if (!chunk || !this.#own?.has(chunk)) {
      chunk = chunk ? [...chunk] : [];
      this.#own?.add(chunk);
      this.#chunks[at] = chunk;
    }
    chunk[node.ino % chunkSize] = node;
  }

  /** No more changes. */
  close(): this {
    this.#own = undefined;
    return this;
  }
}
