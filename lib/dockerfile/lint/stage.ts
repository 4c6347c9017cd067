import { quote } from '../characters';
import { type Evaluated, evaluate, type Given } from '../evaluate';
import type { IgnoreMatcher } from '../ignore/matcher';
import { cleanPath } from '../ignore/pattern';
import type { Instruction } from '../instruction';
import { mapsHostPort } from '../ports';
import type { StageScope } from '../scope';
import { didYouMean, suggest } from '../suggest';
import type { Findings } from './findings';

/** Looking for what was meant takes time for each name there is: enough is enough. */
export class Suggestions {
  #left = 500;

  offer(find: () => string | undefined): string | undefined {
    this.#left -= 1;
    return this.#left < 0 ? undefined : find();
  }
}

/** What is known at a point inside a stage. A stage that builds on this one begins with a copy. */
export interface StageFacts {
  readonly scope: StageScope;
  readonly suggestions: Suggestions;
  /** SHELL, or the base image's. */
  shell?: readonly string[];
  /** A WORKDIR came before, in this file. */
  workdirSet: boolean;
  /** The environment is not all known, so that nothing can be called undefined. */
  readonly unknownEnvironment: boolean;
  readonly ignored?: IgnoreMatcher;
}

/** The checks that need to know what came before in the stage. Throws where an instruction cannot be. */
export function checkStage(
  instructions: readonly Instruction[],
  facts: StageFacts,
  given: Given,
  findings: Findings,
): void {
  const last = new Map<string, Instruction>();
  for (const instruction of instructions) {
    const evaluated = checked(instruction, facts, given, findings);
    checkEvaluated(instruction, evaluated, facts, findings);
    checkOnlyOne(instruction, last, findings);
    if (evaluated.kind === 'shell') facts.shell = evaluated.shell;
  }
}

function checked(instruction: Instruction, facts: StageFacts, given: Given, findings: Findings): Evaluated {
  checkOldForm(instruction, findings);
  checkSecrets(instruction, findings);
  const reported = new Set<string>();
  const { suggestions } = facts;
  return evaluate(instruction, facts.scope, given, (name, range) => {
    if (reported.has(name) || facts.unknownEnvironment) return;
    reported.add(name);
    const better = suggestions.offer(() => suggest(name, facts.scope.variables.keys()));
    const hint = didYouMean(better === undefined ? undefined : `$${better}`);
    findings.add('UndefinedVar', range, `Usage of undefined variable '$${name}'${hint}`);
  });
}

function checkOldForm(instruction: Instruction, findings: Findings): void {
  if (instruction.kind !== 'env' && instruction.kind !== 'label') return;
  if (instruction.pairs.every(({ delimiter }) => delimiter !== '')) return;
  const name = instruction.kind.toUpperCase();
  const message = `"${name} key=value" should be used instead of legacy "${name} key value" format`;
  findings.add('LegacyKeyValueFormat', instruction.range, message);
}

const secret = /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i;
const notSecret = /(?:_|^)public(?:_|$)/i;

function checkSecrets(instruction: Instruction, findings: Findings): void {
  if (instruction.kind !== 'arg' && instruction.kind !== 'env') return;
  const name = instruction.kind.toUpperCase();
  for (const { key } of instruction.kind === 'arg' ? instruction.arguments : instruction.pairs) {
    if (!secret.test(key) || notSecret.test(key)) continue;
    const message = `Do not use ARG or ENV instructions for sensitive data (${name} ${quote(key)})`;
    findings.add('SecretsUsedInArgOrEnv', instruction.range, message);
  }
}

function checkEvaluated({ range }: Instruction, evaluated: Evaluated, facts: StageFacts, findings: Findings): void {
  switch (evaluated.kind) {
    case 'cmd':
    case 'entrypoint':
      if (evaluated.command.form === 'shell' && !facts.shell) {
        const name = evaluated.kind.toUpperCase();
        const message = `JSON arguments recommended for ${name} to prevent unintended behavior related to OS signals`;
        findings.add('JSONArgsRecommended', range, message);
      }
      return;
    case 'workdir':
      if (!facts.workdirSet && !evaluated.path.startsWith('/')) {
        const message = `Relative workdir ${quote(evaluated.path)} can have unexpected results if the base image changes`;
        findings.add('WorkdirRelativePath', range, message);
      }
      facts.workdirSet = true;
      return;
    case 'expose':
      for (const spec of evaluated.specs) checkPort(spec, range, findings);
      return;
    case 'add':
    case 'copy':
      if (evaluated.kind === 'add' || evaluated.from === undefined) checkIgnored(evaluated, range, facts, findings);
      return;
    default:
  }
}

function checkPort(spec: string, range: Instruction['range'], findings: Findings): void {
  if (mapsHostPort(spec)) {
    const message = `EXPOSE instruction should not define an IP address or host-port mapping, found '${spec}'`;
    findings.add('ExposeInvalidFormat', range, message);
  }
  const protocol = spec.split('/')[1] ?? '';
  if (protocol !== protocol.toLowerCase()) {
    findings.add('ExposeProtoCasing', range, `Defined protocol '${spec}' in EXPOSE instruction should be lowercase`);
  }
}

function checkIgnored(
  { kind, sources }: { kind: 'add' | 'copy'; sources: readonly string[] },
  range: Instruction['range'],
  { ignored }: StageFacts,
  findings: Findings,
): void {
  for (const source of sources) {
    const path = cleanPath(`/${source}`).slice(1) || '.';
    if (!ignored?.ignores(path) || /^[a-z]+:\/\//i.test(source)) continue;
    const what = kind === 'add' ? 'Add' : 'Copy';
    const message = `Attempting to ${what} file ${quote(source)} that is excluded by .dockerignore`;
    findings.add('CopyIgnoredFile', range, message);
  }
}

function checkOnlyOne(instruction: Instruction, last: Map<string, Instruction>, findings: Findings): void {
  const { kind } = instruction;
  if (kind !== 'cmd' && kind !== 'entrypoint' && kind !== 'healthcheck') return;
  const before = last.get(kind);
  last.set(kind, instruction);
  if (!before) return;
  const what = `Multiple ${kind.toUpperCase()} instructions should not be used in the same stage`;
  findings.add('MultipleInstructionsDisallowed', before.range, `${what} because only the last one will be used`);
}
