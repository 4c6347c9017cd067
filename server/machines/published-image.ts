import type { ContentStore, Digest } from '../../lib/content';
import { canonicalName } from '../../lib/engine';
import type { MachineState, PublishedImage } from '../../lib/machine';

interface ImageConfig {
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
}

/** An image of a machine's engine, whoever made it there, as a class publishes it. (OCI image-spec, config.md: history) */
export function publishedImage(
  state: MachineState,
  reference: string,
  content: ContentStore,
): PublishedImage | undefined {
  const { tags, byId } = state.engine.images;
  const name = canonicalName(reference);
  const record = byId.get(tags.get(name ?? '')!);
  const bytes = record && content.get(record.id as unknown as Digest);
  if (!bytes) return undefined;
  const { history = [] }: ImageConfig = JSON.parse(new TextDecoder().decode(bytes));
  const made = history.filter((line) => !line.empty_layer);
  return {
    reference,
    imageId: record.id as unknown as Digest,
    manifestDigest: record.manifest,
    layers: record.diffIds.map((digest, index) => ({
      digest,
      size: content.get(digest)?.length ?? 0,
      createdBy: made[index]?.created_by ?? '',
    })),
    settings: history.filter((line) => line.empty_layer).map((line) => line.created_by ?? ''),
  };
}
