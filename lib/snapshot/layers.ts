import type { ContentStore } from '../content';
import { Failure } from '../errors';
import { type ChainId, chainIds, type DiffId } from '../layer';
import { LowerTree } from './lower-tree';

/**
 * The stacks that are in use, each built once from its layers' tars in a content store and shared by everybody.
 *
 * Asking for a chain builds the chains under it first, so images with a common base share that base in memory.
 */
export class Layers {
  readonly #content: ContentStore;
  readonly #built = new Map<ChainId, LowerTree>();

  constructor(content: ContentStore) {
    this.#content = content;
  }

  /** Undefined for no layers at all (`FROM scratch`). A Failure `not-found` names the layer that the store lacks. */
  lower(diffIds: readonly DiffId[]): LowerTree | undefined {
    const chain = chainIds(diffIds);
    const whole = chain.length === 0 ? undefined : this.#built.get(chain.at(-1)!);
    if (whole) return whole;
    let tree: LowerTree | undefined;
    diffIds.forEach((diffId, at) => {
      tree = this.#built.get(chain[at]!) ?? new LowerTree(tree, this.#tar(diffId));
      this.#built.set(chain[at]!, tree);
    });
    return tree;
  }

  /** Forgets what is built, never what is stored. */
  drop(diffIds: readonly DiffId[]): void {
    for (const id of chainIds(diffIds)) this.#built.delete(id);
  }

  #tar(diffId: DiffId): Uint8Array {
    const tar = this.#content.get(diffId);
    if (!tar) throw new Failure('not-found', `layer ${diffId} is not in the content store`);
    return tar;
  }
}
