import type { ContainerConfig, ContainerRecord, ImageId } from '../container';
import { Failure } from '../errors';
import { goJson } from '../image';
import { changedTar } from '../snapshot';
import { addImage } from './add-image';
import { containerAttributes } from './create';
import type { Daemon } from './daemon';
import { type ImageJson, imageConfig } from './image-config';
import { canonicalName, familiarName } from './image-names';
import { configJson } from './inspect';
import { findContainer, findImage } from './lookup';
import { mergeConfig } from './merge-config';

export interface CommitOptions {
  /** Where to put a tag on it: `motd:2`. */
  readonly reference?: string;
  readonly message?: string;
  readonly author?: string;
  /** Dockerfile instructions (`CMD`, `ENV`…) applied to the configuration; made by the caller, who can parse them. */
  readonly change?: (config: ContainerConfig) => ContainerConfig;
}

export const version = '28.5.2';

/** `docker commit`: the container's sheet becomes one more layer, its configuration the image's. The old image stays. */
export function commit(daemon: Daemon, reference: string, options: CommitOptions = {}): ImageId {
  const record = findContainer(daemon, reference);
  const target = options.reference ? canonicalName(options.reference) : undefined;
  if (options.reference && !target) throw new Failure('invalid', 'invalid reference format');
  const base = findImage(daemon, record.imageId);
  const below = imageConfig(daemon, base);
  const changed = options.change?.(record.config) ?? record.config;
  const config = mergeConfig(changed, below.config ?? {});
  const { sheet } = daemon.union(record.snapshot);
  const diffId = daemon.options.content.put(changedTar(sheet));
  const empty = sheet.isEmpty;
  const json = imageJson(daemon, record, below, config, empty ? undefined : diffId, options);
  const image = addImage(daemon, new TextEncoder().encode(goJson(json)), { parent: base.id });
  const labels = config.Labels ?? {};
  daemon.announcements.tell('image', 'create', image.id, { ...labels, name: image.id });
  if (target) {
    daemon.change({ type: 'image:tagged', reference: target, id: image.id, at: daemon.now() });
    daemon.announcements.tell('image', 'tag', image.id, { ...labels, name: familiarName(target) });
  }
  const comment = options.message ?? '';
  daemon.announcements.tell('container', 'commit', record.id, {
    ...containerAttributes(record),
    comment,
    imageID: image.id,
    imageRef: target ? familiarName(target) : '',
  });
  return image.id;
}

function imageJson(
  daemon: Daemon,
  record: ContainerRecord,
  below: ImageJson,
  config: ContainerConfig,
  diffId: string | undefined,
  options: CommitOptions,
) {
  const created = daemon.now();
  const createdBy = [...(record.config.Entrypoint ?? []), ...(record.config.Cmd ?? [])].join(' ');
  const step = {
    created,
    ...(options.author ? { author: options.author } : {}),
    created_by: createdBy,
    ...(options.message ? { comment: options.message } : {}),
    ...(diffId ? {} : { empty_layer: true }),
  };
  return {
    architecture: below.architecture,
    ...(options.author ? { author: options.author } : {}),
    ...(options.message ? { comment: options.message } : {}),
    config: configJson(config),
    container: record.id,
    container_config: configJson(record.config),
    created,
    docker_version: version,
    history: [...(below.history ?? []), step],
    os: below.os,
    rootfs: { type: 'layers', diff_ids: [...below.rootfs.diff_ids, ...(diffId ? [diffId] : [])] },
    ...(below.variant ? { variant: below.variant } : {}),
  };
}
