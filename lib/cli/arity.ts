import { usageLine } from './help';
import type { Declared } from './table/declare';
import { CommandError } from './usage-error';

interface Arity {
  readonly least: number;
  readonly most: number;
}

/** Where the usage line does not say it. */
const exceptions: Readonly<Record<string, Arity>> = {
  'image build': { least: 1, most: 1 },
  'container stats': { least: 0, most: Infinity },
  'image load': { least: 0, most: 0 },
  'container port': { least: 1, most: 2 },
  'container top': { least: 1, most: Number.POSITIVE_INFINITY },
  'image import': { least: 1, most: Number.POSITIVE_INFINITY },
  'context inspect': { least: 0, most: Infinity },
};

/** How many arguments the usage line asks for: `[X]` may be left out, `…` repeats. */
export function arityOf(command: Declared): Arity {
  const exception = exceptions[command.paths[0]!];
  if (exception) return exception;
  const words = command.args.replace('[OPTIONS]', '').split(' ').filter(Boolean);
  const required = words.filter((word) => !word.startsWith('[')).length;
  const open = words.some((word) => word.includes('...'));
  return { least: required, most: open ? Infinity : words.length };
}

export function checkArity(command: Declared, path: string, args: readonly string[]): void {
  const { least, most } = arityOf(command);
  const count = (number: number) => `${number} argument${number === 1 ? '' : 's'}`;
  if (args.length >= least && args.length <= most) return;
  if (most === 0) throw refusal('accepts no arguments', 'Run');
  if (least === most) throw refusal(`requires ${count(least)}`, 'Run');
  if (most === Infinity) throw refusal(`requires at least ${count(least)}`, 'See');
  if (least > 0) throw refusal(`requires at least ${least} and at most ${count(most)}`, 'Run');
  throw refusal(`requires at most ${count(most)}`, 'SRun');

  // "SRun" is how docker 28 prints it: kept, because people compare what they see.
  function refusal(sentence: string, verb: 'Run' | 'See' | 'SRun'): CommandError {
    const usage = `Usage:  ${usageLine(command, path)}`;
    return new CommandError(
      `docker: 'docker ${path}' ${sentence}\n\n${usage}\n\n${verb} 'docker ${path} --help' for more information`,
    );
  }
}
