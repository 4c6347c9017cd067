import type { LineRange } from '../error';

/**
 * The checks of `docker build --check`, as data. `name`, `summary`, `url` and the message are BuildKit's, the explanation
 * and the hint are ours, for the editor.
 */
export interface Rule {
  readonly name: RuleName;
  /** One line: what is good. */
  readonly summary: string;
  /** Why it matters and what to do, in a few sentences, without links. */
  readonly explanation: string;
  readonly fixHint: string;
  /** Where Docker's documentation explains it: printed by `docker build --check`. Rules about the engine's own side have none. */
  readonly url?: string;
  /** Checked only when the Dockerfile or the build asks for it. */
  readonly experimental: boolean;
}

export const ruleNames = [
  'StageNameCasing',
  'FromAsCasing',
  'NoEmptyContinuation',
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'ReservedStageName',
  'JSONArgsRecommended',
  'MaintainerDeprecated',
  'UndefinedArgInFrom',
  'WorkdirRelativePath',
  'UndefinedVar',
  'MultipleInstructionsDisallowed',
  'LegacyKeyValueFormat',
  'InvalidBaseImagePlatform',
  'RedundantTargetPlatform',
  'SecretsUsedInArgOrEnv',
  'InvalidDefaultArgInFrom',
  'FromPlatformFlagConstDisallowed',
  'CopyIgnoredFile',
  'InvalidDefinitionDescription',
  'ExposeProtoCasing',
  'ExposeInvalidFormat',
] as const;

export type RuleName = (typeof ruleNames)[number];

/** One finding. */
export interface Warning {
  readonly rule: RuleName;
  readonly range: LineRange;
  /** First line of the range. */
  readonly line: number;
  /** BuildKit's sentence. */
  readonly message: string;
  readonly explanation: string;
  readonly fixHint: string;
  readonly url?: string;
}
