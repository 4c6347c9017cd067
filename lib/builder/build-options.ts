import type { Chance, Clock } from '../clock';
import type { ContentStore } from '../content';
import type { Variables } from '../dockerfile';
import type { Credentials, FileSystem, Mount } from '../fs';
import type { Image, ImageConfig, ImageId } from '../image';
import type { DiffId } from '../layer';
import type { Layers } from '../snapshot';
import type { BuildCache } from './cache';
import type { BuildEvent } from './events';

/**
 * `docker build`, without the command around it: a Dockerfile and a context become an image.
 *
 * Life of a build: the Dockerfile is read → base images are resolved → every needed stage is planned (all words expanded,
 * all settings known, nothing run yet) → steps run in order, each from the cache when its key is known → the image is made.
 * What happens is told as events while it happens; text is made of them elsewhere (format-*.ts). A build that fails rejects
 * with a BuildFailure and leaves nothing behind but cache entries of the steps that succeeded.
 *
 * Words are BuildKit's: a *vertex* is a line of the build's progress; a *stage* is what FROM begins. What it needs from
 * above it declares here: `Sources` (images by name), `Runner` (processes). It names no image: tags are the engine's.
 */
export interface BuildOptions {
  /** The text of the Dockerfile, and the file's name as messages show it. */
  readonly dockerfile: string;
  readonly dockerfileName?: string;
  readonly context?: BuildContext;
  readonly target?: string;
  /** `--build-arg`: what the Dockerfile's ARGs get. */
  readonly arguments?: Variables | Readonly<Record<string, string | undefined>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  /** `--pull`: ask the registry even for images that are here. */
  readonly pull?: boolean;
  /** `linux/amd64` unless given. */
  readonly platform?: string;
  readonly secrets?: Readonly<Record<string, Uint8Array>>;
  /** `--network`: of every RUN that does not say itself. */
  readonly network?: 'default' | 'none' | 'host';
  /** `--add-host`: lines `name:address` for /etc/hosts of every RUN. */
  readonly addHosts?: readonly string[];
  /** Names the image gets, as written: only told (`naming to …`), for the engine does it. */
  readonly tags?: readonly string[];
  readonly sources: Sources;
  readonly runner: Runner;
  readonly content: ContentStore;
  readonly layers: Layers;
  readonly cache: BuildCache;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly progress?: (event: BuildEvent) => void | Promise<void>;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<BuildLimits>;
  /** Unpacks gzip, for ADD; throws when the bytes are not that. Without it such files are copied as they are. */
  readonly gunzip?: (bytes: Uint8Array) => Uint8Array;
}

export interface BuildLimits {
  /** Instructions of all needed stages together. */
  readonly steps: number;
  /** Of one RUN, on the clock. */
  readonly milliseconds: number;
  /** Of the files that the context sends, and of each layer. */
  readonly bytes: number;
  readonly files: number;
  /** Of the Dockerfile. */
  readonly dockerfileBytes: number;
}

export const usualLimits: BuildLimits = {
  steps: 5000,
  milliseconds: 600_000,
  bytes: 512 * 2 ** 20,
  files: 100_000,
  dockerfileBytes: 16 * 2 ** 20,
};

export interface BuildContext {
  readonly files: FileSystem;
  /** Absolute path of the context's folder in it. */
  readonly path: string;
  /** The text of the ignore file beside the Dockerfile (`NAME.dockerignore`), which replaces `.dockerignore`. */
  readonly ignoreFile?: string;
}

/** Where FROM finds images. */
export interface Sources {
  /** The image under a canonical reference (`docker.io/library/busybox:latest`), pulled when it is not here. */
  resolve(reference: string, options: { readonly platform: string; readonly pull: boolean }): Promise<FoundImage>;
}

export type FoundImage =
  | {
      readonly found: 'image';
      readonly config: ImageConfig;
      readonly diffIds: readonly DiffId[];
      /** Its id where it is known: only the classic builder shows it. */
      readonly imageId?: ImageId;
    }
  /** The repository is not there, or not for us; or it has no such tag. */
  | { readonly found: 'no-repository' | 'no-tag' }
  /** Anything else, in the registry's words. */
  | { readonly found: 'failure'; readonly message: string };

/** Runs one program over a tree, to its end. */
export type Runner = (task: RunTask) => Promise<RunEnd>;

export interface RunTask {
  /** The executable's absolute path in the tree. */
  readonly path: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly credentials: Credentials;
  /** `/` first, then those of `--mount`, by depth. /proc, /sys, /dev and files of /etc are the runner's to add. */
  readonly mounts: readonly Mount[];
  readonly hostname: string;
  readonly network: 'default' | 'none' | 'host';
  readonly addHosts: readonly string[];
  readonly output: (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void | Promise<void>;
  /** Aborted when the build is cancelled or the step takes too long: every process is to be killed. */
  readonly signal: AbortSignal;
}

export interface RunEnd {
  readonly exitCode: number;
}

export interface BuiltImage {
  readonly image: Image;
  readonly imageId: ImageId;
  /** Images that the classic builder makes on the way, one a step. Empty with BuildKit. */
  readonly intermediate: readonly Image[];
}

/** The arguments by name, without those that were named and given no value. */
export function buildArguments({ arguments: given }: BuildOptions): Variables {
  if (!given || given instanceof Map) return given ?? new Map();
  return new Map(Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
