/** Applets that are the shell, or one of its built-in commands run as a program of its own. */
import { shellProgram } from '../../shell';
import type { Applet } from '../run';

/** sh and ash speak the dialect of their image; bash is gnu's. */
export const shell: Applet = async (run) => {
  await run.flush();
  return shellProgram({ dialect: run.name === 'bash' ? 'gnu' : run.dialect })(run.process);
};
