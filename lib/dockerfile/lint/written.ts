import { quote } from '../characters';
import type { Dockerfile } from '../dockerfile';
import type { LineRange } from '../error';
import type { FromInstruction, Instruction } from '../instruction';
import type { Node } from '../node';
import type { Findings } from './findings';

/** The checks that need nothing but the words as they are written. */
export function checkWritten(dockerfile: Dockerfile, refused: Node | undefined, findings: Findings): void {
  for (const line of dockerfile.emptyContinuations) {
    findings.add('NoEmptyContinuation', { start: line, end: line }, 'Empty continuation line');
  }
  for (const instruction of dockerfile.instructions) checkInstruction(instruction, findings);
  if (refused) checkRefused(refused, findings);
  checkStageNames(dockerfile, findings);
  checkCasing(dockerfile, findings);
}

function consistent(word: string): boolean {
  return word === word.toLowerCase() || word === word.toUpperCase();
}

function checkFrom(from: FromInstruction, findings: Findings): void {
  const { stage, as, keyword, range } = from;
  if (stage === undefined || as === undefined) return;
  if (stage !== stage.toLowerCase()) {
    findings.add('StageNameCasing', range, `Stage name '${stage}' should be lowercase`);
  }
  checkAs(keyword, as, range, findings);
  checkDescription('FROM', [stage], from, findings);
}

function checkAs(keyword: string, as: string, range: LineRange, findings: Findings): void {
  const wanted = keyword === keyword.toLowerCase() ? as.toLowerCase() : as.toUpperCase();
  if (consistent(keyword) && as !== wanted) {
    findings.add('FromAsCasing', range, `'${as}' and '${keyword}' keywords' casing do not match`);
  }
}

/** BuildKit looks at these before it looks whether the words fit. */
function checkRefused({ name, words, range }: Node, findings: Findings): void {
  if (/^maintainer$/i.test(name)) {
    findings.add('MaintainerDeprecated', range, 'Maintainer instruction is deprecated in favor of using label');
  }
  if (/^from$/i.test(name) && words.length === 3) checkAs(name, words[1]!, range, findings);
}

function checkInstruction(instruction: Instruction, findings: Findings): void {
  const { range } = instruction;
  switch (instruction.kind) {
    case 'from':
      checkFrom(instruction, findings);
      return;
    case 'maintainer':
      findings.add('MaintainerDeprecated', range, 'Maintainer instruction is deprecated in favor of using label');
      return;
    case 'arg':
      checkDescription(
        'ARG',
        instruction.arguments.map(({ key }) => key),
        instruction,
        findings,
      );
      return;
    default:
  }
}

function checkDescription(name: string, keys: readonly string[], instruction: Instruction, findings: Findings): void {
  const comment = instruction.comments.at(-1);
  if (comment === undefined || keys.includes(comment.split(' ')[0]!)) return;
  const example = keys.length > 1 ? '<arg_key>' : keys[0]!;
  const message = `Comment for ${name} should follow the format: \`# ${example} <description>\``;
  findings.add('InvalidDefinitionDescription', instruction.range, message);
}

function checkStageNames({ stages }: Dockerfile, findings: Findings): void {
  const seen = new Set<string>();
  for (const { name, from } of stages) {
    if (name === undefined) continue;
    if (seen.has(name)) {
      findings.add(
        'DuplicateStageName',
        from.range,
        `Duplicate stage name ${quote(name)}, stage names should be unique`,
      );
    }
    seen.add(name);
    if (name === 'scratch' || name === 'context') {
      const message = `Stage name should not use the same name as reserved stage ${quote(name)}`;
      findings.add('ReservedStageName', from.range, message);
    }
  }
}

function checkCasing({ stages }: Dockerfile, findings: Findings): void {
  const all = stages.flatMap(({ from, instructions }) => [from, ...instructions]);
  const clear = all.filter(({ keyword }) => consistent(keyword));
  const lower = clear.filter(({ keyword }) => keyword === keyword.toLowerCase()).length;
  const majority = lower > clear.length - lower ? 'lowercase' : 'uppercase';
  for (const { keyword, range } of all) {
    if (keyword === (majority === 'lowercase' ? keyword.toLowerCase() : keyword.toUpperCase())) continue;
    const message = `Command '${keyword}' should match the case of the command majority (${majority})`;
    findings.add('ConsistentInstructionCasing', range, message);
  }
}
