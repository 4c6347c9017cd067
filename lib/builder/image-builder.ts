import { Failure } from '../errors';
import { basename, type FileSystem, FsError, join } from '../fs';
import type { Image, ImageId } from '../image';
import { build } from './build';
import { BuildFailure } from './build-failure';
import type { BuildOptions } from './build-options';
import { humanSize } from './byte-size';
import { check } from './check';
import { buildClassic } from './classic';
import { contextTarSize } from './classic-context';
import { ClassicFailure } from './classic-failure';
import type { BuildEvent } from './events';
import { failureText, PlainProgress } from './format-plain';

/** `docker build` as the command asks for it: a request in, text and an exit code out. The engine's `Builder` has this shape. */
export interface ImageRequest {
  readonly context?: FileSystem;
  /** Where the context is in `context`: an absolute path. */
  readonly contextPath: string;
  /** Undefined when there is no such file: the builder says so. */
  readonly dockerfile: string | undefined;
  /** As messages show it. `--check` shows it as the person wrote it. */
  readonly dockerfileName: string;
  /** The text of `NAME.dockerignore` beside the Dockerfile, when that lies elsewhere than in the context's folder. */
  readonly ignoreFile?: string;
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
  readonly mode: 'buildkit' | 'classic' | 'quiet' | 'classic-quiet' | 'check';
  readonly output: (stream: 'stdout' | 'stderr', text: string) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export type ImageOutcome =
  | { readonly ok: true; readonly image?: ImageId }
  | { readonly ok: false; readonly exitCode: number };

/** What a builder needs for all its builds. */
export type BuilderNeeds = Pick<
  BuildOptions,
  'sources' | 'runner' | 'content' | 'layers' | 'cache' | 'clock' | 'chance' | 'gunzip' | 'limits'
> & {
  /** Makes the engine know the image, under its names. Called once, at the end of a build that succeeded. */
  readonly keep: (image: Image, tags: readonly string[], intermediate: readonly Image[]) => void | Promise<void>;
  /** Each event as it happens: for a screen that draws the build. */
  readonly watch?: (event: BuildEvent) => void | Promise<void>;
};

export function imageBuilder(needs: BuilderNeeds): (request: ImageRequest) => Promise<ImageOutcome> {
  return (request) => {
    if (request.dockerfile === undefined) return missingFile(request);
    const options = optionsOf(needs, request, request.dockerfile);
    switch (request.mode) {
      case 'check':
        return checkFile(options, request);
      case 'quiet':
        return buildQuietly(needs, options, request);
      case 'classic':
      case 'classic-quiet':
        return buildAsBefore(needs, options, request);
      case 'buildkit':
        return buildLoudly(needs, options, request);
    }
  };
}

function optionsOf(needs: BuilderNeeds, request: ImageRequest, dockerfile: string): BuildOptions {
  const { context, contextPath, dockerfileName, tags, target, labels, noCache, pull } = request;
  const values = Object.entries(request.buildArgs).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const ignoreFile =
    request.ignoreFile ?? (context && readText(context, join(contextPath, `${dockerfileName}.dockerignore`)));
  const { sources, runner, content, layers, cache, clock, chance, gunzip, limits } = needs;
  return {
    ...{ sources, runner, content, layers, cache, clock, chance, gunzip, limits },
    ...{ dockerfile, dockerfileName, tags, target, labels, noCache, pull },
    context: context && { files: context, path: contextPath, ignoreFile },
    arguments: new Map(values),
    platform: request.platform,
    secrets: request.secrets,
    network: request.network === 'none' || request.network === 'host' ? request.network : 'default',
    addHosts: request.addHosts,
    signal: request.signal,
  };
}

async function missingFile(request: ImageRequest): Promise<ImageOutcome> {
  const name = basename(request.dockerfileName);
  const progress = [
    '#0 building with "default" instance using docker driver\n',
    `#1 [internal] load build definition from ${name}`,
    '#1 transferring dockerfile: 2B done',
    '#1 DONE 0.0s',
  ];
  const message = `failed to read dockerfile: open ${name}: no such file or directory`;
  if (request.mode !== 'quiet') await request.output('stderr', `${progress.join('\n')}\n`);
  await request.output('stderr', `ERROR: failed to build: failed to solve: ${message}\n`);
  return { ok: false, exitCode: 1 };
}

function readText(files: FileSystem, path: string): string | undefined {
  try {
    return new TextDecoder().decode(files.readFile(path));
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}

async function buildLoudly(needs: BuilderNeeds, options: BuildOptions, request: ImageRequest): Promise<ImageOutcome> {
  const plain = new PlainProgress();
  await request.output('stderr', plain.header());
  const progress = async (event: BuildEvent) => {
    await needs.watch?.(event);
    const text = plain.take(event);
    if (text) await request.output('stderr', text);
  };
  return finish(needs, { ...options, progress }, request);
}

async function buildQuietly(needs: BuilderNeeds, options: BuildOptions, request: ImageRequest): Promise<ImageOutcome> {
  const progress = async (event: BuildEvent) => {
    await needs.watch?.(event);
    if (event.type === 'build-failed') await request.output('stderr', failureText(event.failure));
  };
  const outcome = await finish(needs, { ...options, progress }, request);
  if (outcome.ok) await request.output('stdout', `${outcome.image}\n`);
  return outcome;
}

async function finish(needs: BuilderNeeds, options: BuildOptions, request: ImageRequest): Promise<ImageOutcome> {
  try {
    const { image, imageId, intermediate } = await build(options);
    await needs.keep(image, request.tags, intermediate);
    return { ok: true, image: imageId };
  } catch (error) {
    if (error instanceof BuildFailure) return { ok: false, exitCode: 1 };
    if (!(error instanceof Failure)) throw error;
    await request.output('stderr', `ERROR: failed to build: failed to solve: ${error.message}\n`);
    return { ok: false, exitCode: 1 };
  }
}

async function buildAsBefore(needs: BuilderNeeds, options: BuildOptions, request: ImageRequest): Promise<ImageOutcome> {
  const quiet = request.mode === 'classic-quiet';
  const say = async (text: string) => (quiet ? undefined : request.output('stdout', text));
  try {
    await say(`Sending build context to Docker daemon  ${humanSize(contextTarSize(options))}\r\r\n`);
    const { image, imageId, intermediate } = await buildClassic({ ...options, say });
    await needs.keep(image, request.tags, intermediate);
    if (quiet) await request.output('stdout', `${imageId}\n`);
    return { ok: true, image: imageId };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // Whoever ended it knows: the old builder's client is gone by then.
    if (!request.signal?.aborted) await request.output('stderr', `${error.message}\n`);
    return { ok: false, exitCode: error instanceof ClassicFailure ? error.exitCode : 1 };
  }
}

async function checkFile(options: BuildOptions, request: ImageRequest): Promise<ImageOutcome> {
  const plain = new PlainProgress();
  await request.output('stderr', plain.header());
  const tell = async (event: BuildEvent) => {
    const text = event.type === 'build-failed' || event.type === 'warning-found' ? '' : plain.take(event);
    if (text) await request.output('stderr', text);
  };
  const { report, failure, clean } = await check({ ...options, progress: tell });
  await request.output('stdout', report);
  if (failure) await request.output('stderr', failure);
  return clean ? { ok: true } : { ok: false, exitCode: 1 };
}
