/** nslookup, getent: what a name stands for. */
import { parseOptions, UsageError } from '../../options';
import type { Run } from '../../run';
import { decode } from '../../text';

export async function nslookup(run: Run): Promise<number> {
  const [host] = parseOptions(
    run,
    'd',
    {},
    run.args.filter((word) => !/^-(type|debug)/.test(word)),
  ).operands;
  if (host === undefined) throw new UsageError();
  const addresses = run.process.system.network.resolve(host);
  await run.print('Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n');
  if (addresses.length === 0) {
    await run.print(`** server can't find ${host}: NXDOMAIN\n\n`);
    return 1;
  }
  await run.print(
    `Non-authoritative answer:\n${addresses.map((address) => `Name:\t${host}\nAddress: ${address}\n`).join('')}\n`,
  );
  return 0;
}

export async function getent(run: Run): Promise<number> {
  const [database, ...keys] = run.args;
  if (database === undefined) throw new UsageError('wrong number of arguments');
  if (database === 'hosts' || database === 'ahosts') {
    let exitCode = 0;
    for (const key of keys) {
      const addresses = run.process.system.network.resolve(key);
      if (addresses.length === 0) exitCode = 2;
      for (const address of addresses) await run.print(`${address.padEnd(15)} ${key}\n`);
    }
    return exitCode;
  }
  if (!['passwd', 'group', 'shadow'].includes(database))
    return run.complain(`Unknown database: ${database}\n`).then(() => 1);
  const lines = decode(run.fs.readFile(`/etc/${database}`))
    .split('\n')
    .filter(Boolean);
  const found =
    keys.length === 0
      ? lines
      : keys.flatMap((key) => lines.filter((line) => line.split(':')[0] === key || line.split(':')[2] === key));
  for (const line of found) await run.print(`${line}\n`);
  return found.length > 0 ? 0 : 2;
}
