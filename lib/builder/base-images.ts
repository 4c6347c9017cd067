import type { BaseFacts } from '../dockerfile';
import { Failure } from '../errors';
import { formatReference, type ImageConfig, parseImageName } from '../image';
import type { DiffId } from '../layer';
import { BuildFailure } from './build-failure';
import type { BuildOptions, FoundImage } from './build-options';
import type { BuildPlan } from './plan';
import type { Progress } from './progress';
import { environmentOf, settingsOf } from './settings';

/** An image that the build needs. */
export interface NeededImage {
  /** Canonical: `docker.io/library/busybox:latest`. */
  readonly reference: string;
  /** As the Dockerfile says it. */
  readonly name: string;
  readonly platform: string;
  readonly range: BuildFailure['range'];
  /** Something is copied from it without a stage. */
  readonly copied: boolean;
}

/** The images that stages begin with or copy from: found once, before anything is told of them. */
export class BaseImages {
  readonly #found = new Map<string, FoundImage>();
  needed: readonly NeededImage[] = [];

  constructor(readonly options: BuildOptions) {}

  /** Looks every needed image up. What is not found stays so until `load` says it. */
  async find(plan: BuildPlan): Promise<void> {
    this.needed = neededImages(plan, this.options.platform ?? 'linux/amd64');
    const { sources, pull = false } = this.options;
    for (const { reference, platform } of this.needed) {
      this.#found.set(reference, await sources.resolve(reference, { platform, pull }));
    }
  }

  /** One vertex each; the first that is not there ends the build. */
  async load(progress: Progress, found: (reference: string, diffIds: readonly DiffId[]) => void): Promise<void> {
    for (const { reference, name, range } of this.needed) {
      const vertex = await progress.start(`[internal] load metadata for ${reference}`);
      const image = this.#found.get(reference)!;
      if (image.found === 'image') {
        await vertex.done();
        found(reference, image.diffIds);
        continue;
      }
      const reason = unavailable(reference, image);
      await vertex.failed(reason);
      const message = `${name}: failed to resolve source metadata for ${reference}: ${reason}`;
      throw new BuildFailure(message, range, 'not-found', reason);
    }
  }

  config(reference: string): ImageConfig {
    return this.#image(reference).config;
  }

  diffIds(reference: string): readonly DiffId[] {
    return this.#image(reference).diffIds;
  }

  /** For lint: by the name that FROM has. */
  facts(name: string): BaseFacts | undefined {
    const image = this.#found.get(canonicalOrNothing(name) ?? '');
    if (image?.found !== 'image') return undefined;
    const { config } = image;
    const settings = settingsOf(config);
    const platform = [config.os, config.architecture, config.variant].filter(Boolean).join('/');
    return { environment: environmentOf(settings), shell: settings.Shell ?? undefined, platform };
  }

  #image(reference: string): Extract<FoundImage, { found: 'image' }> {
    const image = this.#found.get(reference);
    if (image?.found !== 'image') throw new Failure('internal', `${reference} was not found`);
    return image;
  }
}

/** The canonical form of a name; undefined when it is none. */
export function canonicalOrNothing(name: string): string | undefined {
  try {
    return formatReference(parseImageName(name));
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** Each image once, those of FROM first. */
function neededImages(plan: BuildPlan, platform: string): NeededImage[] {
  const needed = new Map<string, NeededImage>();
  for (const stage of plan.needed) {
    const reference = plan.baseImage(stage);
    const of = { name: plan.baseName(stage), platform: plan.platformOf(stage), range: stage.from.range, copied: false };
    if (reference !== undefined && !needed.has(reference)) needed.set(reference, { reference, ...of });
  }
  for (const { name, reference, range } of plan.needed.flatMap((stage) => plan.copiedImages(stage))) {
    needed.set(reference, { ...(needed.get(reference) ?? { reference, name, platform, range }), copied: true });
  }
  return [...needed.values()];
}

export function unavailable(reference: string, image: Exclude<FoundImage, { found: 'image' }>): string {
  if (image.found === 'failure') return image.message;
  if (image.found === 'no-tag') return `${reference}: not found`;
  const denied = 'pull access denied, repository does not exist or may require authorization';
  return `${denied}: server message: insufficient_scope: authorization failed`;
}
