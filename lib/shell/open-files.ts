/** A shell that has no number left for one more open file (`ulimit -n`), in the words of each. */
import { FsError } from '../fs';
import { claimNumbers } from '../process';
import { Fault } from './flow';
import type { Shell } from './shell';

const full = 'Too many open files';

/** Whether so many more find a number. */
export function hasRoom(shell: Shell, count: number): boolean {
  try {
    claimNumbers(shell.process, count);
    return true;
  } catch (error) {
    if (error instanceof FsError) return false;
    throw error;
  }
}

/** For the next pipe of a pipeline. `held`: the end of the one before is still open. */
export function claimPipe(shell: Shell, held: boolean): void {
  if (hasRoom(shell, held ? 3 : 2)) return;
  // busybox closes the pipe before, which was none, before it asks what went wrong.
  if (shell.dialect !== 'gnu') throw noPipe(shell, held ? full : 'Bad file descriptor');
  const fault = new Fault(`pipe error: ${full}`, 129);
  fault.whole = `${shell.name}: ${fault.message}\n`;
  throw fault;
}

/** For what a `$(…)` prints. False: bash goes on without it. */
export async function claimOutput(shell: Shell): Promise<boolean> {
  if (hasRoom(shell, 2)) return true;
  if (shell.dialect !== 'gnu') throw noPipe(shell, full);
  await shell.tell(`${shell.name}: cannot make pipe for command substitution: ${full}\n`);
  return false;
}

/** For a here-document: bash writes a file, the others a pipe. */
export function claimDocument(shell: Shell): void {
  if (hasRoom(shell, shell.dialect === 'gnu' ? 1 : 2)) return;
  if (shell.dialect === 'gnu') throw new Fault(`cannot create temp file for here-document: ${full}`, 1, false);
  if (shell.dialect === 'dash') throw noPipe(shell, full);
  throw new Fault(`can't create pipe: ${full}`, 1, false);
}

function noPipe(shell: Shell, why: string): Fault {
  return new Fault(shell.dialect === 'dash' ? 'Pipe call failed' : `can't create pipe: ${why}`, 2);
}

/** Where a shell keeps a descriptor that a redirection covers for a while. */
const kept = 10;

/** For what the number was, when it is to come back. `taken`: how many numbers the redirection itself uses. */
export async function claimKept(shell: Shell, number: number, taken: number): Promise<void> {
  if (!shell.process.descriptors.has(number)) return;
  const { soft } = shell.process.limits.openFiles;
  if (shell.dialect !== 'gnu') {
    if (soft > kept) return;
    const text = shell.dialect === 'dash' ? `${number}: ` : `fcntl(${number},F_DUPFD,${kept}): `;
    throw new Fault(`${text}Invalid argument`, shell.dialect === 'dash' ? 2 : 1, false);
  }
  if (hasRoom(shell, taken + 1)) return;
  await shell.tell(`${shell.name}: redirection error: cannot duplicate fd: ${full}\n`);
  throw new FsError('EMFILE');
}
