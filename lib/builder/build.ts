import { formatTime } from '../clock';
import type { LintResult } from '../dockerfile';
import { Failure } from '../errors';
import { basename } from '../fs';
import { formatReference, type Image, type ImageFields, type ImageHistory, makeImage, parseNormalised } from '../image';
import { chainIdOf, type DiffId } from '../layer';
import { BaseImages } from './base-images';
import { asFailure, BuildFailure } from './build-failure';
import { type BuildLimits, type BuildOptions, type BuiltImage, usualLimits } from './build-options';
import { byteSize } from './byte-size';
import { contextPaths, sendContext, sentEntries } from './context-transfer';
import { Definition } from './definition';
import { imageFields } from './image-fields';
import { Materials } from './materials';
import type { BuildPlan } from './plan';
import { Progress, type Vertex } from './progress';
import { canceled } from './run';
import type { SourceEntry } from './source-tree';
import type { StagePlan } from './stage-plan';
import type { Step } from './step';
import { keyOf } from './step-key';
import { Steps } from './steps';
import { transferSize } from './transfer';

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
    const facts = { message, range, dockerfile: options.dockerfile, dockerfileName: basename(name) };
    await tell({ type: 'build-failed', failure: facts });
    throw failure;
  }
}

/** What a stage became. */
interface StageResult {
  readonly diffIds: readonly DiffId[];
  readonly history: readonly ImageHistory[];
  readonly key: string;
}

/** One build, from the text to the image. */
export class Build {
  readonly #limits: BuildLimits;
  readonly #progress: Progress;
  readonly #images: BaseImages;
  readonly #definition: Definition;
  readonly #results = new Map<number, StageResult>();
  #steps!: Steps;
  #plan!: BuildPlan;

  constructor(
    readonly options: BuildOptions,
    readonly name: string,
  ) {
    this.#limits = { ...usualLimits, ...options.limits };
    this.#progress = new Progress(options.clock, options.progress ?? (() => {}));
    this.#images = new BaseImages(options);
    this.#definition = new Definition(options, name, this.#limits, this.#progress, this.#images);
  }

  /** Everything up to the planned stages, for those who only want to know what lint says. */
  async look(): Promise<{ readonly result: LintResult; readonly error?: BuildFailure }> {
    try {
      await this.#read();
      this.#plan.plan((reference) => this.#images.config(reference));
      return { result: this.#definition.lint };
    } catch (error) {
      return { result: this.#definition.lint, error: asFailure(error) };
    }
  }

  async run(): Promise<Image> {
    await this.#read();
    const plans = this.#plan.plan((reference) => this.#images.config(reference));
    this.#refuseFindings();
    this.#countSteps(plans);
    await this.#bases(plans);
    await this.#context(plans);
    await this.#documents(plans);
    for (const plan of plans) await this.#stage(plan);
    return this.#export(this.#plan.planned(this.#plan.target));
  }

  async #read(): Promise<void> {
    this.#plan = await this.#definition.read();
    const materials = new Materials(this.options, this.#plan.dockerfile, this.#limits);
    this.#steps = new Steps(this.options, materials, this.#limits);
    await this.#images.load(this.#progress, (reference, diffIds) => materials.image(reference, diffIds));
    if (this.options.context?.ignoreFile === undefined) await this.#ignoreFile(materials.ignoreEntry);
  }

  async #ignoreFile(entry: SourceEntry | undefined): Promise<void> {
    const vertex = await this.#progress.start('[internal] load .dockerignore');
    const size = transferSize(entry ? [entry] : [], () => true);
    await vertex.status(`transferring context: ${byteSize(size)}`);
    await vertex.done();
  }

  /** `# check=error=true` */
  #refuseFindings(): void {
    const { asErrors, emitted } = this.#definition.lint;
    if (!asErrors || emitted.length === 0) return;
    const found = new Set(emitted.map(({ rule }) => rule));
    throw new BuildFailure(`lint violation found for rules: ${[...found].join(', ')}`);
  }

  #countSteps(plans: readonly StagePlan[]): void {
    const steps = plans.reduce((sum, plan) => sum + plan.steps.length, 0);
    if (steps > this.#limits.steps) {
      throw new BuildFailure(`the build has more than ${this.#limits.steps} steps`, undefined, 'exhausted');
    }
  }

  /** One vertex for each image that stages are based on. */
  async #bases(plans: readonly StagePlan[]): Promise<void> {
    for (const { reference, copied } of this.#images.needed) {
      const users = plans.filter(({ base }) => base.kind === 'image' && base.reference === reference);
      const [first] = users;
      const prefix = copied || !first ? '' : `${this.#number(first, 1, first.total)} `;
      const vertex = await this.#progress.start(`${prefix}FROM ${reference}`);
      if (this.#isNew(reference) || users.every((plan) => this.#beginsCached(plan))) await vertex.done();
      else await vertex.cached();
    }
  }

  /** The first build on an image unpacks it; later ones find it so. */
  #isNew(reference: string): boolean {
    const { cache, clock } = this.options;
    const key = keyOf('base', this.#images.diffIds(reference));
    if (cache.get(key)) return false;
    cache.put(key, { created: formatTime(clock.now()), description: `pulled from ${reference}`, size: 0 });
    return true;
  }

  /** When the first step comes from the cache, its base is not even looked at. */
  #beginsCached(plan: StagePlan): boolean {
    const [step] = plan.steps;
    if (!step || this.options.noCache || (step.kind === 'copy' && step.from !== undefined)) return false;
    if (step.kind === 'run' && step.mounts.some(({ type }) => type === 'bind')) return false;
    try {
      const key = this.#steps.key(this.#base(plan).key, step, this.#steps.picked(step));
      return this.options.cache.get(key)?.diffId !== undefined;
    } catch (error) {
      if (error instanceof BuildFailure) return false;
      throw error;
    }
  }

  async #context(plans: readonly StagePlan[]): Promise<void> {
    const paths = contextPaths(plans);
    if (!paths) return;
    const vertex = await this.#progress.start('[internal] load build context');
    const { context, cache } = this.options;
    const sent = cache.sent.get(context?.path ?? '') ?? new Map<string, string>();
    cache.sent.set(context?.path ?? '', sent);
    const { materials } = this.#steps;
    const entries = await failing(vertex, async () => sentEntries(materials.context, paths, this.#limits));
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

  /** What a stage begins with. */
  #base({ base }: StagePlan): StageResult {
    if (base.kind === 'stage') return this.#results.get(base.plan.stage.index) ?? nothingYet;
    if (base.kind === 'scratch') return { diffIds: [], history: [], key: keyOf('scratch') };
    const diffIds = this.#images.diffIds(base.reference);
    const history = this.#images.config(base.reference).history ?? [];
    return { diffIds, history, key: keyOf('image', chainIdOf(diffIds) ?? '') };
  }

  async #stage(plan: StagePlan): Promise<void> {
    let { diffIds, key } = this.#base(plan);
    const history = [...this.#base(plan).history];
    let at = plan.base.kind === 'image' ? 1 : 0;
    for (const { text, step } of plan.history) {
      const written = { created_by: text, comment: 'buildkit.dockerfile.v0' };
      if (!step) {
        history.push({ ...written, empty_layer: true });
        continue;
      }
      at += 1;
      const title = `${this.#number(plan, at, plan.totalWithTriggers)} ${step.title}`;
      const done = await this.#step(title, step, diffIds, key);
      key = done.key;
      diffIds = [...diffIds, done.diffId];
      history.push({ created: done.created, ...written });
    }
    this.#results.set(plan.stage.index, { diffIds, history, key });
    this.#steps.materials.finished(plan.stage.index, diffIds);
  }

  async #step(title: string, step: Step, below: readonly DiffId[], belowKey: string) {
    const { signal, cache, content, noCache } = this.options;
    if (signal?.aborted) throw canceled();
    const vertex = await this.#progress.start(title);
    return failing(vertex, async () => {
      const picked = this.#steps.picked(step);
      const key = this.#steps.key(belowKey, step, picked);
      const known = noCache ? undefined : cache.get(key);
      if (known?.diffId && content.has(known.diffId)) {
        await vertex.cached();
        return { key, diffId: known.diffId, created: known.created };
      }
      const { diffId, created, size } = await this.#steps.make(step, picked, below, vertex);
      cache.put(key, { diffId, created, size, description: title, parent: belowKey });
      await vertex.done();
      return { key, diffId, created };
    });
  }

  async #export(plan: StagePlan): Promise<Image> {
    const { content, clock, labels = {}, tags = [] } = this.options;
    const vertex = await this.#progress.start('exporting to image');
    const { diffIds, history } = this.#results.get(plan.stage.index) ?? nothingYet;
    await vertex.status('exporting layers');
    const image = await failing(vertex, async () => {
      return made(content, { ...imageFields(plan, history, labels, formatTime(clock.now())), diffIds });
    });
    await vertex.status(`writing image ${image.imageId}`);
    for (const tag of tags) await vertex.status(`naming to ${formatReference(parseNormalised(tag))}`);
    await vertex.done();
    return image;
  }
}

const notStarted = 'runc run failed: unable to start container process: error during container init: ';

/** What is no valid image is a failure of the build, not of the engine. */
function made(content: BuildOptions['content'], fields: ImageFields): Image {
  try {
    return makeImage(content, fields);
  } catch (error) {
    throw error instanceof Failure ? new BuildFailure(`failed to export image: ${error.message}`) : error;
  }
}

const nothingYet: StageResult = { diffIds: [], history: [], key: '' };

/** Tells of a failure in the vertex it happened in, and passes it on. */
async function failing<T>(vertex: Vertex, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    if (error.complaint) await vertex.output('stderr', `${notStarted}${error.complaint}\n`);
    if (error.code === 'unavailable' && error.range === undefined) await vertex.canceled();
    else await vertex.failed(error.vertexMessage);
    throw error;
  }
}
