import { catalogue } from '../catalog';
import type { ContentStore, Digest } from '../content';
import { canonicalName, type Registry, type RegistryImage } from '../engine';
import { Failure } from '../errors';
import type { PublishedImage } from './published-image';

/**
 * The registry in the room, as one computer reaches it: the catalogue's base images as `docker.io/library`, and what the class
 * has published. A base image is made when somebody first asks for it; the same recipe gives the same digest everywhere.
 */
export class ClassRegistry implements Registry {
  readonly #published = new Map<string, RegistryImage>();

  constructor(
    readonly content: ContentStore,
    offered: Iterable<PublishedImage> = [],
  ) {
    for (const image of offered) this.publish(image);
  }

  publish(image: PublishedImage): void {
    const reference = canonicalName(image.reference);
    if (reference)
      this.#published.set(reference, {
        manifest: image.manifestDigest,
        config: image.imageId,
        diffIds: image.layers.map(({ digest }) => digest),
      });
  }

  async find(reference: string): Promise<RegistryImage | undefined> {
    return this.#published.get(reference) ?? this.#fromCatalogue(reference);
  }

  async tags(repository: string): Promise<readonly string[]> {
    const known = [...this.#published.keys(), ...catalogue.map((entry) => canonicalName(entry.reference) ?? '')];
    return known.filter((name) => name.startsWith(`${repository}:`)).map((name) => name.slice(repository.length + 1));
  }

  async keep(): Promise<void> {
    throw new Failure('forbidden', 'denied: requested access to the resource is denied');
  }

  has(diffId: Digest): boolean {
    return this.content.has(diffId);
  }

  #fromCatalogue(reference: string): RegistryImage | undefined {
    const entry = catalogue.find((each) => canonicalName(each.reference) === reference);
    if (!entry) return undefined;
    const { imageId, manifestDigest, config } = entry.build(this.content);
    return {
      manifest: manifestDigest,
      config: imageId as unknown as Digest,
      diffIds: config.rootfs.diff_ids as readonly Digest[],
    };
  }
}
