/** What sed knows while it edits, and the few things that several of its commands do with it. */
import type { Regex } from '../../../pattern';
import { Complaint } from '../../options';
import type { Run } from '../../run';
import type { Input } from './input';
import type { Command } from './script';

export interface Editing {
  readonly run: Run;
  readonly commands: readonly Command[];
  readonly labels: ReadonlyMap<string, number>;
  readonly quiet: boolean;
  readonly input: Input;
  output: (text: string) => Promise<void>;
  /** The pattern space: the line that is being edited. */
  space: string;
  hold: string;
  /** Printed when the line is done. */
  appended: string[];
  /** A substitution was made since `t` or `T` last asked. */
  substituted: boolean;
  /** Ranges: whether inside, or the last line of what a `+N` takes in. */
  readonly active: Map<Command, boolean | number>;
  /** What an empty expression stands for. */
  lastRegex: Regex | undefined;
  /** Written at the end. */
  readonly files: Map<string, string>;
  quit: boolean;
  exitCode: number;
}

/** The line as it came: without a newline when it is the last and had none. */
export async function printLine({ input, output, quit }: Editing, text: string): Promise<void> {
  await output(`${text}${input.unterminated && (await input.isLast()) && !quit ? '' : '\n'}`);
}

export async function flushAppended(editing: Editing): Promise<void> {
  for (const text of editing.appended) await editing.output(text);
  editing.appended = [];
}

export async function writeTo({ run, output, files, space }: Editing, path: string): Promise<void> {
  if (path === '/dev/stdout') await output(`${space}\n`);
  else if (path === '/dev/stderr') await run.complain(`${space}\n`);
  else files.set(path, `${files.get(path) ?? ''}${space}\n`);
}

export function regexOf(editing: Editing, regex: Regex | undefined): Regex {
  const chosen = regex ?? editing.lastRegex;
  if (!chosen) throw new Complaint('no previous regexp');
  editing.lastRegex = chosen;
  return chosen;
}
