import { fromLatin1, type LogOptions } from '../../engine';
import type { Signal } from '../../process';
import { type Command, err, type Invocation } from '../invocation';
import { momentOf } from '../moment';
import { CommandError } from '../usage-error';

/** `docker logs`. */
export const logs: Command = async (call) => {
  const { engine, flags, args, process } = call;
  const record = engine.container(args[0] ?? '');
  const stop = new AbortController();
  const interrupt: Signal = 'INT';
  if (flags.on('follow')) process.onSignal(interrupt, () => stop.abort());
  const details = flags.on('details');
  await engine.logs(record.id, {
    since: moment(call, 'since'),
    until: moment(call, 'until'),
    tail: tailOf(flags.text('tail')),
    follow: flags.on('follow'),
    signal: stop.signal,
    entry: async ({ stream, time, line }) => {
      const head = `${flags.on('timestamps') ? `${padTime(time)} ` : ''}${details ? ' ' : ''}`;
      const target = stream === 'stdout' || record.config.Tty ? process.stdout : process.stderr;
      await target.write(process, fromLatin1(latin1Of(head) + line));
    },
  } satisfies LogOptions);
  if (stop.signal.aborted) {
    await err(call, '\n');
    return 130;
  }
  return 0;
};

const latin1Of = (text: string) => text;

/** RFC 3339 with all nine digits. */
export function padTime(time: string): string {
  const [whole = '', fraction = ''] = time.slice(0, -1).split('.');
  return `${whole}.${fraction.padEnd(9, '0')}Z`;
}

/** `all`, or a number; what cannot be read means all, as in the daemon. */
function tailOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function moment(call: Invocation, flag: string): bigint | undefined {
  const text = call.flags.maybe(flag);
  if (text === undefined || text === '') return undefined;
  const found = momentOf(text, call.engine.clock.now());
  if (found === undefined)
    throw new CommandError(
      `invalid value for ${JSON.stringify(flag)}: failed to parse value as time or duration: ${JSON.stringify(text)}`,
    );
  return found;
}
