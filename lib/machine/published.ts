import type { ContentStore, Digest } from '../content';
import { canonicalName, type EngineState, type HistoryEntry } from '../engine';
import type { PublishedImage } from './published-image';

/** An image of an engine as a class publishes it, or as it is pushed. Undefined when there is none of that name. */
export function publishedImage(
  engine: EngineState,
  content: ContentStore,
  reference: string,
): PublishedImage | undefined {
  const { tags, byId } = engine.images;
  const record = byId.get(tags.get(canonicalName(reference) ?? '')!);
  const bytes = record && content.get(record.id as unknown as Digest);
  if (!bytes) return undefined;
  const { history = [] }: { readonly history?: readonly HistoryEntry[] } = JSON.parse(new TextDecoder().decode(bytes));
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
