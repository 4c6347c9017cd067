import { Failure } from '../../errors';
import { tabulateColumns } from '../format/columns';
import { type Command, out } from '../invocation';
import { userNames } from '../user-names';

/** `docker top`: the container's processes as `ps -ef` on the host shows them. */
export const top: Command = async (call) => {
  const { engine, args } = call;
  const [name = '', ...options] = args;
  if (options.length && options.join(' ') !== '-ef' && options.join(' ') !== 'aux') {
    throw new Failure(
      'unsupported',
      `docker top with ps options (${options.join(' ')}) is not supported by Dockerland.`,
    );
  }
  const rows = engine.top(name);
  const names = userNames(engine, name);
  const pidOf = (pid: number) => String(pid);
  const lines = rows.map((row) => [
    names(row.uid),
    pidOf(row.pid),
    pidOf(row.ppid),
    '0',
    clockTime(row.started),
    row.terminal ? 'pts/0' : '?',
    cpuTime(row.cpu),
    row.argv.join(' '),
  ]);
  await out(call, tabulateColumns([['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'], ...lines]));
  return 0;
};

/** `14:32`. */
function clockTime(nanoseconds: bigint): string {
  return new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(11, 16);
}

function cpuTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds / 3600, (seconds % 3600) / 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}
