import { type Dockerfile, type Stage, tryDockerfile } from '../dockerfile';
import { DockerfileError } from '../error';
import type { Variables } from '../expand';
import type { IgnoreMatcher } from '../ignore/matcher';
import { readPlatform } from '../platform';
import { expandGlobal, globalScope, platformArguments, StageScope } from '../scope';
import { baseStage, checkCopyFrom, stageReferences } from '../stage-references';
import { readCheckOptions } from './check-options';
import { Findings } from './findings';
import { checkFromWords, referenceProblem } from './from';
import type { Warning } from './rule';
import { checkStage, type StageFacts, Suggestions } from './stage';
import { checkWritten } from './written';

/** What is known of a base image. */
export interface BaseFacts {
  readonly environment: Variables;
  readonly shell?: readonly string[];
  /** `linux/amd64`. */
  readonly platform?: string;
}

export interface LintOptions {
  /** Of the build: `linux/amd64` unless given. */
  readonly platform?: string;
  /** `--build-arg`. */
  readonly arguments?: Variables;
  /** Asked for every FROM that names an image. Undefined: not known, and then no variable is called undefined. */
  readonly base?: (reference: string) => BaseFacts | undefined;
  /** Numbers of the stages that the build needs: only these are looked into. All, unless given. */
  readonly stages?: ReadonlySet<number>;
  /** The context's `.dockerignore`: switches CopyIgnoredFile on. */
  readonly ignored?: IgnoreMatcher;
}

export interface LintResult {
  /** By line. */
  readonly warnings: readonly Warning[];
  /** The same in the order in which a build comes upon them. */
  readonly emitted: readonly Warning[];
  /** `# check=error=true`: findings are to end the build. */
  readonly asErrors: boolean;
  /** The first thing that makes the build impossible. Findings before it are still told. */
  readonly error?: DockerfileError;
}

/** Reads a Dockerfile as the build would, without building, and tells what it finds. Never throws. */
export function lint(text: string, options: LintOptions = {}): LintResult {
  const { error: readError, refused, ...dockerfile } = tryDockerfile(text);
  let findings = new Findings(readCheckOptions(undefined));
  try {
    findings = new Findings(readCheckOptions(dockerfile.directives.find(({ name }) => name === 'check')?.value));
    checkWritten(dockerfile, refused, findings);
    if (!readError) new Linter(dockerfile, options, findings).check();
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    return resultOf(findings, error);
  }
  return resultOf(findings, readError);
}

function resultOf(findings: Findings, error: DockerfileError | undefined): LintResult {
  return { warnings: findings.sorted(), emitted: findings.all, asErrors: findings.options.error, error };
}

const unknownBase: BaseFacts = { environment: new Map() };

/** Each stage holds the variables of those below it. Where that gets too much, the rest is not looked at. */
const heaviest = 2_000_000;

class Linter {
  readonly #facts = new Map<Stage, StageFacts>();
  readonly #suggestions = new Suggestions();
  readonly #platform: Variables;
  readonly #given: Variables;

  constructor(
    readonly dockerfile: Dockerfile,
    readonly options: LintOptions,
    readonly findings: Findings,
  ) {
    this.#platform = platformArguments(options.platform ?? 'linux/amd64');
    this.#given = options.arguments ?? new Map();
  }

  check(): void {
    const { dockerfile, findings } = this;
    const global = globalScope(dockerfile.globalArguments, this.#given, this.#platform, dockerfile.escape);
    checkFromWords(dockerfile, { platform: this.#platform, ...global }, findings);
    stageReferences(dockerfile);
    let weight = 0;
    for (const stage of dockerfile.stages) {
      if (this.options.stages && !this.options.stages.has(stage.index)) continue;
      for (const instruction of stage.instructions) checkCopyFrom(dockerfile, stage, instruction);
      const facts = this.#begin(stage, global.values);
      this.#facts.set(stage, facts);
      weight += facts.scope.variables.size;
      if (weight > heaviest) return;
      checkStage(stage.instructions, facts, { arguments: this.#given, global: global.values }, findings);
    }
  }

  #begin(stage: Stage, values: Variables): StageFacts {
    const { base: word, range } = stage.from;
    const name = expandGlobal(word, values, this.dockerfile.escape, range).text;
    const platform = this.#platformOf(stage, values);
    const parent = baseStage(this.dockerfile, name, stage.index);
    const before = parent && this.#facts.get(parent);
    if (before) return { ...before, scope: before.scope.copy() };
    const problem = referenceProblem(name);
    if (problem) throw new DockerfileError(`failed to parse stage name "${name}": ${problem}`, range);
    const known = name === 'scratch' || !this.options.base ? unknownBase : this.options.base(name);
    this.#checkBasePlatform(stage, name, platform, known);
    return {
      scope: new StageScope(this.dockerfile.escape, known?.environment ?? new Map()),
      shell: known?.shell,
      suggestions: this.#suggestions,
      workdirSet: false,
      unknownEnvironment: known === undefined,
      ignored: this.options.ignored,
    };
  }

  #platformOf({ from }: Stage, values: Variables): string {
    const own = this.options.platform ?? 'linux/amd64';
    if (from.platform === undefined) return own;
    const text = expandGlobal(from.platform, values, this.dockerfile.escape, from.range).text;
    if (text === '') throw new DockerfileError(`empty platform value from expression ${from.platform}`, from.range);
    return readPlatform(text, own, from.range);
  }

  #checkBasePlatform({ from }: Stage, name: string, wanted: string, base: BaseFacts | undefined): void {
    if (!base?.platform || base.platform === wanted) return;
    const message = `Base image ${name} was pulled with platform "${base.platform}", expected "${wanted}" for current build`;
    this.findings.add('InvalidBaseImagePlatform', from.range, message);
  }
}
