import { type Command, err } from '../invocation';
import { deferred, openSession, printer, proxySignals, requireTerminal } from '../terminal';
import { CommandError } from '../usage-error';

/** `docker attach`: joins a running container's streams until it ends or the person leaves. */
export const attach: Command = async (call) => {
  const { engine, process, flags, args } = call;
  const record = engine.container(args[0] ?? '');
  const { state } = record.state;
  if (state === 'restarting')
    throw new CommandError('You cannot attach to a restarting container, wait until it is running');
  if (state === 'paused') throw new CommandError('You cannot attach to a paused container, unpause it first');
  if (state !== 'running') throw new CommandError('You cannot attach to a stopped container, start it first');
  const tty = record.config.Tty;
  const stdin = !flags.on('no-stdin') && record.config.OpenStdin;
  requireTerminal(process, tty, stdin);
  const gone = deferred<'ended' | 'detached'>();
  const exit = engine.wait(record.id, 'next-exit');
  const wire = engine.attach(record.id, {
    stdin,
    running: true,
    output: printer(process, tty),
    ended: () => gone.resolve('ended'),
  });
  if (!tty && flags.on('sig-proxy'))
    proxySignals(process, (signal) => void engine.kill(record.id, signal).catch(() => {}));
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
};
