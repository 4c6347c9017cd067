import type { Digest } from '../content';

/**
 * The registry in the room: where `pull` finds images and `push` leaves them. The catalogue's base images answer under
 * `docker.io/library`. Bytes lie in the content store that everyone shares; the registry says which of them make an image.
 */
export interface Registry {
  /** The image under a canonical reference (`docker.io/library/motd:1.0`, or with `@sha256:…`); undefined: not there. */
  find(reference: string): Promise<RegistryImage | undefined>;
  /** All tags of a canonical repository name (`pull -a`). */
  tags(repository: string): Promise<readonly string[]>;
  /** Keeps an image under a reference. Rejects with a `forbidden` Failure when this registry takes none. */
  keep(reference: string, image: RegistryImage): Promise<void>;
  /** Which of these layers it has already. */
  has(diffId: Digest): boolean;
}

export interface RegistryImage {
  readonly manifest: Digest;
  readonly config: Digest;
  /** From the bottom up. */
  readonly diffIds: readonly Digest[];
}
