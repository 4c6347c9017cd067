import { type LintResult, lint, tryDockerfile, type Variables } from '../dockerfile';
import { basename } from '../fs';
import { type BaseImages, canonicalOrNothing, unavailable } from './base-images';
import { asFailure, BuildFailure } from './build-failure';
import { type BuildLimits, type BuildOptions, buildArguments } from './build-options';
import { byteSize } from './byte-size';
import { BuildPlan } from './plan';
import type { Progress } from './progress';
import type { SourceEntry } from './source-tree';
import { transferSize } from './transfer';

/** The first vertex of a build: the Dockerfile is read, looked through by lint, and planned as far as it goes. */
export class Definition {
  /** There even when reading fails. */
  lint: LintResult = { warnings: [], emitted: [], asErrors: false };
  readonly #arguments: Variables;
  readonly #platform: string;
  #plan: BuildPlan | undefined;

  constructor(
    readonly options: BuildOptions,
    readonly name: string,
    readonly limits: BuildLimits,
    readonly progress: Progress,
    readonly images: BaseImages,
  ) {
    this.#arguments = buildArguments(options);
    this.#platform = options.platform ?? 'linux/amd64';
  }

  /** Reads the Dockerfile and says what lint finds, all of which progress shows in the first vertex. */
  async read(): Promise<BuildPlan> {
    const { dockerfile: text } = this.options;
    const vertex = await this.progress.start(`[internal] load build definition from ${basename(this.name)}`);
    const bytes = new TextEncoder().encode(text).length;
    await vertex.status(`transferring dockerfile: ${byteSize(this.#definitionSize(bytes))}`);
    if (bytes > this.limits.dockerfileBytes) {
      const most = byteSize(this.limits.dockerfileBytes);
      throw new BuildFailure(`the Dockerfile is larger than ${most}`, undefined, 'exhausted');
    }
    const problem = await this.#prepare(text);
    this.lint = lint(text, {
      platform: this.#platform,
      arguments: this.#arguments,
      base: (name) => this.images.facts(name),
      stages: this.#plan && new Set(this.#plan.needed.map(({ index }) => index)),
    });
    for (const warning of this.lint.emitted) await vertex.warn(warning);
    await vertex.done();
    await this.#frontend();
    if (problem) throw problem;
    return this.#plan!;
  }

  /** `# syntax=`: Docker's own frontend is what this is; others are not there. */
  async #frontend(): Promise<void> {
    const { directives } = tryDockerfile(this.options.dockerfile);
    const syntax = directives.find(({ name }) => name === 'syntax');
    if (!syntax) return;
    const name = syntax.value.split(/\s/)[0]!;
    const reference = canonicalOrNothing(name);
    if (!reference) throw new BuildFailure(`failed to parse frontend image name "${name}"`, syntax.range);
    const vertex = await this.progress.start(`resolve image config for docker-image://${reference}`);
    if (/^docker\.io\/docker\/dockerfile[:@]/.test(reference)) return vertex.done();
    const reason = unavailable(reference, { found: 'no-repository' });
    await vertex.failed(reason);
    throw new BuildFailure(`failed to resolve source metadata for ${reference}: ${reason}`, syntax.range, 'not-found');
  }

  /** Plans as far as can be told before base images are known; they are looked up here, and told of later. */
  async #prepare(text: string): Promise<Error | undefined> {
    const { error, refused: _, ...dockerfile } = tryDockerfile(text);
    if (error) return error;
    try {
      this.#plan = new BuildPlan(dockerfile, this.#arguments, this.#platform, this.options.target);
      await this.images.find(this.#plan);
      return undefined;
    } catch (problem) {
      return asFailure(problem);
    }
  }

  #definitionSize(size: number): number {
    const ignoreFile = this.options.context?.ignoreFile;
    const common = { kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: this.options.clock.now() } as const;
    const entry: SourceEntry = { ...common, path: `/${basename(this.name)}`, size };
    const ignoreSize = new TextEncoder().encode(ignoreFile).length;
    const ignore: SourceEntry = { ...common, path: `${entry.path}.dockerignore`, size: ignoreSize };
    return transferSize(ignoreFile === undefined ? [entry] : [entry, ignore], () => true);
  }
}
