import type { LineRange } from './error';
import type { Heredoc } from './heredoc';
import type { KeyValue } from './node';

/**
 * Instructions with their meaning: a union on `kind`. Variables are not expanded yet (that needs a stage, see scope.ts), and
 * nothing outside the Dockerfile has been asked.
 */
export type Instruction =
  | FromInstruction
  | ArgInstruction
  | EnvInstruction
  | LabelInstruction
  | MaintainerInstruction
  | AddInstruction
  | CopyInstruction
  | RunInstruction
  | CmdInstruction
  | EntrypointInstruction
  | WorkdirInstruction
  | UserInstruction
  | ExposeInstruction
  | VolumeInstruction
  | StopsignalInstruction
  | HealthcheckInstruction
  | ShellInstruction
  | OnbuildInstruction;

export type InstructionKind = Instruction['kind'];

/** What every instruction carries. */
interface Written {
  /** The keyword as written: `Run`. */
  readonly keyword: string;
  /** The whole instruction on one line. */
  readonly original: string;
  readonly range: LineRange;
  /** The comment lines directly above. */
  readonly comments: readonly string[];
}

export interface FromInstruction extends Written {
  readonly kind: 'from';
  readonly base: string;
  /** The stage's name as written, and the `AS` before it. */
  readonly stage?: string;
  readonly as?: string;
  readonly platform?: string;
}

export interface Argument {
  readonly key: string;
  readonly value?: string;
}

export interface ArgInstruction extends Written {
  readonly kind: 'arg';
  readonly arguments: readonly Argument[];
}

export interface EnvInstruction extends Written {
  readonly kind: 'env';
  readonly pairs: readonly KeyValue[];
}

export interface LabelInstruction extends Written {
  readonly kind: 'label';
  readonly pairs: readonly KeyValue[];
}

export interface MaintainerInstruction extends Written {
  readonly kind: 'maintainer';
  readonly maintainer: string;
}

/** What ADD and COPY share. Sources are paths; heredocs are files written in the Dockerfile itself. */
interface Copying extends Written {
  readonly sources: readonly string[];
  readonly heredocs: readonly Heredoc[];
  readonly destination: string;
  readonly chown?: string;
  readonly chmod?: string;
  readonly link: boolean;
  readonly exclude: readonly string[];
}

export interface AddInstruction extends Copying {
  readonly kind: 'add';
  readonly checksum?: string;
  readonly keepGitDirectory: boolean;
  /** `--unpack`: undefined leaves it to the kind of source. */
  readonly unpack?: boolean;
}

export interface CopyInstruction extends Copying {
  readonly kind: 'copy';
  readonly from?: string;
  readonly parents: boolean;
}

/** A command: one line for the stage's shell, or the words of an argv. */
export interface Command {
  readonly form: 'shell' | 'exec';
  readonly words: readonly string[];
}

export interface RunInstruction extends Written {
  readonly kind: 'run';
  readonly command: Command;
  readonly heredocs: readonly Heredoc[];
  /** `--mount` values as written; read them with readMount once variables are known. */
  readonly mounts: readonly string[];
  readonly network: 'default' | 'none' | 'host';
  readonly security: 'sandbox' | 'insecure';
  /** All flags as written, for the history. */
  readonly flags: readonly string[];
}

export interface CmdInstruction extends Written {
  readonly kind: 'cmd';
  readonly command: Command;
}

export interface EntrypointInstruction extends Written {
  readonly kind: 'entrypoint';
  readonly command: Command;
}

export interface WorkdirInstruction extends Written {
  readonly kind: 'workdir';
  readonly path: string;
}

export interface UserInstruction extends Written {
  readonly kind: 'user';
  readonly user: string;
}

export interface ExposeInstruction extends Written {
  readonly kind: 'expose';
  readonly ports: readonly string[];
}

export interface VolumeInstruction extends Written {
  readonly kind: 'volume';
  readonly paths: readonly string[];
}

export interface StopsignalInstruction extends Written {
  readonly kind: 'stopsignal';
  readonly signal: string;
}

/** Durations in nanoseconds; 0 or absent: the engine's default. */
export interface Healthcheck {
  readonly test: readonly string[];
  readonly interval?: number;
  readonly timeout?: number;
  readonly startPeriod?: number;
  readonly startInterval?: number;
  readonly retries?: number;
}

export interface HealthcheckInstruction extends Written {
  readonly kind: 'healthcheck';
  readonly healthcheck: Healthcheck;
}

export interface ShellInstruction extends Written {
  readonly kind: 'shell';
  readonly shell: readonly string[];
}

export interface OnbuildInstruction extends Written {
  readonly kind: 'onbuild';
  /** The text that waits for a child image, as it goes into the config. */
  readonly expression: string;
}
