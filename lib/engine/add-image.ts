import type { ImageId } from '../container';
import { type Digest, digestOf, parseDigest } from '../content';
import { Failure } from '../errors';
import { goJson, manifestOf } from '../image';
import type { Daemon } from './daemon';
import type { ImageJson } from './image-config';
import { layerSize } from './layer-size';
import type { ImageRecord } from './state';

/**
 * Puts an image into the engine whose configuration (as bytes) and layers lie in the content store. The same configuration
 * again is the same image: nothing changes. `corrupt` when the configuration does not fit; `not-found` names a missing layer.
 */
export function addImage(daemon: Daemon, config: Uint8Array, options: { readonly parent?: ImageId } = {}): ImageRecord {
  const id = daemon.options.content.put(config) as unknown as ImageId;
  const present = daemon.state.images.byId.get(id);
  if (present) return present;
  const json = parseConfig(config);
  const diffIds = json.rootfs.diff_ids.map(parseDigest);
  for (const diffId of diffIds) {
    if (!daemon.options.content.has(diffId))
      throw new Failure('not-found', `layer ${diffId} is not in the content store`);
  }
  const record: ImageRecord = {
    id,
    created: json.created ?? '',
    diffIds,
    size: diffIds.reduce((sum, diffId) => sum + layerSize(daemon, diffId), 0),
    manifest: manifestDigest(daemon, config, diffIds),
    ...(options.parent ? { parent: options.parent } : {}),
  };
  daemon.change({ type: 'image:added', record });
  return record;
}

function parseConfig(bytes: Uint8Array): ImageJson {
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes)) as ImageJson;
    if (Array.isArray(json.rootfs?.diff_ids)) return json;
  } catch {
    // Told below, like every other configuration that is none.
  }
  throw new Failure('corrupt', 'invalid image JSON, no RootFS key');
}

/** The OCI manifest of uncompressed layers, kept beside them: what `docker save` writes and `docker push` names. */
function manifestDigest(daemon: Daemon, config: Uint8Array, diffIds: readonly Digest[]): Digest {
  const { content } = daemon.options;
  const manifest = manifestOf(digestOf(config), config.length, diffIds, (diffId) => content.get(diffId)?.length);
  return content.put(new TextEncoder().encode(goJson(manifest)));
}
