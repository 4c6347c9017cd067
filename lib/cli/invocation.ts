import type { Engine } from '../engine';
import { Failure } from '../errors';
import type { Process } from '../process';
import type { Flags } from './flags';
import type { Declared } from './table/declare';

/** One call of `docker`: the words, understood, and the streams and the engine to work with. */
export interface Invocation {
  readonly process: Process;
  readonly engine: Engine;
  readonly command: Declared;
  /** As it was called: `ps`, or `container ls`. */
  readonly path: string;
  readonly flags: Flags;
  readonly args: readonly string[];
}

/** A command answers its exit code. Engine failures may be thrown: they become Docker's sentence and 1. */
export type Command = (call: Invocation) => Promise<number>;

export const out = (call: Invocation, text: string) => call.process.print(text);
export const err = (call: Invocation, text: string) => call.process.printError(text);

/** What the client writes before a daemon's answer. */
export function daemonSentence(failure: Failure): string {
  return `Error response from daemon: ${failure.message}`;
}

/**
 * Does one thing for each argument; an engine failure is printed and the rest still done. 1 when any failed.
 */
export async function forEach(
  call: Invocation,
  names: readonly string[],
  one: (name: string) => Promise<void> | void,
): Promise<number> {
  const failures: string[] = [];
  for (const name of names) {
    try {
      await one(name);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(daemonSentence(error));
    }
  }
  if (failures.length) await err(call, `${failures.join('\n')}\n`);
  return failures.length ? 1 : 0;
}
