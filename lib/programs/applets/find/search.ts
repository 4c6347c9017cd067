/** One run of find: what its words have set, and what became of it. */
import type { Stat } from '../../../fs';
import { Complaint, UsageError } from '../../options';
import type { Run } from '../../run';

/** A file that the walk has come to. */
export interface Here {
  readonly path: string;
  /** The path on the command line that it was reached from. */
  readonly root: string;
  readonly name: string;
  readonly depth: number;
  readonly stat: Stat;
  /** Set by `-prune`: do not enter. */
  prune: boolean;
}

export type Test = (here: Here) => boolean | Promise<boolean>;

export interface Search {
  readonly run: Run;
  /** The expression's words that are not yet read. */
  readonly words: string[];
  follow: boolean;
  deepest: number;
  shallowest: number;
  depthFirst: boolean;
  sameDevice: boolean;
  /** The expression says what is to be done: nothing is printed by itself. */
  acts: boolean;
  /** Of each `-exec … {} +`: the paths gathered for it. */
  readonly batches: { readonly argv: readonly string[]; readonly paths: string[] }[];
  stopped: boolean;
  exitCode: number;
}

export function newSearch(run: Run): Search {
  return {
    run,
    words: [...run.args],
    follow: false,
    deepest: Number.POSITIVE_INFINITY,
    shallowest: 0,
    depthFirst: false,
    sameDevice: false,
    acts: false,
    batches: [],
    stopped: false,
    exitCode: 0,
  };
}

/** Of one word of an expression: reads what belongs to it. */
export type Reader = (search: Search, name: string) => Test;

/** The next word, which belongs to the one before it. */
export function argument({ run, words }: Search, name: string): string {
  const word = words.shift();
  if (word === undefined)
    throw new Complaint(run.gnu ? `missing argument to \`${name}'` : `${name} requires an argument`);
  return word;
}

export function wrong({ run }: Search, word: string): UsageError {
  if (!run.gnu) return new UsageError(`unrecognized: ${word}`);
  return new Complaint(
    word.startsWith('-') ? `unknown predicate \`${word}'` : `paths must precede expression: \`${word}'`,
  );
}
