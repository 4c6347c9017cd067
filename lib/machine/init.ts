import type { ProcessTask } from '../engine';
import { Killed, type Program, parseSignal, type Signal } from '../process';

/** What docker-init (tini) passes on to its only child. */
const forwarded: readonly Signal[] = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'TERM', 'CONT', 'WINCH'];

/** `docker run --init`: pid 1 starts the program, passes signals on, and reaps whatever is left to it. */
export function initProgram(task: Pick<ProcessTask, 'path' | 'argv'>): Program {
  return async (process) => {
    const child = process.spawn({ path: task.path, argv: task.argv });
    for (const signal of forwarded) process.onSignal(signal, () => forward(signal));
    for (;;) {
      const ended = await process.wait();
      if (ended.pid === child.pid) return ended.exitCode;
    }
    function forward(signal: Signal): void {
      try {
        process.kill(child.pid, parseSignal(signal));
      } catch (error) {
        if (error instanceof Killed) throw error;
      }
    }
  };
}
