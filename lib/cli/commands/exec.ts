import { Failure } from '../../errors';
import { envFrom } from '../env-file';
import { type Command, daemonSentence, err, out } from '../invocation';
import { openSession, printer, requireTerminal, sizeOfTerminal } from '../terminal';

/** `docker exec`: one more process in a running container. */
export const exec: Command = async (call) => {
  const { engine, process, flags, args } = call;
  const [name = '', ...argv] = args;
  const tty = flags.on('tty');
  const stdin = flags.on('interactive');
  const detach = flags.on('detach');
  const env = envFrom(call);
  if (!detach) requireTerminal(process, tty, stdin);
  const print = printer(process, tty);
  try {
    const options = {
      argv,
      env,
      user: flags.maybe('user'),
      workdir: flags.maybe('workdir'),
      tty,
      stdin: stdin && !detach,
      size: sizeOfTerminal(process),
    };
    const run = await engine.exec(name, detach ? options : { ...options, client: { output: print } });
    if (detach) return 0;
    const session = openSession(
      { process, tty, stdin, detachKeys: flags.maybe('detach-keys'), detached: () => {} },
      run,
    );
    try {
      return await run.exited;
    } finally {
      session.stop();
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const exitCode = error.detail.exitCode as number | undefined;
    if (exitCode === undefined) {
      await err(call, `${daemonSentence(error)}\n`);
      return 1;
    }
    // The sentence is the exec's own output: runc writes it where the program would have written.
    if (!detach) await out(call, `${error.message}\r\n`);
    return exitCode;
  }
};
