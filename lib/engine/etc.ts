import type { ContainerRecord } from '../container';
import type { Daemon } from './daemon';
import type { ContainerTask } from './runtime';

/** The three files that Docker mounts over the image's, with its own tabs and order. */
export function etcFiles(daemon: Daemon, record: ContainerRecord): ContainerTask['etc'] {
  return { hosts: hosts(daemon, record), hostname: `${record.config.Hostname}\n`, resolv: resolv(record) };
}

function hosts(daemon: Daemon, record: ContainerRecord): string {
  const lines = [
    '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback',
    'fe00::\tip6-localnet',
    'ff00::\tip6-mcastprefix',
    'ff02::1\tip6-allnodes',
    'ff02::2\tip6-allrouters',
  ];
  for (const extra of (record.hostConfig.ExtraHosts as string[] | undefined) ?? []) {
    const at = extra.indexOf(':');
    const address = extra.slice(at + 1);
    lines.push(`${address === 'host-gateway' ? '172.17.0.1' : address}\t${extra.slice(0, at)}`);
  }
  const { Hostname, Domainname } = record.config;
  const name = Domainname ? `${Hostname}.${Domainname} ${Hostname}` : Hostname;
  for (const endpoint of Object.values(record.networks))
    if (endpoint.IPAddress) lines.push(`${endpoint.IPAddress}\t${name}`);
  void daemon;
  return `${lines.join('\n')}\n`;
}

function resolv(record: ContainerRecord): string {
  const asked = (record.hostConfig.Dns as string[] | undefined) ?? [];
  const userMade = Object.keys(record.networks).some((name) => !['bridge', 'host', 'none'].includes(name));
  const servers = userMade ? ['127.0.0.11'] : asked.length ? asked : ['172.17.0.1'];
  const search = (record.hostConfig.DnsSearch as string[] | undefined) ?? [];
  const options = (record.hostConfig.DnsOptions as string[] | undefined) ?? [];
  const lines = servers.map((server) => `nameserver ${server}`);
  if (search.length) lines.push(`search ${search.join(' ')}`);
  if (userMade || options.length) lines.push(`options ${[...options, ...(userMade ? ['ndots:0'] : [])].join(' ')}`);
  return `${lines.join('\n')}\n`;
}
