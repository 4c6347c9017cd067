import type { Digest } from '../../lib/content';
import { refused } from '../../lib/errors';
import { describeImage, familiar, type Image, type Imported } from '../../lib/image';
import type { ArchivedImage } from '../../lib/protocol';
import type { Store } from '../store';

/** An image as a page shows it. Its layers lie in the store. */
export async function archivedImage(
  { image, references }: Imported,
  blobs: Pick<Store['blobs'], 'size'>,
): Promise<ArchivedImage> {
  const { history = [], rootfs } = image.config;
  const made = history.filter(({ empty_layer }) => !empty_layer);
  const sizes = await Promise.all(rootfs.diff_ids.map((digest) => blobs.size(digest)));
  return {
    imageId: image.imageId,
    manifestDigest: image.manifestDigest,
    references: references.map(familiar),
    layers: rootfs.diff_ids.map((digest, index) => ({
      digest,
      size: sizes[index] ?? 0,
      createdBy: made[index]?.created_by ?? '',
    })),
    settings: history.filter(({ empty_layer }) => empty_layer).map(({ created_by }) => created_by ?? ''),
  };
}

/** The image that the store has under an id. A Failure `not-found`. */
export async function storedImage(imageId: Digest, blobs: Store['blobs']): Promise<Image> {
  const config = (await blobs.size(imageId).then((size) => (size ?? Infinity) < mostConfig))
    ? await blobs.get(imageId)
    : undefined;
  const diffIds = config && diffIdsOf(config);
  if (!diffIds) throw refused('image.none', { imageId });
  const sizes = new Map<string, number>();
  for (const digest of new Set(diffIds)) {
    const size = await blobs.size(digest);
    if (size !== undefined) sizes.set(digest, size);
  }
  return describeImage(config, (diffId) => sizes.get(diffId)).image;
}

/** As the importer has it for every small file of an archive. */
const mostConfig = 4 * 2 ** 20 + 1;

/** Any digest may be asked for: what lies under it need not be a configuration. */
function diffIdsOf(config: Uint8Array): Digest[] | undefined {
  try {
    const { rootfs } = JSON.parse(new TextDecoder().decode(config)) as { rootfs?: { diff_ids?: unknown } };
    return Array.isArray(rootfs?.diff_ids) ? (rootfs.diff_ids as Digest[]) : undefined;
  } catch {
    return undefined;
  }
}
