/** A new process for a shell, and what it says when the system has no room for one. */
import { errnoText, FsError } from '../fs';
import type { Process } from '../process';
import { Fault } from './flow';
import type { Shell } from './shell';

/** bash tries again, ever more slowly, before it gives up. EAGAIN and ENOMEM become a Fault. */
export async function spawning(shell: Shell, spawn: () => Process): Promise<Process> {
  for (let seconds = 1; ; seconds *= 2) {
    try {
      return spawn();
    } catch (error) {
      if (!(error instanceof FsError && (error.errno === 'EAGAIN' || error.errno === 'ENOMEM'))) throw error;
      const why = errnoText[error.errno];
      const fault = new Fault(shell.wording.cannotFork(error.errno), shell.dialect === 'gnu' ? 254 : 2);
      if (shell.dialect !== 'gnu') throw fault;
      fault.whole = `${shell.name}: fork: ${why}\n`;
      if (seconds > 8) throw fault;
      await shell.tell(`${shell.name}: fork: retry: ${why}\n`);
      await shell.process.sleep(seconds * 1000);
    }
  }
}
