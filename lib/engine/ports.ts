import type { ContainerRecord, Endpoint, PortBinding } from '../container';
import type { Daemon } from './daemon';
import type { PublishedPort } from './runtime';
import { portTaken } from './sentences';

type Ports = Record<string, readonly PortBinding[] | null>;

/** The ports that a starting container gets on the host. Throws when one is taken. Exposed ones that are not published are null. */
export function claimPorts(
  daemon: Daemon,
  record: ContainerRecord,
  networks: Readonly<Record<string, Endpoint>>,
): Ports {
  const mode = record.hostConfig.NetworkMode;
  if (mode === 'host' || mode === 'none' || mode.startsWith('container:')) return {};
  const endpoint = Object.values(networks)[0]?.EndpointID ?? '';
  const ports: Ports = {};
  for (const port of Object.keys(record.config.ExposedPorts ?? {})) ports[port] = null;
  const claimed: PublishedPort[] = [];
  const wanted = Object.entries(record.hostConfig.PortBindings);
  if (record.hostConfig.PublishAllPorts) {
    for (const port of Object.keys(ports))
      if (!record.hostConfig.PortBindings[port]?.length) wanted.push([port, [{ HostIp: '', HostPort: '' }]]);
  }
  for (const [port, bindings] of wanted) {
    ports[port] = bindings.flatMap((binding) => claim(daemon, record, endpoint, port, binding, claimed));
  }
  return ports;
}

function claim(
  daemon: Daemon,
  record: ContainerRecord,
  endpoint: string,
  port: string,
  binding: PortBinding,
  claimed: PublishedPort[],
): PortBinding[] {
  const [containerPort = '', protocol = 'tcp'] = port.split('/');
  const held = (hostPort: number) =>
    takenPorts(daemon, record, claimed).some((one) => clashes(one, { protocol, hostIp: binding.HostIp, hostPort }));
  const hostPort = choosePort(daemon, protocol as PublishedPort['protocol'], binding.HostPort, held);
  if (held(hostPort)) throw portTaken(record.name, endpoint, binding.HostIp || '0.0.0.0', hostPort);
  claimed.push({
    protocol: protocol as PublishedPort['protocol'],
    hostIp: binding.HostIp,
    hostPort,
    containerPort: Number(containerPort),
  });
  const addresses = binding.HostIp ? [binding.HostIp] : ['0.0.0.0', '::'];
  return addresses.map((HostIp) => ({ HostIp, HostPort: String(hostPort) }));
}

function choosePort(
  daemon: Daemon,
  protocol: PublishedPort['protocol'],
  text: string,
  held: (port: number) => boolean,
): number {
  const [low, high = low] = text.split('-').map(Number);
  if (!text || low === 0 || low === undefined) return daemon.options.runtime.freePort(protocol, held);
  for (let port = low; port <= high!; port++) if (!held(port)) return port;
  return low;
}

function takenPorts(daemon: Daemon, record: ContainerRecord, claimed: readonly PublishedPort[]): PublishedPort[] {
  const others = [...daemon.state.containers.values()].filter((other) => other.id !== record.id);
  return [...others.flatMap(publishedPorts), ...claimed];
}

function clashes(
  one: PublishedPort,
  other: Pick<PublishedPort, 'hostIp' | 'hostPort'> & { protocol: string },
): boolean {
  const everywhere = (address: string) => address === '' || address === '0.0.0.0' || address === '::';
  return (
    one.protocol === other.protocol &&
    one.hostPort === other.hostPort &&
    (one.hostIp === other.hostIp || everywhere(one.hostIp) || everywhere(other.hostIp))
  );
}

/** What the runtime binds on the host: one for each published port, IPv4's. */
export function publishedPorts(record: ContainerRecord): PublishedPort[] {
  return Object.entries(record.ports ?? {}).flatMap(([port, bindings]) => {
    const [containerPort = '', protocol = 'tcp'] = port.split('/');
    return (bindings ?? [])
      .filter(
        (binding) =>
          !(
            binding.HostIp === '::' &&
            bindings!.some((other) => other.HostIp === '0.0.0.0' && other.HostPort === binding.HostPort)
          ),
      )
      .map((binding) => ({
        protocol: protocol as PublishedPort['protocol'],
        hostIp: binding.HostIp,
        hostPort: Number(binding.HostPort),
        containerPort: Number(containerPort),
      }));
  });
}
