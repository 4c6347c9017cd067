import type { DiffId } from '../layer';

/** An image's name in the engine: the digest of its configuration. */
export type ImageId = string & { readonly __brand: 'ImageId' };

/** What a container made from the image gets unless told otherwise. (OCI image-spec, config.md; Docker's own fields too) */
export interface ImageSettings {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, Record<string, never>>>;
  readonly Env?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Volumes?: Readonly<Record<string, Record<string, never>>> | null;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly StopSignal?: string;
  readonly StopTimeout?: number;
  readonly Healthcheck?: ImageHealthcheck;
  readonly Shell?: readonly string[] | null;
  readonly OnBuild?: readonly string[] | null;
  readonly ArgsEscaped?: boolean;
  /** Docker's older builder leaves a container's other fields here; they are kept as they are. */
  readonly [field: string]: unknown;
}

/** Durations in nanoseconds. */
export interface ImageHealthcheck {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

export interface ImageHistory {
  readonly created?: string;
  readonly created_by?: string;
  readonly author?: string;
  readonly comment?: string;
  /** It made no layer. */
  readonly empty_layer?: boolean;
}

export interface ImageConfig {
  readonly architecture: string;
  readonly variant?: string;
  readonly os: string;
  readonly author?: string;
  /** RFC 3339. */
  readonly created?: string;
  readonly config?: ImageSettings | null;
  readonly history?: readonly ImageHistory[];
  readonly rootfs: { readonly type: 'layers'; readonly diff_ids: readonly DiffId[] };
  readonly [field: string]: unknown;
}

/** The order of the fields of a configuration in Docker's JSON. */
// biome-ignore format: a list to be read as one
const settingsOrder = [
  'Hostname', 'Domainname', 'User', 'AttachStdin', 'AttachStdout', 'AttachStderr', 'ExposedPorts', 'Tty', 'OpenStdin',
  'StdinOnce', 'Env', 'Cmd', 'Healthcheck', 'ArgsEscaped', 'Image', 'Volumes', 'WorkingDir', 'Entrypoint', 'OnBuild', 'Labels',
  'StopSignal', 'StopTimeout', 'Shell',
];

/** JSON as Docker writes a configuration, so that what is made here has the form, and so the id, of what is made there. */
export function configJson(config: ImageConfig): string {
  const { config: settings, ...rest } = config;
  const whole: Record<string, unknown> = settings ? { ...rest, config: inOrder(settings, settingsOrder) } : { ...rest };
  return goJson(inOrder(whole, Object.keys(whole).sort()));
}

function inOrder(value: Readonly<Record<string, unknown>>, order: readonly string[]): Record<string, unknown> {
  const names = [
    ...order.filter((name) => name in value),
    ...Object.keys(value).filter((name) => !order.includes(name)),
  ];
  return Object.fromEntries(names.map((name) => [name, sortedIfMap(name, value[name])]));
}

const maps = new Set(['ExposedPorts', 'Volumes', 'Labels']);

/** Go writes a map's keys in order. */
function sortedIfMap(name: string, value: unknown): unknown {
  if (!maps.has(name) || value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** JSON as Go's encoder writes it: `<`, `>`, `&` and the two line separators escaped. */
export function goJson(value: unknown): string {
  const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped);
}
