import type { ContentStore, Digest } from '../content';
import { type Engine, imageConfig } from '../engine';
import type { PublishedImage } from './published-image';

/** An image of an engine as a class publishes it. A Failure `not-found` when there is none of that name. */
export function describeImage(engine: Engine, content: ContentStore, reference: string): PublishedImage {
  const record = engine.image(reference);
  const { history = [] } = imageConfig(engine.daemon, record);
  const made = history.filter((entry) => !entry.empty_layer);
  return {
    reference,
    imageId: record.id as unknown as Digest,
    manifestDigest: record.manifest,
    layers: record.diffIds.map((digest, index) => ({
      digest,
      size: content.get(digest)?.length ?? 0,
      createdBy: made[index]?.created_by ?? '',
    })),
    settings: history.filter((entry) => entry.empty_layer).map((entry) => entry.created_by ?? ''),
  };
}
