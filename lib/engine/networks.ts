import { hex } from '../clock';
import type { ContainerRecord } from '../container';
import { Failure } from '../errors';
import type { EndpointRequest } from './create';
import type { Daemon } from './daemon';
import { findContainer, findNetwork } from './lookup';
import { isUserMade, joinNetwork, taskNetwork } from './networking';
import { networkInUse } from './sentences';
import type { NetworkRecord } from './state';
import { addressText, overlaps, parseSubnet } from './subnet';

/** The three networks that every engine has. Made once, when the state has none. */
export function ensureNetworks(daemon: Daemon): void {
  if (daemon.state.networks.size) return;
  add(daemon, { name: 'none', driver: 'null', options: {} });
  add(daemon, { name: 'host', driver: 'host', options: {} });
  add(daemon, {
    name: 'bridge',
    driver: 'bridge',
    subnet: '172.17.0.0/16',
    gateway: '172.17.0.1',
    options: {
      'com.docker.network.bridge.default_bridge': 'true',
      'com.docker.network.bridge.enable_icc': 'true',
      'com.docker.network.bridge.enable_ip_masquerade': 'true',
      'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
      'com.docker.network.bridge.name': 'docker0',
      'com.docker.network.driver.mtu': '1500',
    },
  });
}

function add(
  daemon: Daemon,
  network: Partial<NetworkRecord> & Pick<NetworkRecord, 'name' | 'driver' | 'options'>,
): NetworkRecord {
  const record: NetworkRecord = {
    id: hex(daemon.options.chance, 32),
    created: daemon.now(),
    internal: false,
    attachable: false,
    ipv6: false,
    labels: {},
    ...network,
  };
  daemon.change({ type: 'network:created', record });
  return record;
}

export interface CreateNetworkOptions {
  readonly name: string;
  readonly driver?: string;
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** `docker network create`: a bridge of its own, whose containers find each other by name. */
export function createNetwork(daemon: Daemon, asked: CreateNetworkOptions): NetworkRecord {
  const { name } = asked;
  if (name.trim() === '') throw new Failure('invalid', 'network name is required');
  if ([...daemon.state.networks.values()].some((network) => network.name === name)) {
    throw new Failure('conflict', `network with name ${name} already exists`);
  }
  refuseDriver(asked.driver ?? 'bridge', name);
  const subnet = asked.subnet ?? freeSubnet(daemon);
  const parsed = parseSubnet(subnet);
  if (!parsed)
    throw new Failure('invalid', `invalid network config:\ninvalid subnet ${subnet}: invalid CIDR block notation`);
  if (existing(daemon).some((other) => overlaps(other, parsed))) {
    throw new Failure('forbidden', 'invalid pool request: Pool overlaps with other one on this address space');
  }
  const record = add(daemon, {
    name,
    driver: 'bridge',
    subnet,
    gateway: asked.gateway ?? addressText(parsed.first),
    ipRange: asked.ipRange,
    internal: asked.internal ?? false,
    attachable: asked.attachable ?? false,
    options: { ...asked.options },
    labels: { ...asked.labels },
  });
  daemon.announcements.tell('network', 'create', record.id, { name, type: 'bridge' });
  return record;
}

function refuseDriver(driver: string, name: string): void {
  if (driver === 'bridge') return;
  if (driver === 'host' || driver === 'null')
    throw new Failure('forbidden', `only one instance of "${driver}" network is allowed`);
  if (driver === 'overlay') {
    throw new Failure(
      'forbidden',
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  }
  if (driver === 'macvlan' || driver === 'ipvlan')
    throw new Failure('unsupported', `the ${driver} network driver is not supported by Dockerland (network ${name})`);
  throw new Failure('not-found', `plugin ${JSON.stringify(driver)} not found`);
}

/** Docker's default pools: 172.18/16 to 172.31/16, then 192.168.0/20 onwards. */
function freeSubnet(daemon: Daemon): string {
  const pools = [
    ...Array.from({ length: 14 }, (_, at) => `172.${18 + at}.0.0/16`),
    ...Array.from({ length: 16 }, (_, at) => `192.168.${16 * at}.0/20`),
  ];
  const free = pools.find((pool) => !existing(daemon).some((other) => overlaps(other, parseSubnet(pool)!)));
  if (!free) throw new Failure('exhausted', 'all predefined address pools have been fully subnetted');
  return free;
}

function existing(daemon: Daemon) {
  return [...daemon.state.networks.values()].flatMap((network) =>
    network.subnet ? [parseSubnet(network.subnet)!] : [],
  );
}

/** `docker network rm`. */
export function removeNetwork(daemon: Daemon, reference: string): void {
  const network = findNetwork(daemon, reference);
  if (!isUserMade(network))
    throw new Failure('forbidden', `${network.name} is a pre-defined network and cannot be removed`);
  const members = networkMembers(daemon, network);
  if (members.length) {
    const endpoints = members.map(
      (record) =>
        `name:${JSON.stringify(record.name)} id:${JSON.stringify(record.networks[network.name]!.EndpointID.slice(0, 12))}`,
    );
    throw networkInUse(network.name, network.id, endpoints);
  }
  daemon.change({ type: 'network:removed', id: network.id });
  daemon.announcements.tell('network', 'destroy', network.id, { name: network.name, type: network.driver });
}

/** Containers that have an endpoint there now: those that run. */
export function networkMembers(daemon: Daemon, network: NetworkRecord): ContainerRecord[] {
  return [...daemon.state.containers.values()].filter((record) => record.networks[network.name]?.EndpointID);
}

/** `docker network connect`. A running container has its address at once. */
export function connectNetwork(
  daemon: Daemon,
  reference: string,
  containerReference: string,
  asked: EndpointRequest = {},
): void {
  const record = findContainer(daemon, containerReference);
  const network = findNetwork(daemon, reference);
  if (record.networks[network.name]) {
    throw new Failure('forbidden', `endpoint with name ${record.name} already exists in network ${network.name}`);
  }
  if (record.hostConfig.NetworkMode === 'host' || network.driver === 'host') {
    throw new Failure(
      'invalid',
      'cannot connect container to host network - container must be created in host network mode',
    );
  }
  const idle = {
    NetworkID: network.id,
    EndpointID: '',
    Gateway: '',
    IPAddress: '',
    IPPrefixLen: 0,
    MacAddress: '',
    Aliases: asked.aliases?.length ? asked.aliases : null,
    ...(asked.address ? { IPAMConfig: { IPv4Address: asked.address } } : {}),
  };
  const endpoint = daemon.live.has(record.id) ? joinNetwork(daemon, record, network, idle) : idle;
  changeNetworks(daemon, record, { ...record.networks, [network.name]: endpoint });
  daemon.announcements.tell('network', 'connect', network.id, {
    container: record.id,
    name: network.name,
    type: network.driver,
  });
}

/** `docker network disconnect`. */
export function disconnectNetwork(daemon: Daemon, reference: string, containerReference: string): void {
  const network = findNetwork(daemon, reference);
  const record = findContainer(daemon, containerReference);
  if (!record.networks[network.name]) {
    throw new Failure('forbidden', `container ${record.id} is not connected to network ${network.name}`);
  }
  const { [network.name]: _gone, ...rest } = record.networks;
  changeNetworks(daemon, record, rest);
  daemon.announcements.tell('network', 'disconnect', network.id, {
    container: record.id,
    name: network.name,
    type: network.driver,
  });
}

function changeNetworks(daemon: Daemon, record: ContainerRecord, networks: ContainerRecord['networks']): void {
  daemon.change({ type: 'container:networked', id: record.id, networks, ports: record.ports ?? {} });
  if (daemon.live.has(record.id))
    daemon.options.runtime.networkChanged?.(record.id, taskNetwork(daemon, daemon.record(record.id)));
}
