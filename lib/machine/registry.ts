import { catalogue } from '../catalog';
import type { ContentStore, Digest } from '../content';
import { canonicalName, type Registry, type RegistryImage } from '../engine';
import { Failure } from '../errors';
import type { PublishedImage } from './published-image';

/**
 * The registry in the room, as one computer reaches it: the catalogue's base images as `docker.io/library`, what the class
 * has published, and what people have pushed. A base image is made when somebody first asks for it; the same recipe gives the
 * same digest everywhere.
 *
 * Pushing takes a repository of one's own (`ana/web` for the user ana); everything else is denied, as Docker Hub does.
 */
export class ClassRegistry implements Registry {
  readonly #published = new Map<string, RegistryImage>();
  readonly #layers = new Set<Digest>();

  constructor(
    readonly content: ContentStore,
    offered: Iterable<PublishedImage> = [],
    /** The user whose computer it is, and who is told of a push. */
    readonly pushing: { readonly user: string; readonly pushed: (reference: string) => void } | undefined = undefined,
  ) {
    for (const image of offered) this.publish(image);
  }

  publish(image: PublishedImage): void {
    const reference = canonicalName(image.reference);
    if (!reference) return;
    const diffIds = image.layers.map(({ digest }) => digest);
    this.#keep(reference, { manifest: image.manifestDigest, config: image.imageId, diffIds });
  }

  async find(reference: string): Promise<RegistryImage | undefined> {
    return this.#published.get(reference) ?? this.#fromCatalogue(reference);
  }

  async tags(repository: string): Promise<readonly string[]> {
    const known = [...this.#published.keys(), ...catalogue.map((entry) => canonicalName(entry.reference) ?? '')];
    return known.filter((name) => name.startsWith(`${repository}:`)).map((name) => name.slice(repository.length + 1));
  }

  async keep(reference: string, image: RegistryImage): Promise<void> {
    if (!this.pushing || !reference.startsWith(`docker.io/${this.pushing.user}/`))
      throw new Failure('forbidden', 'denied: requested access to the resource is denied');
    this.#keep(reference, image);
    this.pushing.pushed(reference.replace(/^docker\.io\//, ''));
  }

  has(diffId: Digest): boolean {
    return this.#layers.has(diffId);
  }

  #keep(reference: string, image: RegistryImage): void {
    this.#published.set(reference, image);
    for (const diffId of image.diffIds) this.#layers.add(diffId);
  }

  #fromCatalogue(reference: string): RegistryImage | undefined {
    const entry = catalogue.find((each) => canonicalName(each.reference) === reference);
    if (!entry) return undefined;
    const { imageId, manifestDigest, config } = entry.build(this.content);
    for (const diffId of config.rootfs.diff_ids) this.#layers.add(diffId as Digest);
    return {
      manifest: manifestDigest,
      config: imageId as unknown as Digest,
      diffIds: config.rootfs.diff_ids as readonly Digest[],
    };
  }
}
