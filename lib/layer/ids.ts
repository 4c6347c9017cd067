import { type Digest, digestOf } from '../content';

/** The digest of a layer's uncompressed tar: what a layer *is*. (OCI image-spec, config.md, `diff_ids`) */
export type DiffId = Digest & { readonly __layer: 'DiffId' };

/** The digest of a whole stack of layers, bottom to top: what a snapshot is prepared from. */
export type ChainId = Digest & { readonly __layer: 'ChainId' };

/** A digest that is known to name a layer (a config's `diff_ids` say so). */
export function asDiffId(digest: Digest): DiffId {
  return digest as DiffId;
}

export function diffIdOf(tar: Uint8Array): DiffId {
  return digestOf(tar) as DiffId;
}

const encoder = new TextEncoder();

/** The chain of the first layer, of the first two, and so on. (OCI image-spec, config.md, "Layer ChainID") */
export function chainIds(diffIds: readonly DiffId[]): ChainId[] {
  const chain: ChainId[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    const id: Digest = below === undefined ? diffId : digestOf(encoder.encode(`${below} ${diffId}`));
    chain.push(id as ChainId);
  }
  return chain;
}

/** The chain of all of them; undefined of none. */
export function chainIdOf(diffIds: readonly DiffId[]): ChainId | undefined {
  return chainIds(diffIds).at(-1);
}
