import type { Copying, InlineFile, LineRange, Mount } from '../dockerfile';

/** Something of a stage that makes a layer, with all words known. */
export type Step = RunStep | CopyStep | WorkdirStep;

interface Planned {
  /** As progress shows it, without the numbers: `COPY motd .`. */
  readonly title: string;
  readonly range: LineRange;
  /** `RUN` steps and owners of folders that are made. */
  readonly user: string;
}

export interface RunStep extends Planned {
  readonly kind: 'run';
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  /** The stage's ARGs with their values, as the history shows them. */
  readonly given: readonly (readonly [string, string | undefined])[];
  readonly mounts: readonly Mount[];
  readonly network: 'default' | 'none' | 'host';
  /** A script that begins with `#!`: put at /dev/pipes while it runs. */
  readonly script?: InlineFile;
}

export interface CopyStep extends Planned {
  readonly kind: 'copy';
  readonly copying: Copying;
  /** Absolute; a slash at the end says that it is a folder. */
  readonly destination: string;
  /** A stage, an image, or undefined: the context. */
  readonly from?: string;
  readonly parents: boolean;
  /** Unpack archives (ADD). */
  readonly unpack: boolean;
  readonly add: boolean;
}

export interface WorkdirStep extends Planned {
  readonly kind: 'workdir';
  readonly path: string;
}
