import type { Shell } from '../shell';

/** A command that the shell itself does, in its own process. */
export interface Builtin {
  /** `args` without the name. Throws Fault for what the shell words. */
  readonly run: (shell: Shell, args: readonly string[], name: string) => Promise<number> | number;
  /** POSIX's special ones: an error in one ends a script, an assignment before it stays. */
  readonly special?: boolean;
  /** Only bash has it. */
  readonly gnu?: boolean;
}

export type Builtins = Readonly<Record<string, Builtin>>;
