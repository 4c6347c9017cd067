import type { VolumeRecord } from '../../engine';
import { Failure } from '../../errors';
import { pairs } from '../create-options';
import { filtersFrom } from '../filters';
import { printTable, type TableKind } from '../format/table';
import { type Command, forEach, type Invocation, out } from '../invocation';
import { CommandError } from '../usage-error';

export const volumeCreate: Command = async (call) => {
  const { engine, flags, args } = call;
  const named = flags.maybe('name');
  if (named && args[0])
    throw new CommandError(
      'conflicting options: cannot specify a volume-name through both --name and as a positional arg',
    );
  const volume = engine.createVolume({
    name: args[0] ?? named,
    driver: flags.text('driver'),
    labels: pairs(flags.list('label')),
    options: pairs(flags.list('opt')),
  });
  await out(call, `${volume.name}\n`);
  return 0;
};

const table: TableKind = {
  headings: {
    Name: 'VOLUME NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    Mountpoint: 'MOUNTPOINT',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Availability: 'AVAILABILITY',
    Group: 'GROUP',
    Status: 'STATUS',
  },
  columns: ['Driver', 'Name'],
  type: '*formatter.volumeContext',
  json: ['Availability', 'Driver', 'Group', 'Labels', 'Links', 'Mountpoint', 'Name', 'Scope', 'Size', 'Status'],
};

const known = ['dangling', 'driver', 'label', 'name'];

export const volumeList: Command = async (call) => {
  const { engine, flags } = call;
  if (flags.on('cluster'))
    throw new Failure('unsupported', 'docker volume ls --cluster is not supported by Dockerland.');
  const filters = filtersFrom(flags);
  for (const name of Object.keys(filters))
    if (!known.includes(name)) throw new Failure('invalid', `invalid filter '${name}'`);
  const any = (name: string, test: (value: string) => boolean) => !filters[name] || filters[name].some(test);
  const used = (volume: VolumeRecord) =>
    [...engine.state.containers.values()].some((record) => record.mounts.some((mount) => mount.Name === volume.name));
  const rows = [...engine.state.volumes.values()].filter(
    (volume) =>
      any('name', (value) => volume.name.includes(value)) &&
      any('driver', (value) => volume.driver === value) &&
      any('dangling', (value) => used(volume) !== booleanOf(value)) &&
      (filters.label ?? []).every((label) => {
        const [key = '', value] = label.split('=');
        return value === undefined ? key in (volume.labels ?? {}) : volume.labels?.[key] === value;
      }),
  );
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (flags.on('quiet') && !flags.text('format')) {
    for (const volume of rows) await out(call, `${volume.name}\n`);
    return 0;
  }
  await out(
    call,
    printTable(
      table,
      flags.text('format'),
      rows.map((volume) => row(call, volume)),
    ),
  );
  return 0;
};

function booleanOf(value: string): boolean {
  if (['1', 'true', 't', 'T', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'false', 'f', 'F', 'FALSE', 'False'].includes(value)) return false;
  throw new Failure('invalid', `invalid filter 'dangling=[${value}]'`);
}

function row(call: Invocation, volume: VolumeRecord) {
  const { Mountpoint } = call.engine.inspectVolume(volume.name) as { Mountpoint: string };
  const labels = volume.labels ?? {};
  return {
    Name: () => volume.name,
    Driver: () => volume.driver,
    Scope: () => 'local',
    Mountpoint: () => Mountpoint,
    Labels: () =>
      Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    Label: (name: unknown) => labels[String(name)] ?? '',
    Links: () => 'N/A',
    Size: () => 'N/A',
    Availability: () => 'N/A',
    Group: () => 'N/A',
    Status: () => 'N/A',
  };
}

export const volumeRemove: Command = (call) =>
  forEach(call, call.args, async (name) => {
    call.engine.removeVolume(name, { force: call.flags.on('force') });
    await out(call, `${name}\n`);
  });

export const volumeUpdate: Command = async ({ engine, args: [name = ''] }) => {
  engine.volume(name);
  throw new Failure('unsupported', 'docker volume update is not supported by Dockerland: it is for cluster volumes.');
};
