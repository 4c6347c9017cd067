import type { Directive, EscapeToken } from './directives';
import { DockerfileError } from './error';
import type { ArgInstruction, FromInstruction, Instruction } from './instruction';
import type { Node } from './node';
import { type ParsedText, parseText } from './parse';
import { readInstruction } from './read-instruction';

/** One FROM and what follows it, up to the next. */
export interface Stage {
  /** Counted from 0: what `COPY --from=0` means. */
  readonly index: number;
  /** In lower case; stages without AS have none. */
  readonly name?: string;
  readonly from: FromInstruction;
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile, read as far as can be without variables, context and base images. */
export interface Dockerfile {
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly escape: EscapeToken;
  /** ARG before the first FROM. */
  readonly globalArguments: readonly ArgInstruction[];
  readonly stages: readonly Stage[];
  /** All of them, FROM and global ARG too, in their order. */
  readonly instructions: readonly Instruction[];
  readonly nodes: readonly Node[];
  readonly emptyContinuations: readonly number[];
}

/** Reading as far as it goes: the stages before an error are there too, for those who only look (lint). */
export interface PartialDockerfile extends Dockerfile {
  readonly error?: DockerfileError;
  /** The instruction that the error is about, when its words could not be read. */
  readonly refused?: Node;
}

/** Text → Dockerfile. Throws a DockerfileError with the place. */
export function readDockerfile(text: string): Dockerfile {
  const { error, refused: _, ...dockerfile } = tryDockerfile(text);
  if (error) throw error;
  return dockerfile;
}

/** As readDockerfile, but hands the first error back together with what was read before it. */
export function tryDockerfile(text: string): PartialDockerfile {
  const empty = { directives: [], escape: '\\' as const, nodes: [], emptyContinuations: [] };
  const stages: { -readonly [K in keyof Stage]: Stage[K] }[] = [];
  const globalArguments: ArgInstruction[] = [];
  const instructions: Instruction[] = [];
  let parsed: ParsedText = empty;
  let error: DockerfileError | undefined;
  let refused: Node | undefined;
  try {
    parsed = parseText(text);
    const labs = /(^|[-:])labs($|[-@])/.test(parsed.directives.find(({ name }) => name === 'syntax')?.value ?? '');
    for (const node of parsed.nodes) {
      refused = node;
      const instruction = readInstruction(node, { labs });
      refused = undefined;
      instructions.push(instruction);
      place(instruction, stages, globalArguments);
    }
    if (stages.length === 0) throw new DockerfileError('dockerfile contains no stages to build');
  } catch (thrown) {
    if (!(thrown instanceof DockerfileError)) throw thrown;
    error = thrown;
  }
  return { text, ...parsed, globalArguments, stages, instructions, error, refused };
}

function place(instruction: Instruction, stages: Stage[], globalArguments: ArgInstruction[]): void {
  const stage = stages.at(-1);
  if (instruction.kind === 'from') {
    stages.push({ index: stages.length, name: instruction.stage?.toLowerCase(), from: instruction, instructions: [] });
  } else if (stage) {
    (stage.instructions as Instruction[]).push(instruction);
  } else if (instruction.kind === 'arg') globalArguments.push(instruction);
  else throw new DockerfileError('no build stage in current context', instruction.range);
}
