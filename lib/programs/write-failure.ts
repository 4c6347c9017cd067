/** What a program says when standard output cannot take what it prints, and how it then ends: the real ones differ. */
import type { FsError } from '../fs';
import type { Run } from './run';

interface Ending {
  readonly words: string;
  readonly exitCode: number;
}

/** Of busybox: those that say whose output it was. The others say `write error`, or nothing where ours still says it. */
const named = new Set('base64 cut du env expr head id nl sort uname uniq wc'.split(' '));
const busyboxExit: Readonly<Record<string, number>> = { expr: 2, pwd: 255, seq: 255, sort: 2, whoami: 255 };
const gnuExit: Readonly<Record<string, number>> = { diff: 2, env: 125, expr: 3, grep: 2, ls: 2, sed: 4, sort: 2 };

export function endingOf(run: Run, error: FsError): Ending {
  const why = run.say(error);
  if (run.gnu) return { words: gnuWords(run.name, why), exitCode: gnuExit[run.name] ?? 1 };
  const whose = run.name === 'yes' ? '' : named.has(run.name) ? 'standard output' : 'write error';
  return { words: `${whose}: ${why}`, exitCode: busyboxExit[run.name] ?? 1 };
}

function gnuWords(name: string, why: string): string {
  switch (name) {
    case 'diff':
    case 'yes':
      return `standard output: ${why}`;
    case 'find':
      return `'standard output': ${why}\nfind: write error`;
    case 'sed':
      return `couldn't flush stdout: ${why}`;
    default:
      return `write error: ${why}`;
  }
}
