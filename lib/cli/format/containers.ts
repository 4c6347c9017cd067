import type { ContainerSummary } from '../../engine';
import { humanDuration, parseTime } from '../../engine';
import { humanSize } from '../size';
import type { Row, TableKind } from './table';
import { wallTime } from './time';
import { ellipsis, quote, shortId } from './truncate';

/** `docker ps`. */
export const containerTable: TableKind = {
  headings: {
    ID: 'CONTAINER ID',
    Names: 'NAMES',
    Image: 'IMAGE',
    Command: 'COMMAND',
    CreatedAt: 'CREATED AT',
    RunningFor: 'CREATED',
    Ports: 'PORTS',
    State: 'STATE',
    Status: 'STATUS',
    Size: 'SIZE',
    Labels: 'LABELS',
    Mounts: 'MOUNTS',
    LocalVolumes: 'LOCAL VOLUMES',
    Networks: 'NETWORKS',
    Platform: 'PLATFORM',
  },
  columns: ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names'],
  type: '*formatter.ContainerContext',
  tried: true,
  json: [
    'Command',
    'CreatedAt',
    'ID',
    'Image',
    'Labels',
    'LocalVolumes',
    'Mounts',
    'Names',
    'Networks',
    'Platform',
    'Ports',
    'RunningFor',
    'Size',
    'State',
    'Status',
  ],
};

export function containerRow(summary: ContainerSummary, now: bigint, truncate: boolean): Row {
  const { record } = summary;
  const { Labels } = record.config;
  const mounts = record.mounts.map((mount) => mount.Name ?? mount.Source);
  return {
    ID: () => (truncate ? shortId(record.id) : record.id),
    Names: () => record.name,
    Image: () => summary.image,
    Command: () => quote(truncate ? ellipsis(commandText(record), 20) : commandText(record)),
    CreatedAt: () => wallTime(record.created),
    RunningFor: () => `${humanDuration(now - (parseTime(record.created) ?? now))} ago`,
    Ports: () => portsText(record),
    State: () => record.state.state,
    Status: () => summary.status,
    Size: () => sizeText(summary),
    Labels: () =>
      Object.keys(Labels)
        .sort()
        .map((key) => `${key}=${Labels[key]}`)
        .join(','),
    Label: (name: unknown) => Labels[String(name)] ?? '',
    Mounts: () => mounts.map((name) => (truncate ? ellipsis(name, 15) : name)).join(','),
    LocalVolumes: () => String(record.mounts.filter((mount) => mount.Driver === 'local').length),
    Networks: () => Object.keys(record.networks).sort().join(','),
    Platform: () => null,
  };
}

/** The program and its arguments; an argument with spaces is shown in quotes. (moby, daemon/list.go) */
function commandText(record: ContainerSummary['record']): string {
  if (!record.args.length) return record.path;
  const args = record.args.map((arg) => (arg.includes(' ') ? `'${arg}'` : arg));
  return `${record.path} ${args.join(' ')}`;
}

function sizeText({ size }: ContainerSummary): string {
  if (!size) return '0B';
  const own = humanSize(size.own, 3);
  return size.whole > 0 ? `${own} (virtual ${humanSize(size.whole, 3)})` : own;
}

interface Shown {
  readonly ip: string;
  readonly from: number;
  readonly inside: number;
  readonly protocol: string;
}

/** `0.0.0.0:8080->80/tcp, 443/tcp`: neighbours joined to ranges. (docker/cli, formatter.DisplayablePorts) */
export function portsText(record: ContainerSummary['record']): string {
  const shown: Shown[] = [];
  for (const [port, bindings] of Object.entries(record.ports ?? {})) {
    const [inside = '', protocol = 'tcp'] = port.split('/');
    if (!bindings?.length) shown.push({ ip: '', from: 0, inside: Number(inside), protocol });
    for (const one of bindings ?? [])
      shown.push({ ip: one.HostIp, from: Number(one.HostPort), inside: Number(inside), protocol });
  }
  shown.sort(
    (a, b) => a.inside - b.inside || compare(a.ip, b.ip) || a.from - b.from || compare(a.protocol, b.protocol),
  );
  return [
    ...grouped(shown.filter((one) => one.from === 0 || one.from === one.inside)),
    ...shown.filter((one) => one.from !== 0 && one.from !== one.inside).map(single),
  ].join(', ');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const host = (ip: string) => (ip.includes(':') ? `[${ip}]` : ip);

function single(one: Shown): string {
  return `${host(one.ip)}:${one.from}->${one.inside}/${one.protocol}`;
}

/** Ports that are the same inside and outside (or not published) make ranges. */
function grouped(list: readonly Shown[]): string[] {
  const groups: { first: Shown; last: number }[] = [];
  for (const one of list) {
    const open = groups.find(
      (group) =>
        group.first.ip === one.ip &&
        group.first.protocol === one.protocol &&
        Boolean(group.first.from) === Boolean(one.from) &&
        group.last + 1 === one.inside,
    );
    if (open) open.last = one.inside;
    else groups.push({ first: one, last: one.inside });
  }
  return groups.map(({ first, last }) => {
    const range = first.inside === last ? String(first.inside) : `${first.inside}-${last}`;
    return first.from ? `${host(first.ip)}:${range}->${range}/${first.protocol}` : `${range}/${first.protocol}`;
  });
}
