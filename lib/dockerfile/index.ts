export { quote } from './characters';
export type { Directive, DirectiveName, EscapeToken } from './directives';
export { type Dockerfile, type PartialDockerfile, readDockerfile, type Stage, tryDockerfile } from './dockerfile';
export { DockerfileError, type LineRange } from './error';
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
export { type Mount, MountError, readMount } from './mount';
export { dumpNode, type KeyValue, type Node } from './node';
export { type ParsedText, parseText } from './parse';
export { instructionNames, readInstruction } from './read-instruction';
export { didYouMean, suggest } from './suggest';
export { splitWords } from './words';
