import type { HostConfig } from '../../container';
import { restartPolicy } from '../create-options';
import { type Command, forEach, out } from '../invocation';
import { parseSize } from '../size';
import { CommandError } from '../usage-error';

/** `docker update`. */
export const update: Command = async (call) => {
  const { flags, args, engine, command } = call;
  if (!command.flags.some((flag) => flags.has(flag.name)))
    throw new CommandError('you must provide one or more flags when using this command');
  const size = (name: string) =>
    flags.has(name) ? (flags.text(name) === '-1' ? -1 : parseSize(flags.text(name))) : undefined;
  const number = (name: string) => (flags.has(name) ? flags.number(name) : undefined);
  const changes = Object.fromEntries(
    Object.entries({
      RestartPolicy: flags.has('restart') ? restartPolicy(flags.text('restart')) : undefined,
      Memory: size('memory'),
      MemoryReservation: size('memory-reservation'),
      MemorySwap: size('memory-swap'),
      NanoCpus: flags.has('cpus') ? Math.round(Number(flags.text('cpus')) * 1e9) : undefined,
      CpuShares: number('cpu-shares'),
      CpuPeriod: number('cpu-period'),
      CpuQuota: number('cpu-quota'),
      CpusetCpus: flags.maybe('cpuset-cpus'),
      CpusetMems: flags.maybe('cpuset-mems'),
      PidsLimit: number('pids-limit'),
      BlkioWeight: number('blkio-weight'),
    }).filter(([, value]) => value !== undefined),
  ) as Partial<HostConfig>;
  return forEach(call, args, async (name) => {
    engine.update(name, changes);
    await out(call, `${name}\n`);
  });
};
