import { quote } from './characters';
import type { Dockerfile, Stage } from './dockerfile';
import { DockerfileError, type LineRange } from './error';
import type { Instruction } from './instruction';
import { splitFields } from './mount';

/** One stage that another needs, and where it says so. */
interface Reference {
  readonly index: number;
  readonly range: LineRange;
}

/** Stages by name, in their order; made once for each Dockerfile. */
const indexes = new WeakMap<readonly Stage[], ReadonlyMap<string, readonly Stage[]>>();

function byName(stages: readonly Stage[], name: string): readonly Stage[] {
  const known = indexes.get(stages);
  if (known) return known.get(name) ?? [];
  const made = new Map<string, Stage[]>();
  for (const stage of stages) {
    if (stage.name === undefined) continue;
    const same = made.get(stage.name);
    if (same) same.push(stage);
    else made.set(stage.name, [stage]);
  }
  indexes.set(stages, made);
  return made.get(name) ?? [];
}

/** The last of them that comes before the stage with the number `below`. */
function lastBefore(stages: readonly Stage[], below: number): Stage | undefined {
  let [low, high] = [0, stages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stages[middle]!.index < below) low = middle + 1;
    else high = middle;
  }
  return stages[low - 1];
}

/** The stage that a FROM means: an earlier one of exactly that name, the latest first. */
export function baseStage({ stages }: Dockerfile, name: string, below: number): Stage | undefined {
  return lastBefore(byName(stages, name), below);
}

/** The stage that `--from` or a mount's `from` means, by name or number; undefined: an image. */
export function namedStage(dockerfile: Dockerfile, from: string): Stage | undefined {
  return byName(dockerfile.stages, from.toLowerCase()).at(-1) ?? numberedStage(dockerfile, from);
}

function numberedStage({ stages }: Dockerfile, from: string): Stage | undefined {
  return /^\d+$/.test(from) ? stages[Number(from)] : undefined;
}

/** What the stage is called in messages and in the build's output. */
export function stageTitle({ name, index }: Stage): string {
  return name ?? `stage-${index}`;
}

/**
 * For each stage, the stages that it copies or mounts from. Throws a DockerfileError for a stage that is not there, not
 * there yet, or needs itself. (What FROM names is up to the global variables: the caller adds it.)
 */
export function stageReferences(dockerfile: Dockerfile): readonly (readonly number[])[] {
  const references = dockerfile.stages.map((stage) => stageNeeds(dockerfile, stage));
  refuseCycles(dockerfile, references);
  return references.map((list) => list.map(({ index }) => index));
}

function stageNeeds(dockerfile: Dockerfile, stage: Stage): Reference[] {
  const needs: Reference[] = [];
  for (const instruction of stage.instructions) {
    if (instruction.kind === 'copy' && instruction.from !== undefined) {
      const index = copiedStage(dockerfile, stage, instruction.from, instruction.range);
      if (index !== undefined) needs.push({ index, range: instruction.range });
    } else if (instruction.kind === 'run') {
      for (const from of instruction.mounts.map(mountFrom)) {
        const index = from === undefined ? undefined : namedStage(dockerfile, from)?.index;
        if (index !== undefined) needs.push({ index, range: instruction.range });
      }
    }
  }
  return needs;
}

function copiedStage(dockerfile: Dockerfile, stage: Stage, from: string, range: LineRange): number | undefined {
  if (/^-?\d+$/.test(from)) {
    if (!numberedStage(dockerfile, from)) {
      throw new DockerfileError(`invalid stage index ${from}`, undefined, '', undefined, range);
    }
    return Number(from);
  }
  return namedUpTo(dockerfile, stage, from)?.index;
}

function namedUpTo({ stages }: Dockerfile, { index }: Stage, from: string): Stage | undefined {
  return lastBefore(byName(stages, from.toLowerCase()), index + 1);
}

/** Refuses COPY from a stage that only comes later. Numbers may name later stages. */
export function checkCopyFrom(dockerfile: Dockerfile, stage: Stage, instruction: Instruction): void {
  if (instruction.kind !== 'copy' || instruction.from === undefined) return;
  const { from, range } = instruction;
  if (/^-?\d+$/.test(from) || namedUpTo(dockerfile, stage, from) || !namedStage(dockerfile, from)) return;
  const reason = `it needs to be defined before current stage ${quote(stageTitle(stage))}`;
  throw new DockerfileError(`cannot copy from stage ${quote(from)}, ${reason}`, range);
}

function mountFrom(mount: string): string | undefined {
  return splitFields(mount)
    ?.find((field) => /^from=/i.test(field))
    ?.slice('from='.length);
}

/** Walks every stage once. A stage that is met again while its own needs are walked needs itself. */
function refuseCycles({ stages }: Dockerfile, references: readonly (readonly Reference[])[]): void {
  const state = new Map<number, 'open' | 'done'>();
  for (const { index: first } of stages) {
    const path = [{ index: first, at: 0 }];
    if (state.has(first)) continue;
    state.set(first, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = references[top.index]?.[top.at];
      top.at += 1;
      if (!next) {
        state.set(top.index, 'done');
        path.pop();
      } else if (state.get(next.index) === 'open') {
        throw circular(stages[next.index]!, references[next.index]!, path);
      } else if (!state.has(next.index)) {
        state.set(next.index, 'open');
        path.push({ index: next.index, at: 0 });
      }
    }
  }
}

function circular(stage: Stage, needs: readonly Reference[], path: readonly { index: number; at: number }[]) {
  const step = path.find(({ index }) => index === stage.index);
  const range = needs[(step?.at ?? 1) - 1]?.range;
  return new DockerfileError(`circular dependency detected on stage: ${stageTitle(stage)}`, range);
}
