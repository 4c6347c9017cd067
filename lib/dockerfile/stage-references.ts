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

/** The stage that a FROM means: an earlier one of exactly that name, the latest first. */
export function baseStage(dockerfile: Dockerfile, name: string, below: number): Stage | undefined {
  return dockerfile.stages.slice(0, below).findLast((stage) => stage.name === name);
}

/** The stage that `--from` or a mount's `from` means, by name or number; undefined: an image. */
export function namedStage(dockerfile: Dockerfile, from: string): Stage | undefined {
  return dockerfile.stages.findLast(({ name }) => name === from.toLowerCase()) ?? numberedStage(dockerfile, from);
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
  for (const stage of dockerfile.stages) refuseCycle(references, stage);
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
  return stages.slice(0, index + 1).findLast(({ name }) => name === from.toLowerCase());
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

function refuseCycle(references: readonly (readonly Reference[])[], stage: Stage): void {
  const seen = new Set<number>();
  const waiting = (references[stage.index] ?? []).map((reference) => ({ ...reference, origin: reference.range }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { index, origin } = next;
    if (index === stage.index) {
      throw new DockerfileError(`circular dependency detected on stage: ${stageTitle(stage)}`, origin);
    }
    if (seen.has(index)) continue;
    seen.add(index);
    waiting.push(...(references[index] ?? []).map((reference) => ({ ...reference, origin })));
  }
}
