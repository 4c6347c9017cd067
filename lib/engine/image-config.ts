import type { Healthcheck } from '../container';
import { Failure } from '../errors';
import type { Daemon } from './daemon';
import type { ImageRecord } from './state';

/** An image's configuration as it is stored: the JSON whose digest is the image's id. (OCI image-spec, config.md, and Docker's fields) */
export interface ImageJson {
  readonly created?: string;
  readonly author?: string;
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
  readonly docker_version?: string;
  readonly comment?: string;
  readonly config?: ImageSettings;
  readonly container_config?: unknown;
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly string[] };
  readonly history?: readonly HistoryEntry[];
}

export interface ImageSettings {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>> | null;
  readonly Env?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Volumes?: Readonly<Record<string, Record<string, never>>> | null;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly StopSignal?: string;
  readonly Healthcheck?: Healthcheck;
  readonly OnBuild?: readonly string[] | null;
  readonly Shell?: readonly string[] | null;
  readonly ArgsEscaped?: boolean;
}

export interface HistoryEntry {
  readonly created?: string;
  readonly author?: string;
  readonly created_by?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

export function imageConfig(daemon: Daemon, image: ImageRecord): ImageJson {
  const bytes = daemon.options.content.get(image.id as never);
  if (!bytes) throw new Failure('internal', `the configuration of ${image.id} is not in the content store`);
  return JSON.parse(new TextDecoder().decode(bytes)) as ImageJson;
}
