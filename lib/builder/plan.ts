import {
  baseStage,
  checkCopyFrom,
  type Dockerfile,
  DockerfileError,
  didYouMean,
  expandGlobal,
  type Given,
  globalScope,
  type Instruction,
  namedStage,
  platformArguments,
  readDockerfile,
  readPlatform,
  type Stage,
  StageScope,
  stageReferences,
  suggest,
  type Variables,
} from '../dockerfile';
import { Failure } from '../errors';
import { formatReference, type ImageConfig, parseImageName } from '../image';
import { BuildFailure } from './build-failure';
import { draftOf, planInstruction } from './plan-instruction';
import { environmentList, environmentOf, type Settings, settingsOf } from './settings';
import type { StageBase, StagePlan } from './stage-plan';

const heaviest = 2_000_000;

/** The Dockerfile beside what it was given: which stages and images are needed, and what each FROM means. */
export class BuildPlan {
  readonly given: Given;
  /** Needed stages, in the order of the file. */
  readonly needed: readonly Stage[];
  readonly target: Stage;
  readonly #references: readonly (readonly number[])[];
  readonly #plans = new Map<number, StagePlan>();
  #weight = 0;

  constructor(
    readonly dockerfile: Dockerfile,
    values: Variables,
    readonly platform: string,
    target: string | undefined,
  ) {
    const global = globalScope(dockerfile.globalArguments, values, platformArguments(platform), dockerfile.escape);
    this.given = { arguments: values, global: global.values };
    this.#references = stageReferences(dockerfile);
    this.target = findTarget(dockerfile, target);
    const needed = new Set<number>();
    this.#need(this.target, needed);
    this.needed = dockerfile.stages.filter(({ index }) => needed.has(index));
  }

  #need(first: Stage, needed: Set<number>): void {
    const waiting = [first];
    for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
      if (needed.has(stage.index)) continue;
      needed.add(stage.index);
      const base = baseStage(this.dockerfile, this.baseName(stage), stage.index);
      if (base) waiting.push(base);
      for (const index of this.#references[stage.index] ?? []) waiting.push(this.dockerfile.stages[index]!);
    }
  }

  /** What stands after FROM, expanded. */
  baseName(stage: Stage): string {
    const { base, range } = stage.from;
    return expandGlobal(base, this.given.global, this.dockerfile.escape, range).text;
  }

  platformOf({ from }: Stage): string {
    if (from.platform === undefined) return this.platform;
    const text = expandGlobal(from.platform, this.given.global, this.dockerfile.escape, from.range).text;
    if (text === '') throw new DockerfileError(`empty platform value from expression ${from.platform}`, from.range);
    return readPlatform(text, this.platform, from.range);
  }

  /** Canonical reference of the stage's base image; undefined for a stage or `scratch`. */
  baseImage(stage: Stage): string | undefined {
    const name = this.baseName(stage);
    if (name === '') throw new DockerfileError(`base name (${stage.from.base}) should not be blank`, stage.from.range);
    if (name === 'scratch' || baseStage(this.dockerfile, name, stage.index)) return undefined;
    return canonical(name, stage.from.range);
  }

  /** Images that COPY and mounts take from without a stage of their own. */
  copiedImages(
    stage: Stage,
  ): readonly { readonly name: string; readonly reference: string; readonly range: Instruction['range'] }[] {
    return stage.instructions.flatMap((instruction) =>
      fromsOf(instruction)
        .filter((from) => from !== '' && from !== 'scratch' && !namedStage(this.dockerfile, from))
        .map((from) => ({ name: from, reference: canonical(from, instruction.range), range: instruction.range })),
    );
  }

  /** Whether progress names stages: with more than one, and (as BuildKit counts) with images that are only copied from. */
  get namesStages(): boolean {
    const others = this.dockerfile.stages.some(({ instructions }) =>
      instructions.some((instruction) => {
        if (instruction.kind === 'run' && instruction.mounts.length > 0) return true;
        return fromsOf(instruction).some((from) => from !== '' && !namedStage(this.dockerfile, from));
      }),
    );
    return this.dockerfile.stages.length > 1 || others;
  }

  /** Plans the needed stages with the configurations of their base images. */
  plan(configOf: (reference: string) => ImageConfig): readonly StagePlan[] {
    for (const stage of this.needed) this.#plans.set(stage.index, this.#planStage(stage, configOf));
    return [...this.#plans.values()];
  }

  planned(stage: Stage): StagePlan {
    const plan = this.#plans.get(stage.index);
    if (!plan) throw new Failure('internal', `stage ${stage.index} was not planned`);
    return plan;
  }

  #planStage(stage: Stage, configOf: (reference: string) => ImageConfig): StagePlan {
    const base = this.#base(stage);
    const { settings, scope, author } = this.#start(base, configOf);
    const triggers = base.kind === 'image' ? triggersOf(settings) : [];
    const draft = draftOf(settings, scope, author, this.given.arguments);
    draft.prefix = 'ONBUILD ';
    for (const instruction of triggers) planInstruction(draft, instruction, this.given);
    draft.prefix = '';
    for (const instruction of stage.instructions) {
      checkCopyFrom(this.dockerfile, stage, instruction);
      planInstruction(draft, instruction, this.given);
    }
    this.#weigh(draft.environment.size + Object.keys(settings.Labels ?? {}).length, stage);
    if (draft.environment.size > 0) settings.Env = environmentList(draft.environment);
    const own = stage.instructions.filter(({ kind }) => ['add', 'copy', 'run', 'workdir'].includes(kind)).length;
    const total = own + (base.kind === 'image' ? 1 : 0);
    const { steps, history } = draft;
    return {
      stage,
      base,
      steps,
      history,
      settings,
      author: draft.author,
      scope,
      platform: this.platformOf(stage),
      total,
      totalWithTriggers: total + triggers.length,
    };
  }

  /** Every stage holds the variables of those below it: many of both would fill the memory. */
  #weigh(entries: number, { from }: Stage): void {
    this.#weight += entries;
    if (this.#weight > heaviest) {
      throw new BuildFailure('the stages of the build have too many variables', from.range, 'exhausted');
    }
  }

  #base(stage: Stage): StageBase {
    const reference = this.baseImage(stage);
    if (reference !== undefined) return { kind: 'image', reference };
    const parent = baseStage(this.dockerfile, this.baseName(stage), stage.index);
    return parent ? { kind: 'stage', plan: this.planned(parent) } : { kind: 'scratch' };
  }

  #start(base: StageBase, configOf: (reference: string) => ImageConfig) {
    const { escape: token } = this.dockerfile;
    if (base.kind === 'stage') {
      const { settings, scope, author } = base.plan;
      return { settings: structuredClone(settings) as Settings, scope: scope.copy(), author };
    }
    if (base.kind === 'scratch') {
      const scope = new StageScope(token, new Map());
      const settings: Settings = { Env: [`PATH=${scope.variables.get('PATH')}`], WorkingDir: '/' };
      return { settings, scope, author: undefined };
    }
    const config = configOf(base.reference);
    const settings = settingsOf(config);
    return { settings, scope: new StageScope(token, environmentOf(settings)), author: config.author };
  }
}

/** Takes the base image's ONBUILD instructions away and reads them. */
function triggersOf(settings: Settings): readonly Instruction[] {
  const texts = settings.OnBuild ?? [];
  delete settings.OnBuild;
  if (texts.length === 0) return [];
  return readDockerfile(`FROM scratch\n${texts.join('\n')}\n`).stages[0]!.instructions;
}

function fromsOf(instruction: Instruction): readonly string[] {
  if (instruction.kind === 'copy') return instruction.from === undefined ? [] : [instruction.from];
  if (instruction.kind !== 'run') return [];
  return instruction.mounts.map((mount) => /(?:^|,)from=([^,]*)/i.exec(mount)?.[1] ?? '').filter((from) => from !== '');
}

function canonical(name: string, range: Instruction['range']): string {
  try {
    return formatReference(parseImageName(name));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new BuildFailure(`failed to parse stage name "${name}": ${error.message}`, range);
  }
}

function findTarget({ stages }: Dockerfile, target: string | undefined): Stage {
  if (!target) return stages.at(-1)!;
  const found = stages.findLast(({ name }) => name === target.toLowerCase());
  if (found) return found;
  const better = suggest(
    target,
    stages.flatMap(({ name }) => name ?? []),
  );
  throw new BuildFailure(`target stage "${target}" could not be found${didYouMean(better)}`);
}
