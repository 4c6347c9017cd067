/** What a blob is. (OCI image-spec, media-types.md; Docker's image manifest v2, schema 2) */
export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

export const dockerMediaTypes = {
  index: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
} as const;

export type LayerForm = 'tar' | 'gzip' | 'zstd' | 'foreign';

const layerForms: Readonly<Record<string, LayerForm>> = {
  'application/vnd.oci.image.layer.v1.tar': 'tar',
  'application/vnd.oci.image.layer.v1.tar+gzip': 'gzip',
  'application/vnd.oci.image.layer.v1.tar+zstd': 'zstd',
  'application/vnd.docker.image.rootfs.diff.tar': 'tar',
  'application/vnd.docker.image.rootfs.diff.tar.gzip': 'gzip',
  'application/vnd.docker.image.rootfs.diff.tar.zstd': 'zstd',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip': 'foreign',
  'application/vnd.oci.image.layer.nondistributable.v1.tar': 'foreign',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip': 'foreign',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd': 'foreign',
};

/** How a layer's blob is packed; undefined when the media type is not one of a layer. */
export function layerForm(mediaType: string): LayerForm | undefined {
  return layerForms[mediaType];
}

export function isIndexType(mediaType: string): boolean {
  return mediaType === mediaTypes.index || mediaType === dockerMediaTypes.index;
}

export function isManifestType(mediaType: string): boolean {
  return mediaType === mediaTypes.manifest || mediaType === dockerMediaTypes.manifest;
}
