import type { ImageId } from '../container';
import type { FileSystem } from '../fs';

/**
 * How `docker build` is really done: lib/builder implements it, the machine injects it, the command asks for it.
 *
 * The engine gives the builder what a build changes and uses: images, the cache, and processes for RUN.
 */
export type Builder = (request: BuildRequest) => Promise<BuildOutcome>;

export interface BuildRequest {
  /** The context's files, rooted at `/`; undefined for `docker build -` with a Dockerfile alone. */
  readonly context?: FileSystem;
  /** Where the context is in `context`: an absolute path. */
  readonly contextPath: string;
  /** The Dockerfile's text, and its name as messages show it. */
  readonly dockerfile: string;
  readonly dockerfileName: string;
  readonly tags: readonly string[];
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string | undefined>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly platform?: string;
  readonly secrets: Readonly<Record<string, Uint8Array>>;
  readonly network?: string;
  readonly addHosts: readonly string[];
  /** BuildKit's plain progress, the classic builder's steps, only the image's id, or the lint report of `--check`. */
  readonly mode: 'buildkit' | 'classic' | 'quiet' | 'classic-quiet' | 'check';
  readonly output: (stream: 'stdout' | 'stderr', text: string) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export type BuildOutcome =
  | { readonly ok: true; readonly image?: ImageId }
  /** The builder has already printed what went wrong. */
  | { readonly ok: false; readonly exitCode: number };
