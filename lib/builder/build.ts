import {
  type BaseFacts,
  type Dockerfile,
  DockerfileError,
  isRemote,
  type LintResult,
  lint,
  PatternError,
  quote,
  tryDockerfile,
} from '../dockerfile';
import { unreachable } from '../errors';
import { basename, FsError } from '../fs';
import {
  formatReference,
  type Image,
  type ImageConfig,
  type ImageHistory,
  makeImage,
  parseImageName,
  parseNormalised,
} from '../image';
import { chainIdOf, type DiffId } from '../layer';
import { changedTar } from '../snapshot';
import { BuildFailure } from './build-failure';
import { type BuildLimits, type BuildOptions, type BuiltImage, type FoundImage, usualLimits } from './build-options';
import { byteSize } from './byte-size';
import type { CachedStep } from './cache';
import { contextPaths, sendContext, sentEntries } from './context-transfer';
import { copyInto, MissingSource, makeFolders, type Picked, pick } from './copy';
import { Materials } from './materials';
import { BuildPlan } from './plan';
import { Progress, type Vertex } from './progress';
import { runStep } from './run';
import { environmentOf, settingsOf } from './settings';
import type { SourceEntry } from './source-tree';
import { follow } from './source-tree';
import type { StagePlan } from './stage-plan';
import type { CopyStep, Step } from './step';
import { copyKey, entryDigest, keyOf, runKey, workdirKey } from './step-key';
import { timeText } from './time';
import { transferSize } from './transfer';
import { owner } from './users';

/** Builds an image as BuildKit does. Rejects with a BuildFailure, after telling of it. */
export async function build(options: BuildOptions): Promise<BuiltImage> {
  const name = options.dockerfileName ?? 'Dockerfile';
  const tell = options.progress ?? (() => {});
  try {
    const image = await new Build(options, name).run();
    await tell({ type: 'image-built', imageId: image.imageId });
    return { image, imageId: image.imageId, intermediate: [] };
  } catch (error) {
    const failure = asFailure(error);
    const { message, range } = failure;
    await tell({
      type: 'build-failed',
      failure: { message, range, dockerfile: options.dockerfile, dockerfileName: name },
    });
    throw failure;
  }
}

function asFailure(error: unknown): BuildFailure {
  if (error instanceof BuildFailure) return error;
  if (error instanceof DockerfileError) return new BuildFailure(error.message, error.range);
  throw error;
}

/** What a stage became. */
interface StageResult {
  readonly diffIds: readonly DiffId[];
  readonly history: readonly ImageHistory[];
  readonly key: string;
}

export class Build {
  readonly #limits: BuildLimits;
  readonly #progress: Progress;
  readonly #images = new Map<string, FoundImage>();
  readonly #results = new Map<number, StageResult>();
  #materials!: Materials;
  #plan!: BuildPlan;
  #lint: LintResult = { warnings: [], emitted: [], asErrors: false };

  constructor(
    readonly options: BuildOptions,
    readonly name: string,
  ) {
    this.#limits = { ...usualLimits, ...options.limits };
    this.#progress = new Progress(options.clock, options.progress ?? (() => {}));
  }

  /** Everything up to the planned stages, for those who only want to know what lint says. */
  async look(): Promise<{ readonly result: LintResult; readonly error?: BuildFailure }> {
    try {
      await this.#read();
      this.#plan.plan((reference) => this.#config(reference));
      return { result: this.#lint };
    } catch (error) {
      return { result: this.#lint, error: asFailure(error) };
    }
  }

  async #read(): Promise<void> {
    await this.#definition();
    await this.#metadata();
    const { ignoreEntry } = this.materials;
    if (ignoreEntry || this.options.context?.ignoreFile === undefined) await this.#ignoreFile(ignoreEntry);
  }

  async run(): Promise<Image> {
    await this.#read();
    const plans = this.#plan.plan((reference) => this.#config(reference));
    const { asErrors, emitted } = this.#lint;
    if (asErrors && emitted.length > 0) {
      const found = new Set(emitted.map(({ rule }) => rule));
      throw new BuildFailure(`lint violation found for rules: ${[...found].join(', ')}`);
    }
    this.#countSteps(plans);
    await this.#bases(plans);
    await this.#context(plans);
    await this.#documents(plans);
    for (const plan of plans) await this.#stage(plan);
    return this.#export(this.#plan.planned(this.#plan.target));
  }

  get materials(): Materials {
    return this.#materials;
  }

  /** Reads the Dockerfile and says what lint finds, all of which progress shows in the first vertex. */
  async #definition(): Promise<void> {
    const { dockerfile: text, context } = this.options;
    const vertex = await this.#progress.start(`[internal] load build definition from ${basename(this.name)}`);
    const bytes = new TextEncoder().encode(text);
    await vertex.status(
      `transferring dockerfile: ${byteSize(this.#definitionSize(bytes.length, context?.ignoreFile))}`,
    );
    if (bytes.length > this.#limits.dockerfileBytes) {
      throw new BuildFailure(
        `the Dockerfile is larger than ${byteSize(this.#limits.dockerfileBytes)}`,
        undefined,
        'exhausted',
      );
    }
    const { error, ...dockerfile } = tryDockerfile(text);
    const problem = error ?? (await this.#prepare(dockerfile));
    this.#lint = lint(text, {
      platform: this.#platform,
      arguments: this.options.arguments,
      base: (reference) => this.#facts(reference),
      stages: this.#plan && new Set(this.#plan.needed.map(({ index }) => index)),
    });
    for (const warning of this.#lint.emitted) await vertex.warn(warning);
    await vertex.done();
    if (problem) throw problem;
  }

  #definitionSize(size: number, ignoreFile: string | undefined): number {
    const mtime = this.options.clock.now();
    const common = { kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime } as const;
    const entry: SourceEntry = { ...common, path: `/${basename(this.name)}`, size };
    const ignore: SourceEntry = {
      ...common,
      path: `${entry.path}.dockerignore`,
      size: new TextEncoder().encode(ignoreFile).length,
    };
    return transferSize(ignoreFile === undefined ? [entry] : [entry, ignore], () => true);
  }

  get #platform(): string {
    return this.options.platform ?? 'linux/amd64';
  }

  /** Plans as far as can be told before base images are known; they are looked up here, and told of later. */
  async #prepare(dockerfile: Dockerfile): Promise<Error | undefined> {
    try {
      this.#plan = new BuildPlan(dockerfile, this.options.arguments ?? new Map(), this.#platform, this.options.target);
      for (const { reference, platform } of this.#references()) {
        this.#images.set(
          reference,
          await this.options.sources.resolve(reference, { platform, pull: this.options.pull ?? false }),
        );
      }
      return undefined;
    } catch (error) {
      return asFailure(error);
    }
  }

  /** Needed images, each once, in the order of their first use. */
  #references() {
    const plan = this.#plan;
    const seen = new Map<
      string,
      { reference: string; name: string; platform: string; range: BuildFailure['range']; copied: boolean }
    >();
    for (const stage of plan.needed) {
      const reference = plan.baseImage(stage);
      const platform = plan.platformOf(stage);
      const { range } = stage.from;
      if (reference !== undefined && !seen.has(reference))
        seen.set(reference, { reference, name: plan.baseName(stage), platform, range, copied: false });
    }
    for (const stage of plan.needed) {
      for (const { name, reference, range } of plan.copiedImages(stage)) {
        const known = seen.get(reference);
        if (known) known.copied = true;
        else seen.set(reference, { reference, name, platform: this.#platform, range, copied: true });
      }
    }
    return [...seen.values()];
  }

  async #metadata(): Promise<void> {
    this.#materials = new Materials(this.options, this.#plan.dockerfile, this.#limits);
    for (const { reference, name, range } of this.#references()) {
      const vertex = await this.#progress.start(`[internal] load metadata for ${reference}`);
      const image = this.#images.get(reference)!;
      if (image.found === 'image') {
        await vertex.done();
        this.materials.image(reference, image.diffIds);
        continue;
      }
      const reason = unavailable(reference, image);
      await vertex.failed(reason);
      throw new BuildFailure(
        `${name}: failed to resolve source metadata for ${reference}: ${reason}`,
        range,
        'not-found',
        reason,
      );
    }
  }

  #config(reference: string): ImageConfig {
    const image = this.#images.get(reference);
    if (image?.found !== 'image') throw new BuildFailure(`${reference} is not known`);
    return image.config;
  }

  #facts(name: string): BaseFacts | undefined {
    let image: FoundImage | undefined;
    try {
      image = this.#images.get(formatReference(parseImageName(name)));
    } catch {
      return undefined;
    }
    if (image?.found !== 'image') return undefined;
    const { config } = image;
    const settings = settingsOf(config);
    const platform = [config.os, config.architecture, config.variant].filter(Boolean).join('/');
    return { environment: environmentOf(settings), shell: settings.Shell ?? undefined, platform };
  }

  async #ignoreFile(entry: SourceEntry | undefined): Promise<void> {
    const vertex = await this.#progress.start('[internal] load .dockerignore');
    const size = transferSize(entry ? [entry] : [], () => true);
    await vertex.status(`transferring context: ${byteSize(size)}`);
    await vertex.done();
  }

  #countSteps(plans: readonly StagePlan[]): void {
    const steps = plans.reduce((sum, { history }) => sum + history.length, 0);
    if (steps > this.#limits.steps) {
      throw new BuildFailure(`the build has more than ${this.#limits.steps} steps`, undefined, 'exhausted');
    }
  }

  /** One vertex for each image that stages are based on. */
  async #bases(plans: readonly StagePlan[]): Promise<void> {
    for (const { reference, copied } of this.#references()) {
      const users = plans.filter(({ base }) => base.kind === 'image' && base.reference === reference);
      const first = users[0];
      const prefix = copied || !first ? '' : `${this.#number(first, 1, first.total)} `;
      const vertex = await this.#progress.start(`${prefix}FROM ${reference}`);
      if (this.#isNew(reference) || users.every((plan) => this.#firstStepIsCached(plan))) await vertex.done();
      else await vertex.cached();
    }
  }

  /** The first build on an image unpacks it; later ones find it so. */
  #isNew(reference: string): boolean {
    const image = this.#images.get(reference);
    const key = keyOf('base', image?.found === 'image' ? image.diffIds : reference);
    const known = this.options.cache.get(key) !== undefined;
    if (!known) this.options.cache.put(key, { created: this.#now(), description: `pulled from ${reference}`, size: 0 });
    return !known;
  }

  #firstStepIsCached(plan: StagePlan): boolean {
    const [step] = plan.steps;
    if (!step || this.options.noCache || (step.kind === 'copy' && step.from !== undefined)) return false;
    if (step.kind === 'run' && step.mounts.some((mount) => mount.type === 'bind')) return false;
    try {
      return this.options.cache.get(this.#key(this.#baseKey(plan), step, this.#picked(step))) !== undefined;
    } catch {
      return false;
    }
  }

  async #context(plans: readonly StagePlan[]): Promise<void> {
    const paths = contextPaths(plans);
    if (!paths) return;
    const vertex = await this.#progress.start('[internal] load build context');
    const { context, cache } = this.options;
    const sent = cache.sent.get(context?.path ?? '') ?? new Map<string, string>();
    cache.sent.set(context?.path ?? '', sent);
    const entries = await failing(vertex, async () => sentEntries(this.materials.context, paths, this.#limits));
    await vertex.status(`transferring context: ${byteSize(sendContext(entries, sent))}`);
    await vertex.done();
  }

  async #documents(plans: readonly StagePlan[]): Promise<void> {
    for (const step of plans.flatMap(({ steps }) => steps)) {
      const count = step.kind === 'copy' ? step.copying.files.length : step.kind === 'run' && step.script ? 1 : 0;
      for (let index = 0; index < count; index += 1) {
        const vertex = await this.#progress.start('[internal] preparing inline document');
        await vertex.done();
      }
    }
  }

  #number(plan: StagePlan, at: number, total: number): string {
    const name = this.#plan.namesStages ? `${plan.stage.name ?? `stage-${plan.stage.index}`} ` : '';
    return `[${name}${String(at).padStart(String(total).length)}/${total}]`;
  }

  #baseKey({ base }: StagePlan): string {
    if (base.kind === 'stage') return this.#results.get(base.plan.stage.index)!.key;
    if (base.kind === 'scratch') return keyOf('scratch');
    const image = this.#images.get(base.reference);
    return keyOf('image', image?.found === 'image' ? (chainIdOf(image.diffIds) ?? '') : '');
  }

  #baseResult(plan: StagePlan): StageResult {
    const { base } = plan;
    const key = this.#baseKey(plan);
    if (base.kind === 'stage') return { ...this.#results.get(base.plan.stage.index)!, key };
    if (base.kind === 'scratch') return { diffIds: [], history: [], key };
    const image = this.#images.get(base.reference);
    if (image?.found !== 'image') return { diffIds: [], history: [], key };
    return { diffIds: image.diffIds, history: image.config.history ?? [], key };
  }

  async #stage(plan: StagePlan): Promise<void> {
    let { diffIds, key } = this.#baseResult(plan);
    const history = [...this.#baseResult(plan).history];
    let at = plan.total - plan.steps.length + (plan.totalWithTriggers - plan.total);
    at = plan.base.kind === 'image' ? 1 : 0;
    for (const { text, step } of plan.history) {
      if (!step) {
        history.push({ created_by: text, comment: 'buildkit.dockerfile.v0', empty_layer: true });
        continue;
      }
      at += 1;
      const name = `${this.#number(plan, at, plan.totalWithTriggers)} ${step.title}`;
      const done = await this.#step(name, step, diffIds, key);
      ({ key } = done);
      diffIds = [...diffIds, done.diffId];
      history.push({ created: done.created, created_by: text, comment: 'buildkit.dockerfile.v0' });
    }
    this.#results.set(plan.stage.index, { diffIds, history, key });
    this.materials.finished(plan.stage.index, diffIds);
  }

  async #step(name: string, step: Step, below: readonly DiffId[], belowKey: string) {
    if (this.options.signal?.aborted)
      throw new BuildFailure('context canceled: context canceled', undefined, 'unavailable');
    const vertex = await this.#progress.start(name);
    return failing(vertex, async () => {
      const picked = this.#picked(step);
      const key = this.#key(belowKey, step, picked);
      const known = this.options.noCache ? undefined : this.options.cache.get(key);
      if (known?.diffId && this.options.content.has(known.diffId)) {
        await vertex.cached();
        return { key, diffId: known.diffId, created: known.created };
      }
      const made = await this.#execute(step, picked, below, vertex);
      const cached: CachedStep = { ...made, description: name, parent: belowKey };
      this.options.cache.put(key, cached);
      await vertex.done();
      return { key, diffId: made.diffId, created: made.created };
    });
  }

  #picked(step: Step): readonly Picked[] {
    if (step.kind !== 'copy') return [];
    const sources = step.copying.sources;
    const remote = sources.find(isRemote);
    if (remote !== undefined) throw unreachableSource(remote, step);
    try {
      return pick(this.materials.source(step.from), sources);
    } catch (error) {
      if (error instanceof PatternError) throw badPattern(step);
      throw error instanceof MissingSource ? this.#missing(step, error.path) : error;
    }
  }

  #missing(step: CopyStep, path: string): BuildFailure {
    if (step.from !== undefined)
      return new BuildFailure(`lstat ${path}: no such file or directory`, step.range, 'not-found');
    const reason = `failed to calculate checksum of ref ${this.materials.reference()}: ${quote(path)}: not found`;
    return new BuildFailure(`failed to compute cache key: ${reason}`, step.range, 'not-found', reason);
  }

  #key(below: string, step: Step, picked: readonly Picked[]): string {
    switch (step.kind) {
      case 'run':
        return runKey(below, step, this.#mounted(step));
      case 'copy':
        return copyKey(below, step, this.materials.source(step.from), picked);
      case 'workdir':
        return workdirKey(below, step);
      default:
        return unreachable(step);
    }
  }

  /** What bind mounts show counts for the cache, as copied files do. */
  #mounted(step: Extract<Step, { kind: 'run' }>): string[] {
    return step.mounts.flatMap((mount) => {
      if (mount.type !== 'bind') return [];
      const tree = this.materials.source(mount.from);
      const entry = follow(tree, mount.source);
      return entry ? [entryDigest(tree, entry)] : [];
    });
  }

  async #execute(step: Step, picked: readonly Picked[], below: readonly DiffId[], vertex: Vertex) {
    const root = this.materials.writable(below);
    const { clock, content, gunzip } = this.options;
    try {
      if (step.kind === 'run')
        await runStep(this.options, this.materials, step, root, vertex, this.#limits.milliseconds);
      else if (step.kind === 'workdir') {
        makeFolders(root.files, step.path, step.user ? owner(root.files, step.user) : undefined);
      } else copyInto(root.files, this.materials.source(step.from), step, picked, clock.now(), gunzip);
    } catch (error) {
      if (error instanceof BuildFailure && !error.range)
        throw new BuildFailure(this.#placed(error.message), step.range, error.code);
      if (error instanceof FsError)
        throw new BuildFailure(error.message, step.range, error.errno === 'ENOSPC' ? 'exhausted' : 'invalid');
      throw error;
    }
    const tar = changedTar(root.union.sheet);
    return { diffId: content.put(tar) as DiffId, created: this.#now(), size: root.union.sheet.size };
  }

  /** BuildKit names such paths by where the engine has the layer mounted. */
  #placed(message: string): string {
    const folder = `/var/lib/docker/overlay2/${this.materials.layerName()}/merged`;
    return message.replace(/^(cannot copy to non-directory: )/, `$1${folder}`);
  }

  #now(): string {
    return timeText(this.options.clock.now());
  }

  async #export(plan: StagePlan): Promise<Image> {
    const vertex = await this.#progress.start('exporting to image');
    const { diffIds, history } = this.#results.get(plan.stage.index)!;
    await vertex.status('exporting layers');
    const image = makeImage(this.options.content, { ...this.#fields(plan, history), diffIds });
    await vertex.status(`writing image ${image.imageId}`);
    for (const tag of this.options.tags ?? [])
      await vertex.status(`naming to ${formatReference(parseNormalised(tag))}`);
    await vertex.done();
    return image;
  }

  #fields(plan: StagePlan, written: readonly ImageHistory[]) {
    const { settings, author, platform } = plan;
    const { labels = {} } = this.options;
    const Labels = Object.keys(labels).length > 0 ? { ...settings.Labels, ...labels } : settings.Labels;
    const history = withTimes(written, this.#now());
    const [os, architecture, variant] = platform.split('/');
    const config = Object.fromEntries(
      Object.entries({ ...settings, Labels }).filter(([, value]) => value !== undefined),
    );
    return { config, history, created: history.at(-1)?.created ?? this.#now(), author, os, architecture, variant };
  }
}

/** Steps without a layer get the time of the first new layer after them, or of the last one before. */
function withTimes(history: readonly ImageHistory[], now: string): ImageHistory[] {
  const firstOpen = history.findIndex(({ created }) => created === undefined);
  const after = firstOpen < 0 ? undefined : history.slice(firstOpen).find(({ created }) => created !== undefined);
  let last = after?.created ?? history.findLast(({ created }) => created !== undefined)?.created ?? now;
  let open = false;
  return history.map((entry) => {
    if (entry.created === undefined) {
      open = true;
      return { created: last, ...entry };
    }
    if (open) last = entry.created;
    return entry;
  });
}

/** Tells of a failure in the vertex it happened in, and passes it on. */
async function failing<T>(vertex: Vertex, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BuildFailure) await vertex.failed(error.vertexMessage);
    throw error;
  }
}

function unavailable(reference: string, image: Exclude<FoundImage, { found: 'image' }>): string {
  if (image.found === 'failure') return image.message;
  if (image.found === 'no-tag') return `${reference}: not found`;
  const denied = 'pull access denied, repository does not exist or may require authorization';
  return `${denied}: server message: insufficient_scope: authorization failed`;
}

function badPattern(step: CopyStep): BuildFailure {
  const patterns = `[${step.copying.sources.join(' ')}]`;
  return new BuildFailure(
    `rpc error: code = Unknown desc = invalid includepatterns: ${patterns}: syntax error in pattern`,
  );
}

/** There is no other network than the class's. */
function unreachableSource(url: string, step: CopyStep): BuildFailure {
  const host = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?([^/:]+)/i.exec(url)?.[1] ?? url;
  const reason = `Get ${quote(url)}: dial tcp: lookup ${host}: no such host`;
  return new BuildFailure(`failed to load cache key: ${reason}`, step.range, 'unavailable', reason);
}
