import type { NetworkRecord } from '../../engine';
import { Failure } from '../../errors';
import { pairs } from '../create-options';
import { filtersFrom } from '../filters';
import { printTable, type TableKind } from '../format/table';
import { wallTime } from '../format/time';
import { type Command, daemonSentence, err, out } from '../invocation';
import { CommandError } from '../usage-error';

export const networkCreate: Command = async (call) => {
  const { engine, flags, args } = call;
  const [subnet, ...more] = flags.list('subnet').length
    ? flags.list('subnet')
    : flags.has('subnet')
      ? [flags.text('subnet')]
      : [];
  const gateway = first(call, 'gateway');
  const ipRange = first(call, 'ip-range');
  if ((gateway || ipRange) && !subnet)
    throw new CommandError('every ip-range or gateway must have a corresponding subnet');
  if (more.length)
    throw new Failure('unsupported', 'docker network create with several subnets is not supported by Dockerland.');
  if (flags.on('ipv6'))
    throw new Failure('unsupported', 'docker network create --ipv6 is not supported by Dockerland.');
  const network = engine.createNetwork({
    name: args[0] ?? '',
    driver: flags.text('driver'),
    subnet,
    gateway,
    ipRange,
    internal: flags.on('internal'),
    attachable: flags.on('attachable'),
    options: pairs(flags.list('opt')),
    labels: pairs(flags.list('label')),
  });
  await out(call, `${network.id}\n`);
  return 0;
};

function first(call: Parameters<Command>[0], name: string): string | undefined {
  return call.flags.list(name)[0] ?? call.flags.maybe(name);
}

const table: TableKind = {
  headings: {
    ID: 'NETWORK ID',
    Name: 'NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    IPv4: 'IPV4',
    IPv6: 'IPV6',
    Internal: 'INTERNAL',
    Labels: 'LABELS',
    CreatedAt: 'CREATED AT',
  },
  columns: ['ID', 'Name', 'Driver', 'Scope'],
  type: '*network.networkContext',
  json: ['CreatedAt', 'Driver', 'ID', 'IPv4', 'IPv6', 'Internal', 'Labels', 'Name', 'Scope'],
};

const known = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];

export const networkList: Command = async (call) => {
  const { engine, flags } = call;
  const filters = filtersFrom(flags);
  for (const name of Object.keys(filters))
    if (!known.includes(name)) throw new Failure('invalid', `invalid filter '${name}'`);
  const any = (name: string, test: (value: string) => boolean) => !filters[name] || filters[name].some(test);
  const used = (network: NetworkRecord) =>
    [...engine.state.containers.values()].some((record) => record.networks[network.name]?.EndpointID);
  const predefined = (network: NetworkRecord) => ['bridge', 'host', 'none'].includes(network.name);
  const rows = [...engine.state.networks.values()].filter(
    (network) =>
      any('name', (value) => network.name.includes(value)) &&
      any('id', (value) => network.id.startsWith(value)) &&
      any('driver', (value) => network.driver === value) &&
      any('scope', (value) => value === 'local') &&
      any('type', (value) => (value === 'builtin') === predefined(network)) &&
      any('dangling', (value) =>
        ['true', '1'].includes(value) ? !used(network) && !predefined(network) : used(network) || predefined(network),
      ) &&
      (filters.label ?? []).every((label) => {
        const [key = '', value] = label.split('=');
        return value === undefined ? key in network.labels : network.labels[key] === value;
      }),
  );
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const truncate = !flags.on('no-trunc');
  if (flags.on('quiet') && !flags.text('format')) {
    for (const network of rows) await out(call, `${truncate ? network.id.slice(0, 12) : network.id}\n`);
    return 0;
  }
  await out(
    call,
    printTable(
      table,
      flags.text('format'),
      rows.map((network) => row(network, truncate)),
    ),
  );
  return 0;
};

function row(network: NetworkRecord, truncate: boolean) {
  return {
    ID: () => (truncate ? network.id.slice(0, 12) : network.id),
    Name: () => network.name,
    Driver: () => network.driver,
    Scope: () => 'local',
    IPv4: () => 'true',
    IPv6: () => String(network.ipv6),
    Internal: () => String(network.internal),
    Labels: () =>
      Object.entries(network.labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    Label: (name: unknown) => network.labels[String(name)] ?? '',
    CreatedAt: () => wallTime(network.created),
  };
}

export const networkRemove: Command = async (call) => {
  let failed = false;
  for (const name of call.args) {
    try {
      call.engine.removeNetwork(name);
      await out(call, `${name}\n`);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (call.flags.on('force') && error.code === 'not-found') continue;
      await err(call, `${daemonSentence(error)}\n`);
      failed = true;
    }
  }
  if (failed) await err(call, 'exit status 1\n');
  return failed ? 1 : 0;
};

export const networkConnect: Command = async ({ engine, flags, args: [network = '', container = ''] }) => {
  engine.connectNetwork(network, container, { aliases: flags.list('alias'), address: flags.maybe('ip') });
  return 0;
};

export const networkDisconnect: Command = async ({ engine, args: [network = '', container = ''] }) => {
  engine.disconnectNetwork(network, container);
  return 0;
};
