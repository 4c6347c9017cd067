/** ip, ifconfig, route: a system's own addresses, to be looked at and not changed. */
import type { Network } from '../../../process';
import { UsageError } from '../../options';
import type { Run } from '../../run';
import { broadcastOf, gatewayOf, maskOf, networkOf } from './subnet';

type Interface = ReturnType<Network['addresses']>[number];

const outside = (run: Run) => run.process.system.network.addresses().filter(({ name }) => name !== 'lo');

export async function ip(run: Run): Promise<number> {
  const words = run.args.filter((word) => !/^-(4|6|br|o|brief|c|color\S*)$/.test(word));
  const [object = '', action = 'show', ...rest] = words;
  const matches = (full: string) => object !== '' && full.startsWith(object);
  if (!object) throw new UsageError();
  if (!['address', 'link', 'route', 'neigh'].some(matches))
    return run.gnu
      ? run.complain(`Object "${object}" is unknown, try "ip help".\n`).then(() => 1)
      : Promise.reject(new UsageError());
  if (/^(add|del|set|flush|replace|change)/.test(action))
    return run.complain('RTNETLINK answers: Operation not permitted\n').then(() => 2);
  const wanted = wantedOf(action, rest);
  const all = run.process.system.network.addresses();
  if (wanted !== undefined && !all.some(({ name }) => name === wanted))
    return run.gnu
      ? run.complain(`Device "${wanted}" does not exist.\n`).then(() => 1)
      : run.fail(`can't find device '${wanted}'`, matches('link') ? 2 : 1);
  if (matches('route')) return showRoutes(run);
  for (const [at, one] of all.entries()) {
    if (wanted !== undefined && one.name !== wanted) continue;
    await run.print(linkOf(run, one, at + 1) + (matches('address') ? inetOf(one) : ''));
  }
  return 0;
}

/** The one device that is asked for: `show eth0`, `show dev eth0`, or just `eth0`. */
function wantedOf(action: string, rest: readonly string[]): string | undefined {
  const last = rest.filter((word) => word !== 'dev').at(-1);
  return last ?? ('show'.startsWith(action) || 'list'.startsWith(action) ? undefined : action);
}

function linkOf(run: Run, { name, mac }: Interface, at: number): string {
  if (name === 'lo') {
    const state = run.gnu ? 'state UNKNOWN group default ' : '';
    return `${at}: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue ${state}qlen 1000\n    link/loopback ${mac} brd 00:00:00:00:00:00\n`;
  }
  const flags = `BROADCAST,MULTICAST,UP,LOWER_UP${run.gnu ? '' : ',M-DOWN'}`;
  const state = run.gnu ? 'state UP group default ' : '';
  return `${at}: ${name}@if${at + 5}: <${flags}> mtu 1500 qdisc noqueue ${state}\n    link/ether ${mac} brd ff:ff:ff:ff:ff:ff\n`;
}

function inetOf({ name, address, prefix }: Interface): string {
  const scope = name === 'lo' ? 'scope host lo' : `brd ${broadcastOf(address, prefix)} scope global ${name}`;
  return `    inet ${address}/${prefix} ${scope}\n       valid_lft forever preferred_lft forever\n`;
}

async function showRoutes(run: Run): Promise<number> {
  const devices = outside(run);
  const [first] = devices;
  if (first) await run.print(`default via ${gatewayOf(first.address, first.prefix)} dev ${first.name} \n`);
  for (const { name, address, prefix } of devices)
    await run.print(`${networkOf(address, prefix)}/${prefix} dev ${name} scope link  src ${address} \n`);
  return 0;
}

export async function ifconfig(run: Run): Promise<number> {
  const [wanted, change] = run.args.filter((word) => word !== '-a');
  const all = run.process.system.network.addresses();
  if (change !== undefined) return run.fail('SIOCSIFADDR: Operation not permitted');
  const shown = all
    .filter(({ name }) => wanted === undefined || name === wanted)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (shown.length === 0) return run.fail(`${wanted}: error fetching interface information: Device not found`);
  for (const { name, address, prefix, mac } of shown) {
    const loop = name === 'lo';
    const link = loop ? 'Local Loopback' : `Ethernet  HWaddr ${mac.toUpperCase()}`;
    await run.print(
      `${name.padEnd(9)} Link encap:${link}  \n          inet addr:${address}${loop ? '' : `  Bcast:${broadcastOf(address, prefix)}`}  Mask:${maskOf(prefix)}\n` +
        `          ${loop ? 'UP LOOPBACK RUNNING  MTU:65536' : 'UP BROADCAST RUNNING MULTICAST  MTU:1500'}  Metric:1\n\n`,
    );
  }
  return 0;
}

export async function route(run: Run): Promise<number> {
  if (run.args.some((word) => word === 'add' || word === 'del')) return run.fail('SIOCADDRT: Operation not permitted');
  await run.print(
    'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n',
  );
  const devices = outside(run);
  const row = (to: string, via: string, mask: string, flags: string, name: string) =>
    `${to.padEnd(15)} ${via.padEnd(15)} ${mask.padEnd(15)} ${flags.padEnd(5)} 0      0        0 ${name}\n`;
  const numeric = run.args.some((word) => /^-\w*n/.test(word));
  const [first] = devices;
  if (first)
    await run.print(
      row(numeric ? '0.0.0.0' : 'default', gatewayOf(first.address, first.prefix), '0.0.0.0', 'UG', first.name),
    );
  for (const { name, address, prefix } of devices)
    await run.print(row(networkOf(address, prefix), numeric ? '0.0.0.0' : '*', maskOf(prefix), 'U', name));
  return 0;
}
