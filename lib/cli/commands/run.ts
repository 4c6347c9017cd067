import type { CreateOptions } from '../../engine';
import { Failure } from '../../errors';
import { createOptions } from '../create-options';
import { type Command, daemonSentence, err, type Invocation, out } from '../invocation';
import { deferred, openSession, printer, proxySignals, requireTerminal, sizeOfTerminal } from '../terminal';
import { CommandError } from '../usage-error';
import { checkPull, createFrom } from './create';

/** `docker run`: create, attach, start, and wait, in one. 125 when docker itself fails, else the program's own code. */
export const run: Command = async (call) => {
  const beginning = begin(call);
  try {
    const follow = await beginning;
    return await follow();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await err(
      call,
      `docker: ${error.code === 'unsupported' ? error.message : daemonSentence(error)}\n\nRun 'docker ${call.path} --help' for more information\n`,
    );
    return exitCodeOf(error);
  }
};

/** Up to where the container runs; what is answered waits for its end, and no longer knows what was asked for. */
function begin(call: Invocation): Promise<() => Promise<number>> {
  if (call.flags.on('detach') && call.flags.list('attach').length)
    throw new CommandError('conflicting options: cannot specify both --attach and --detach');
  checkPull(call, 'docker: ');
  const options = createOptions(call);
  if (call.flags.on('detach')) return runDetached(call, options);
  requireTerminal(call.process, options.config.Tty ?? false, options.config.AttachStdin ?? false);
  return runAttached(call, options);
}

function exitCodeOf(failure: Failure): number {
  const code = failure.detail.exitCode as number | undefined;
  return code === 126 || code === 127 ? code : 125;
}

async function runDetached(call: Invocation, options: CreateOptions): Promise<() => Promise<number>> {
  const { id } = await createFrom(call, options, 'docker: ');
  await call.engine.start(id);
  await out(call, `${id}\n`);
  return async () => 0;
}

async function runAttached(call: Invocation, options: CreateOptions): Promise<() => Promise<number>> {
  const { engine, process, flags } = call;
  const { id } = await createFrom(call, options, 'docker: ');
  const { Tty: tty = false, AttachStdin: stdin = false } = options.config;
  const gone = deferred<'ended' | 'detached'>();
  const print = printer(process, tty);
  const wanted = { stdout: options.config.AttachStdout ?? true, stderr: tty || (options.config.AttachStderr ?? true) };
  const output = (stream: 'stdout' | 'stderr', bytes: Uint8Array) =>
    wanted[stream] ? print(stream, bytes) : undefined;
  const wire = engine.attach(id, { stdin, output, ended: () => gone.resolve('ended') });
  const exit = engine.wait(id, flags.on('rm') ? 'removed' : 'next-exit');
  if (!tty && flags.on('sig-proxy')) proxySignals(process, (signal) => void engine.kill(id, signal).catch(() => {}));
  await engine.start(id, { size: sizeOfTerminal(process) });
  const detached = () => gone.resolve('detached');
  const session = openSession({ process, tty, stdin, detachKeys: flags.maybe('detach-keys'), detached }, wire);
  return async () => {
    try {
      if ((await gone.promise) === 'ended') return await exit;
      wire.detach();
      await err(call, 'read escape sequence\n');
      return 0;
    } finally {
      session.stop();
    }
  };
}
