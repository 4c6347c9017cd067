import type { ContainerConfig, ImageId } from '../container';
import { Failure } from '../errors';
import { goJson } from '../image';
import { readTar } from '../layer';
import { addImage } from './add-image';
import { version } from './commit';
import { completeConfig } from './create';
import type { Daemon } from './daemon';
import { canonicalName, familiarName } from './image-names';
import { configJson } from './inspect';

export interface ImportOptions {
  readonly reference?: string;
  readonly message?: string;
  readonly platform?: string;
  readonly change?: (config: ContainerConfig) => ContainerConfig;
}

/** `docker import`: one tar becomes an image of one layer. */
export function importImage(daemon: Daemon, tar: Uint8Array, source: string, options: ImportOptions = {}): ImageId {
  const target = options.reference ? canonicalName(options.reference) : undefined;
  if (options.reference && !target) throw new Failure('invalid', 'invalid reference format');
  checkTar(tar);
  const diffId = daemon.options.content.put(tar);
  const created = daemon.now();
  const empty = completeConfig({ Image: '' });
  const config = options.change?.(empty) ?? empty;
  const comment = options.message || `Imported from ${source}`;
  const json = {
    architecture: options.platform?.split('/')[1] ?? 'amd64',
    comment,
    config: configJson({ ...config, Labels: Object.keys(config.Labels).length ? config.Labels : (null as never) }),
    created,
    docker_version: version,
    history: [{ created, comment }],
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [diffId] },
  };
  const image = addImage(daemon, new TextEncoder().encode(goJson(json)));
  if (target) daemon.change({ type: 'image:tagged', reference: target, id: image.id, at: daemon.now() });
  daemon.announcements.tell('image', 'import', image.id, { name: target ? familiarName(target) : image.id });
  return image.id;
}

function checkTar(tar: Uint8Array): void {
  try {
    for (const entry of readTar(tar)) void entry;
  } catch (error) {
    if (error instanceof Failure && error.code === 'corrupt')
      throw new Failure('invalid', tar.length < 512 ? 'unexpected EOF' : 'archive/tar: invalid tar header');
    throw error;
  }
}
