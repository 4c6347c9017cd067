import { formatTime, hex } from '../clock';
import {
  baseStage,
  type Dockerfile,
  type Evaluated,
  expandGlobal,
  type Given,
  globalScope,
  type Instruction,
  platformArguments,
  readDockerfile,
  type Stage,
  StageScope,
} from '../dockerfile';
import { Failure } from '../errors';
import { findImage, type Image, type ImageHistory, type ImageId, makeImage } from '../image';
import type { DiffId } from '../layer';
import { asFailure, BuildFailure } from './build-failure';
import { type BuildLimits, type BuildOptions, type BuiltImage, buildArguments, usualLimits } from './build-options';
import { classicPicked, fingerprint } from './classic-copy';
import { ClassicFailure } from './classic-failure';
import { classicImage } from './classic-images';
import { readClassic, refuseNew } from './classic-refusals';
import { classicComment, classicText } from './classic-text';
import { runText } from './history-text';
import { Materials } from './materials';
import { type Draft, draftOf, planInstruction } from './plan-instruction';
import { environmentList, environmentOf, type Settings, settingsOf } from './settings';
import type { Step } from './step';
import { keyOf } from './step-key';
import { Steps } from './steps';

/**
 * The builder before BuildKit (`DOCKER_BUILDKIT=0`): one instruction after another, an image after each, every stage up to
 * the target. Text goes out as it happens, for it has no vertices. A failing RUN's exit code is the build's.
 */
export interface ClassicOptions extends BuildOptions {
  readonly say: (text: string) => void | Promise<void>;
}

export async function buildClassic(options: ClassicOptions): Promise<BuiltImage> {
  try {
    return await new ClassicBuild(options).run();
  } catch (error) {
    if (error instanceof ClassicFailure) throw error;
    throw new ClassicFailure(asFailure(error).message.replace(/^invalid containerPort/, 'Invalid containerPort'));
  }
}

const notStarted =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: ' +
  'unable to start container process: error during container init: ';

/** Each makes an image that repeats the history so far. */
const mostSteps = 500;

/** What a stage has come to. */
interface Standing {
  readonly draft: Draft;
  readonly history: ImageHistory[];
  diffIds: readonly DiffId[];
  image?: Image;
}

class ClassicBuild {
  readonly #limits: BuildLimits;
  readonly #done = new Map<number, Standing>();
  readonly #intermediate: Image[] = [];
  readonly #dockerfile: Dockerfile;
  readonly #steps: Steps;
  readonly #given: Given;
  #at = 0;
  #total = 0;

  constructor(readonly options: ClassicOptions) {
    this.#limits = { ...usualLimits, ...options.limits };
    this.#dockerfile = readClassic(options);
    const materials = new Materials(options, this.#dockerfile, this.#limits);
    this.#steps = new Steps(options, materials, this.#limits);
    const values = buildArguments(options);
    const platform = platformArguments(options.platform ?? 'linux/amd64');
    const { globalArguments, escape: token } = this.#dockerfile;
    this.#given = { arguments: values, global: globalScope(globalArguments, values, platform, token).values };
  }

  async run(): Promise<BuiltImage> {
    const { say } = this.options;
    const stages = this.#wanted();
    const { globalArguments } = this.#dockerfile;
    this.#total = globalArguments.length + stages.reduce((sum, stage) => sum + 1 + stage.instructions.length, 0);
    if (this.#total > Math.min(this.#limits.steps, mostSteps))
      throw new ClassicFailure(`the build has more than ${Math.min(this.#limits.steps, mostSteps)} steps`);
    for (const instruction of globalArguments) await this.#announce(instruction);
    for (const stage of stages) await this.#stage(stage);
    const image = this.#done.get(stages.at(-1)!.index)?.image;
    if (!image) throw new ClassicFailure('No image was generated. Is your Dockerfile empty?');
    const unused = this.#unused();
    if (unused.length > 0) await say(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`);
    await say(`Successfully built ${short(image.imageId)}\n`);
    for (const tag of this.options.tags ?? [])
      await say(`Successfully tagged ${tag}${/:[^/]*$/.test(tag) ? '' : ':latest'}\n`);
    return { image, imageId: image.imageId, intermediate: this.#intermediate.filter((one) => one !== image) };
  }

  #wanted(): readonly Stage[] {
    const { stages } = this.#dockerfile;
    const { target } = this.options;
    if (!target) return stages;
    const found = stages.findIndex(({ name, index }) => name === target.toLowerCase() || String(index) === target);
    if (found < 0) throw new ClassicFailure(`Error response from daemon: target stage "${target}" could not be found`);
    return stages.slice(0, found + 1);
  }

  #unused(): string[] {
    const { globalArguments, stages } = this.#dockerfile;
    const all = [...globalArguments, ...stages.flatMap(({ instructions }) => instructions)];
    const declared = new Set(all.flatMap((one) => (one.kind === 'arg' ? one.arguments.map(({ key }) => key) : [])));
    const known = /^(?:https?|ftp|no|all)_proxy$/i;
    return [...this.#given.arguments.keys()].filter((key) => !declared.has(key) && !known.test(key)).sort();
  }

  async #announce({ original }: Instruction): Promise<void> {
    this.#at += 1;
    await this.options.say(`Step ${this.#at}/${this.#total} : ${original.trim()}\n`);
  }

  async #stage(stage: Stage): Promise<void> {
    await this.#announce(stage.from);
    const standing = await this.#begin(stage);
    this.#done.set(stage.index, standing);
    await this.#triggers(standing);
    await this.#tellImage(standing);
    for (const instruction of stage.instructions) {
      await this.#announce(instruction);
      await this.#instruction(standing, instruction);
      await this.#tellImage(standing);
    }
    this.#steps.materials.finished(stage.index, standing.diffIds);
  }

  async #tellImage({ image }: Standing): Promise<void> {
    await this.options.say(` ---> ${image ? short(image.imageId) : ''}\n`);
  }

  async #begin(stage: Stage): Promise<Standing> {
    const { escape: token } = this.#dockerfile;
    const { base, range } = stage.from;
    const name = expandGlobal(base, this.#given.global, token, range).text;
    const parent = baseStage(this.#dockerfile, name, stage.index);
    if (parent) return this.#goOn(this.#done.get(parent.index)!);
    if (name === 'scratch')
      return {
        draft: draftOf({}, new StageScope(token, new Map()), undefined, this.#given.arguments),
        history: [],
        diffIds: [],
      };
    const image = await classicImage(this.options, this.#steps.materials, name);
    const settings = settingsOf(image.config);
    const draft = draftOf(
      settings,
      new StageScope(token, environmentOf(settings)),
      image.config.author,
      this.#given.arguments,
    );
    return { draft, history: [...(image.config.history ?? [])], diffIds: image.config.rootfs.diff_ids, image };
  }

  #goOn({ draft, history, diffIds, image }: Standing): Standing {
    const settings = structuredClone(draft.settings) as Settings;
    return {
      draft: draftOf(settings, draft.scope.copy(), draft.author, this.#given.arguments),
      history: [...history],
      diffIds,
      image,
    };
  }

  async #triggers(standing: Standing): Promise<void> {
    const { settings } = standing.draft;
    const texts = settings.OnBuild ?? [];
    delete settings.OnBuild;
    if (texts.length === 0) return;
    const what = texts.length === 1 ? '1 build trigger' : `${texts.length} build triggers`;
    await this.options.say(`# Executing ${what}\n`);
    const { instructions } = readDockerfile(`FROM scratch\n${texts.join('\n')}\n`).stages[0]!;
    for (const instruction of instructions) await this.#instruction(standing, instruction);
  }

  async #instruction(standing: Standing, instruction: Instruction): Promise<void> {
    if (this.options.signal?.aborted) throw new ClassicFailure('context canceled');
    refuseNew(instruction);
    const { draft } = standing;
    const before = draft.steps.length;
    const done = planInstruction(draft, instruction, this.#given);
    delete draft.settings.ArgsEscaped;
    if (done.kind === 'env') draft.settings.Env = environmentList(draft.environment);
    const step = draft.steps[before];
    if (step?.kind === 'copy' && step.from !== undefined) await this.#ensure(step.from);
    const text =
      step && step.kind !== 'workdir'
        ? this.#text(step)
        : classicComment(` ${classicText(done, draft.settings)}`, draft.settings);
    const shown = done.kind === 'workdir' ? text.replace('#(nop)  ', '#(nop) ') : text;
    await this.#commit(standing, done, step, shown);
  }

  async #ensure(from: string): Promise<void> {
    const stage = this.#dockerfile.stages.find(
      ({ name, index }) => name === from.toLowerCase() || String(index) === from,
    );
    if (stage && this.#done.has(stage.index)) {
      this.#steps.materials.finished(stage.index, this.#done.get(stage.index)!.diffIds);
      return;
    }
    try {
      await classicImage(this.options, this.#steps.materials, from);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw new ClassicFailure(`invalid from flag value ${from}: ${error.message}`);
    }
  }

  #text(step: Step): string {
    if (step.kind === 'run')
      return runText(
        step.argv,
        step.given.filter(([, value]) => value !== undefined),
      ).slice('RUN '.length, -' # buildkit'.length);
    if (step.kind !== 'copy') return '';
    const { chown } = step.copying;
    const what = fingerprint(this.#steps, step);
    const prefix = chown ? `--chown=${chown} ` : '';
    return `${step.add ? 'ADD' : 'COPY'} ${prefix}${what} in ${step.copying.destination} `;
  }

  /** Takes the step from the cache, or carries it out; then there is a new image. */
  async #commit(standing: Standing, done: Evaluated, step: Step | undefined, text: string): Promise<void> {
    const { say, cache, content, noCache, clock, chance } = this.options;
    const comment = step?.kind === 'copy' ? classicComment(text, standing.draft.settings) : text;
    const key = keyOf('classic', standing.image?.imageId ?? 'scratch', comment, standing.draft.settings, stepKey(step));
    const known = noCache ? undefined : cache.get(key);
    const cached = known?.imageId === undefined ? undefined : this.#restore(known.imageId);
    if (cached) {
      await say(' ---> Using cache\n');
      this.#advance(standing, cached);
      return;
    }
    const container = hex(chance, 6);
    const runs = step?.kind !== 'copy';
    if (runs) await say(` ---> Running in ${container}\n`);
    const layer = step && (await this.#carryOut(standing, step));
    if (runs) await say(` ---> Removed intermediate container ${container}\n`);
    const created = formatTime(clock.now());
    const empty = !layer || layer.empty;
    if (layer && !layer.empty) standing.diffIds = [...standing.diffIds, layer.diffId];
    const { author, settings } = standing.draft;
    standing.history.push({ created, created_by: comment, author, ...(empty ? { empty_layer: true } : {}) });
    const config = Object.fromEntries(
      Object.entries(this.#labelled(settings)).filter(([, value]) => value !== undefined),
    );
    const image = makeImage(content, { diffIds: standing.diffIds, config, history: standing.history, created, author });
    cache.put(key, { imageId: image.imageId, created, size: layer?.size ?? 0, description: text, parent: done.kind });
    this.#advance(standing, image);
  }

  #labelled(settings: Settings): Settings {
    const { labels = {} } = this.options;
    return Object.keys(labels).length > 0 ? { ...settings, Labels: { ...settings.Labels, ...labels } } : settings;
  }

  #advance(standing: Standing, image: Image): void {
    standing.image = image;
    standing.diffIds = image.config.rootfs.diff_ids;
    standing.history.splice(0, standing.history.length, ...(image.config.history ?? []));
    this.#intermediate.push(image);
  }

  /** An image that was made before, if all of it is still there. */
  #restore(imageId: string): Image | undefined {
    try {
      return findImage(this.options.content, imageId as ImageId);
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  }

  async #carryOut(standing: Standing, step: Step) {
    const { say } = this.options;
    const output = {
      output: async (stream: 'stdout' | 'stderr', text: string) =>
        text === '' ? undefined : say(stream === 'stdout' ? text : `\u001b[91m${text}\u001b[0m`),
    };
    try {
      const picked = step.kind === 'copy' ? classicPicked(this.#steps, step) : [];
      const volumes = step.kind === 'run' ? Object.keys(standing.draft.settings.Volumes ?? {}) : [];
      return await this.#steps.make(step, picked, standing.diffIds, output, volumes);
    } catch (error) {
      if (!(error instanceof BuildFailure) || step.kind !== 'run') throw error;
      if (error.complaint) throw new ClassicFailure(`${notStarted}${error.complaint}`);
      const code = /exit code: (\d+)$/.exec(error.message)?.[1];
      if (code === undefined)
        throw new ClassicFailure(error.message.replace(/^process .* did not complete successfully: /, ''));
      throw new ClassicFailure(`The command '${step.argv.join(' ')}' returned a non-zero code: ${code}`, Number(code));
    }
  }
}

function short(id: string): string {
  return id.slice('sha256:'.length, 'sha256:'.length + 12);
}

function stepKey(step: Step | undefined): unknown {
  if (step?.kind !== 'run') return undefined;
  return [step.argv, [...step.env], step.user, step.cwd];
}
