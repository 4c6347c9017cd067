/** Applets that are the shell, or one of its own commands run as a program. */
import { shellProgram } from '../../shell';
import type { Applet, Run } from '../run';

/** sh and ash speak the dialect of their image; bash is gnu's. */
export const shell: Applet = async (run) => {
  const program = shellProgram({ dialect: run.name === 'bash' ? 'gnu' : run.dialect });
  if (run.process.argv.length === run.args.length + 1) return program(run.process);
  // `busybox sh …`: the shell's own words begin one later.
  const child = run.process.spawn({ program, argv: [run.name, ...run.args] });
  return (await run.process.wait(child.pid)).exitCode;
};

/** echo, printf, test and [: the shell's own, in a shell that does nothing else. */
export const shellCommand: Applet = async (run) => {
  const child = run.process.spawn({
    program: shellProgram({ dialect: run.dialect }),
    argv: [run.name, '-c', `${run.name === '[[' ? '[' : run.name} "$@"`, run.name, ...words(run)],
    env: {},
  });
  return (await run.process.wait(child.pid)).exitCode;
};

/** `[[` as a program is `[` with another ending. */
function words(run: Run): readonly string[] {
  return run.name === '[[' && run.args.at(-1) === ']]' ? [...run.args.slice(0, -1), ']'] : run.args;
}
