import { hex } from '../clock';
import type { ContainerRecord, Endpoint, HostConfig } from '../container';
import { Failure } from '../errors';
import { type EndpointRequest, newMac } from './create';
import type { Daemon } from './daemon';
import { findContainer, findNetwork } from './lookup';
import type { TaskEndpoint, TaskNetwork } from './runtime';
import type { NetworkRecord } from './state';
import { addressText, addressValue, parseSubnet } from './subnet';

const idle: Endpoint = {
  NetworkID: '',
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 0,
  MacAddress: '',
  Aliases: null,
};

/** The networks a new container belongs to, without addresses: those come when it starts. */
export function findRequestedNetworks(
  daemon: Daemon,
  hostConfig: HostConfig,
  asked: Readonly<Record<string, EndpointRequest>>,
): Record<string, Endpoint> {
  const mode = hostConfig.NetworkMode;
  if (mode.startsWith('container:')) return {};
  const names = Object.keys(asked).length ? Object.keys(asked) : [mode === 'default' ? 'bridge' : mode];
  const found: Record<string, Endpoint> = {};
  for (const name of names) {
    const network = daemon.state.networks.size ? networkOrNothing(daemon, name) : undefined;
    const request = asked[name] ?? {};
    if (network) rejectAddress(network, request);
    found[network?.name ?? name] = {
      ...idle,
      NetworkID: network?.id ?? '',
      Aliases: request.aliases?.length ? request.aliases : null,
      ...(request.address ? { IPAMConfig: { IPv4Address: request.address } } : {}),
      ...(request.mac ? { MacAddress: request.mac } : {}),
    };
  }
  return found;
}

function networkOrNothing(daemon: Daemon, name: string): NetworkRecord | undefined {
  try {
    return findNetwork(daemon, name);
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-found') return undefined;
    throw error;
  }
}

const isAddressText = (text: string) => addressValue(text) !== undefined;

function rejectAddress(network: NetworkRecord, request: EndpointRequest): void {
  if (!request.address) return;
  if (network.name === 'bridge' || network.driver !== 'bridge') {
    const lines = [
      'user specified IP address is supported on user defined networks only',
      ...(isAddressText(request.address) ? [] : [`invalid IPv4 address: ${request.address}`]),
      'user specified IP address is supported only when connecting to networks with user configured subnets',
    ];
    const sentence = `invalid config for network ${network.name}: invalid endpoint settings:`;
    throw new Failure('invalid', [sentence, ...lines.map((line) => `* ${line}`)].join('\n'));
  }
}

/** Gives a starting container its addresses, one network after another. */
export function joinNetworks(daemon: Daemon, record: ContainerRecord): Record<string, Endpoint> {
  const joined: Record<string, Endpoint> = {};
  for (const [name, endpoint] of Object.entries(record.networks)) {
    const network = findNetwork(daemon, name);
    joined[name] = joinNetwork(daemon, record, network, endpoint);
  }
  return joined;
}

export function joinNetwork(
  daemon: Daemon,
  record: ContainerRecord,
  network: NetworkRecord,
  endpoint: Endpoint,
): Endpoint {
  const connected = Object.assign({}, endpoint, {
    NetworkID: network.id,
    EndpointID: hex(daemon.options.chance, 32),
  });
  const names = isUserMade(network) ? dnsNames(record, endpoint) : null;
  if (!network.subnet) return Object.assign(connected, { DNSNames: names });
  const { prefix } = parseSubnet(network.subnet)!;
  const address = endpoint.IPAMConfig?.IPv4Address ?? freeAddress(daemon, network, record);
  const mac = endpoint.MacAddress || newMac(daemon);
  return Object.assign(connected, {
    Gateway: network.gateway ?? '',
    IPAddress: address,
    IPPrefixLen: prefix,
    MacAddress: mac,
    DNSNames: names,
  });
}

/** Names by which others of the network reach it. */
function dnsNames(record: ContainerRecord, endpoint: Endpoint): string[] {
  const short = record.id.slice(0, 12);
  const names = [record.name, ...(endpoint.Aliases ?? []), short];
  if (record.config.Hostname && record.config.Hostname !== short) names.push(record.config.Hostname);
  return [...new Set(names)];
}

export function isUserMade(network: NetworkRecord): boolean {
  return !['bridge', 'host', 'none'].includes(network.name);
}

/** The endpoints of a container that stopped: still members, without addresses. */
export function leaveNetworks(record: ContainerRecord): Record<string, Endpoint> {
  return Object.fromEntries(Object.entries(record.networks).map(([name, endpoint]) => [name, left(endpoint)]));
}

function left(endpoint: Endpoint): Endpoint {
  const { IPAMConfig, Aliases, NetworkID } = endpoint;
  return { ...idle, NetworkID, Aliases, ...(IPAMConfig ? { IPAMConfig } : {}) };
}

/** The lowest address of the network that nobody has. */
function freeAddress(daemon: Daemon, network: NetworkRecord, record: ContainerRecord): string {
  const { first, last } = parseSubnet(network.ipRange ?? network.subnet!)!;
  const taken = new Set<string>([network.gateway ?? '']);
  for (const other of daemon.state.containers.values()) {
    const endpoint = other.id === record.id ? undefined : other.networks[network.name];
    if (endpoint?.IPAddress) taken.add(endpoint.IPAddress);
  }
  for (let value = first; value <= last; value++) {
    const address = addressText(value);
    if (!taken.has(address)) return address;
  }
  throw new Failure(
    'exhausted',
    `no available IPv4 addresses on this network's address pools: ${network.name} (${network.id})`,
  );
}

/** How the runtime joins the container's system to others. */
export function taskNetwork(daemon: Daemon, record: ContainerRecord): TaskNetwork {
  const mode = record.hostConfig.NetworkMode;
  if (mode === 'host' || mode === 'none') return { mode, endpoints: [] };
  if (mode.startsWith('container:')) {
    return { mode: 'container', container: sharedWith(daemon, mode.slice(10)).id, endpoints: [] };
  }
  return {
    mode: 'bridge',
    endpoints: Object.entries(record.networks).map(([name, endpoint]) => taskEndpoint(name, endpoint)),
  };
}

/** The container whose network another one joins. */
function sharedWith(daemon: Daemon, reference: string): ContainerRecord {
  try {
    return findContainer(daemon, reference);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.code, `joining network namespace of container: ${error.message}`, error.detail);
  }
}

export function taskEndpoint(networkName: string, endpoint: Endpoint): TaskEndpoint {
  return {
    networkId: endpoint.NetworkID,
    networkName,
    address: endpoint.IPAddress,
    prefix: endpoint.IPPrefixLen,
    gateway: endpoint.Gateway,
    mac: endpoint.MacAddress,
    names: endpoint.DNSNames ?? [],
  };
}
