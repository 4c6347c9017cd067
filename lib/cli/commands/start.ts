import { Failure } from '../../errors';
import { type Command, daemonSentence, err, type Invocation, out } from '../invocation';
import { deferred, openSession, printer, proxySignals, sizeOfTerminal } from '../terminal';
import { CommandError } from '../usage-error';

/** `docker start`: each in the background, or one with the person attached (`-a`, `-i`). */
export const start: Command = async (call) => {
  const { flags, args } = call;
  if (flags.has('checkpoint') || flags.has('checkpoint-dir'))
    throw new Failure('unsupported', 'docker start --checkpoint is not supported by Dockerland.');
  if (!flags.on('attach') && !flags.on('interactive')) return startAll(call);
  if (args.length > 1) throw new CommandError('you cannot start and attach multiple containers at once');
  return startAttached(call, args[0]!);
};

async function startAll(call: Invocation): Promise<number> {
  const failed: string[] = [];
  for (const name of call.args) {
    try {
      await call.engine.start(name);
      await out(call, `${name}\n`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await err(call, `${daemonSentence(error)}\n`);
      failed.push(name);
    }
  }
  if (!failed.length) return 0;
  await err(call, `Error: failed to start containers: ${failed.join(', ')}\n`);
  return 1;
}

async function startAttached(call: Invocation, name: string): Promise<number> {
  const { engine, process, flags } = call;
  const record = engine.container(name);
  const tty = record.config.Tty;
  const stdin = flags.on('interactive') && record.config.OpenStdin;
  const gone = deferred<'ended' | 'detached'>();
  const wire = engine.attach(record.id, { stdin, output: printer(process, tty), ended: () => gone.resolve('ended') });
  const condition = record.hostConfig.AutoRemove ? 'removed' : 'next-exit';
  const already = record.state.state === 'running';
  const exit = engine.wait(record.id, condition);
  if (!tty && flags.on('sig-proxy'))
    proxySignals(process, (signal) => void engine.kill(record.id, signal).catch(() => {}));
  if (!already) await engine.start(record.id, { size: sizeOfTerminal(process) });
  const detached = () => gone.resolve('detached');
  const session = openSession({ process, tty, stdin, detachKeys: flags.maybe('detach-keys'), detached }, wire);
  try {
    if ((await gone.promise) === 'ended') return await exit;
    wire.detach();
    await err(call, 'read escape sequence\n');
    return 0;
  } finally {
    session.stop();
  }
}
