/** ping: whether a system answers, told in the words of packets. */
import { FsError } from '../../../fs';
import { addressOf } from '../../address';
import { parseOptions, UsageError } from '../../options';
import type { Run } from '../../run';

export async function ping(run: Run): Promise<number> {
  const options = parseOptions(run, 'c:s:t:w:W:i:I:qv46np:A', {});
  const [host] = options.operands;
  if (host === undefined) throw new UsageError(run.gnu ? 'usage error: Destination address required' : '');
  const address = addressOf(run.process.system.network, host);
  if (address === undefined)
    return run.gnu ? run.fail(`${host}: Name or service not known`, 2) : run.fail(`bad address '${host}'`);
  const count = Number(options.value('c') ?? Number.POSITIVE_INFINITY);
  const interval = Number(options.value('i') ?? 1) * 1000;
  const alive = await reachable(run, address);
  const data = run.gnu ? '56(84) bytes of data.' : '56 data bytes';
  await run.print(`PING ${host} (${address})${run.gnu ? '' : ':'} ${data}\n`);
  const sent = await send(run, count, interval, async (nth) => {
    if (alive && !options.has('q')) await run.print(answer(run, address, nth));
  });
  if (!alive && count !== Number.POSITIVE_INFINITY) await rest(run, 10_000);
  await run.print(statistics(run, host, sent, alive ? sent : 0, interval));
  return alive && sent > 0 ? 0 : 1;
}

/** One after the other until there were enough or somebody interrupts; how many went out. */
async function send(run: Run, count: number, interval: number, each: (nth: number) => Promise<void>): Promise<number> {
  let stopped = false;
  run.process.onSignal('INT', () => {
    stopped = true;
  });
  let sent = 0;
  while (sent < count && !stopped) {
    await run.flush();
    if (sent > 0) await rest(run, interval);
    if (!stopped) await each(++sent);
  }
  return sent;
}

/** Until the time is over or a signal came. */
async function rest(run: Run, milliseconds: number): Promise<void> {
  await run.process.sleep(milliseconds).catch((error: unknown) => {
    if (!(error instanceof FsError && error.errno === 'EINTR')) throw error;
  });
}

function answer(run: Run, address: string, nth: number): string {
  const sequence = run.gnu ? `icmp_seq=${nth}` : `seq=${nth - 1}`;
  return `64 bytes from ${address}: ${sequence} ttl=64 time=0.050 ms\n`;
}

function statistics(run: Run, host: string, sent: number, received: number, interval: number): string {
  const loss = sent === 0 ? 0 : Math.round(((sent - received) / sent) * 100);
  const time = run.gnu ? `, time ${Math.max(0, sent - 1) * interval}ms` : '';
  const trip = run.gnu
    ? 'rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000'
    : 'round-trip min/avg/max = 0.050/0.050/0.050';
  return (
    `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ` +
    `${received} ${run.gnu ? 'received' : 'packets received'}, ${loss}% packet loss${time}\n` +
    (received > 0 ? `${trip} ms\n` : '')
  );
}

/** There are no packets: a system answers when a connection to it is refused or accepted rather than unroutable. */
async function reachable(run: Run, address: string): Promise<boolean> {
  try {
    (await run.process.until(run.process.system.network.connect(address, 7))).close();
    return true;
  } catch (error) {
    return error instanceof FsError && error.errno === 'ECONNREFUSED';
  }
}
