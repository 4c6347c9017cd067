/**
 * Dockerfiles, as text and as meaning. Nothing here runs, copies or looks at images.
 *
 * - text → `parseText` → `Node`s (`dumpNode`) → `readInstruction` → `Instruction`s → `readDockerfile` → `Dockerfile` (stages).
 *   `tryDockerfile` hands back what was read before an error. Errors are `DockerfileError`s, with their lines.
 * - `expand`: `$x`, `${x:-y}` … in words. `StageScope`: the variables of a stage; `evaluate`: an instruction with them put in.
 * - `stageReferences`, `baseStage`, `namedStage`, `checkCopyFrom`: which stage means which.
 * - `lint(text, options)`: what `docker build --check` finds, with an explanation for each (`rules`), live in an editor.
 * - `IgnoreMatcher`, `readIgnoreFile`, `compilePattern`: `.dockerignore`.
 */
export { quote } from './characters';
export type { Directive, DirectiveName, EscapeToken } from './directives';
export { type Dockerfile, type PartialDockerfile, readDockerfile, type Stage, tryDockerfile } from './dockerfile';
export { DockerfileError, type LineRange } from './error';
export { type Copying, type Evaluated, evaluate, type Given, type InlineFile, isRemote } from './evaluate';
export { type Expansion, ExpansionError, type ExpansionOptions, expand, type Variables } from './expand';
export { chomped, type Heredoc, heredocMarks, readHeredocMark } from './heredoc';
export { readIgnoreFile } from './ignore/ignore-file';
export { IgnoreMatcher } from './ignore/matcher';
export { cleanPath, compilePattern, type Pattern, PatternError } from './ignore/pattern';
export type {
  AddInstruction,
  ArgInstruction,
  Argument,
  CmdInstruction,
  Command,
  CopyInstruction,
  EntrypointInstruction,
  EnvInstruction,
  ExposeInstruction,
  FromInstruction,
  Healthcheck,
  HealthcheckInstruction,
  Instruction,
  InstructionKind,
  LabelInstruction,
  MaintainerInstruction,
  OnbuildInstruction,
  RunInstruction,
  ShellInstruction,
  StopsignalInstruction,
  UserInstruction,
  VolumeInstruction,
  WorkdirInstruction,
} from './instruction';
export { type CheckOptions, readCheckOptions } from './lint/check-options';
export { type BaseFacts, type LintOptions, type LintResult, lint } from './lint/lint';
export { type Rule, type RuleName, ruleNames, type Warning } from './lint/rule';
export { rules } from './lint/rules';
export { applyMode, type ModeChange, readMode } from './mode';
export { type Mount, MountError, readMount } from './mount';
export { dumpNode, type KeyValue, type Node } from './node';
export { type ParsedText, parseText } from './parse';
export { readPlatform } from './platform';
export { type Port, type PortRange, portsOf } from './ports';
export { instructionNames, readInstruction } from './read-instruction';
export {
  type BuildArgument,
  defaultPath,
  expandGlobal,
  globalScope,
  platformArguments,
  StageScope,
  type Undefined,
} from './scope';
export { baseStage, checkCopyFrom, namedStage, stageReferences, stageTitle } from './stage-references';
export { didYouMean, suggest } from './suggest';
export { splitWords } from './words';
