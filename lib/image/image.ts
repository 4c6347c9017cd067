import { type ContentStore, type Digest, digestOf, parseDigest } from '../content';
import { Failure } from '../errors';
import type { DiffId } from '../layer';
import { configJson, goJson, type ImageConfig, type ImageHistory, type ImageId, type ImageSettings } from './config';
import { type Manifest, parseConfig } from './manifest';
import { mediaTypes } from './media-types';

/** An image whose configuration, manifest and layers are in a content store. */
export interface Image {
  /** Equal to `configDigest`. */
  readonly imageId: ImageId;
  readonly configDigest: Digest;
  readonly manifestDigest: Digest;
  /** Bytes of the manifest as JSON. */
  readonly manifestSize: number;
  readonly manifest: Manifest;
  readonly config: ImageConfig;
}

export interface ImageFields {
  /** Bottom to top; their tars must be in the content store already. */
  readonly diffIds: readonly DiffId[];
  readonly config: ImageSettings;
  readonly history: readonly ImageHistory[];
  /** RFC 3339. */
  readonly created?: string;
  readonly author?: string;
  /** Default amd64 and linux. */
  readonly architecture?: string;
  readonly variant?: string;
  readonly os?: string;
  /** Other top-level fields: `docker_version`, `container_config`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

const encoder = new TextEncoder();

/** Makes an image and stores its configuration and manifest. The same fields give the same ids everywhere. */
export function makeImage(content: ContentStore, fields: ImageFields): Image {
  const { diffIds, config, history, created, author, architecture = 'amd64', variant, os = 'linux', extra } = fields;
  const whole: ImageConfig = {
    ...extra,
    architecture,
    config,
    ...(author !== undefined && { author }),
    ...(created !== undefined && { created }),
    history,
    os,
    rootfs: { type: 'layers', diff_ids: diffIds },
    ...(variant !== undefined && { variant }),
  };
  return imageOf(content, encoder.encode(configJson(whole)));
}

/**
 * The image of a configuration as it stands, byte for byte, so that an image from outside keeps its id. Its manifest lists
 * plain tars, whatever it travelled in: a layer's blob is its DiffId, and the manifest's digest follows from the rest.
 */
export function imageOf(content: ContentStore, configBytes: Uint8Array): Image {
  const { image, manifestBytes } = describeImage(configBytes, (diffId) => content.get(diffId)?.length);
  content.put(configBytes);
  content.put(manifestBytes);
  return image;
}

/** The same without storing anything, for layers of which only the sizes are at hand. */
export function describeImage(
  configBytes: Uint8Array,
  sizeOf: (diffId: DiffId) => number | undefined,
): { readonly image: Image; readonly manifestBytes: Uint8Array } {
  const config = parseConfig(configBytes, 'the image configuration');
  const configDigest = digestOf(configBytes);
  const manifest = manifestOf(configDigest, configBytes.length, config.rootfs.diff_ids, sizeOf);
  const manifestBytes = encoder.encode(goJson(manifest));
  const manifestDigest = digestOf(manifestBytes);
  const image = {
    imageId: imageIdOf(configDigest),
    configDigest,
    manifestDigest,
    manifestSize: manifestBytes.length,
    manifest,
    config,
  };
  return { image, manifestBytes };
}

/** The manifest of a configuration and layers that are plain tars. A Failure `not-found` names a layer that is not there. */
export function manifestOf<Layer extends Digest>(
  config: Digest,
  configSize: number,
  diffIds: readonly Layer[],
  sizeOf: (diffId: Layer) => number | undefined,
): Manifest {
  const layers = diffIds.map((digest) => {
    const size = sizeOf(digest);
    if (size === undefined) throw new Failure('not-found', `layer ${digest} is not in the content store`);
    return { mediaType: mediaTypes.layer, digest, size };
  });
  const about = { mediaType: mediaTypes.config, digest: config, size: configSize };
  return { schemaVersion: 2, mediaType: mediaTypes.manifest, config: about, layers };
}

/** The image that a content store has under an id. A Failure `not-found`. */
export function findImage(content: ContentStore, imageId: ImageId): Image {
  const bytes = content.get(parseDigest(imageId));
  if (!bytes) throw new Failure('not-found', `image ${imageId} is not in the content store`);
  return imageOf(content, bytes);
}

export function imageIdOf(configDigest: Digest): ImageId {
  return configDigest as string as ImageId;
}
