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

/** One row: a method for each column, so that a column that nobody names costs nothing. */
class ContainerRow {
  constructor(
    readonly summary: ContainerSummary,
    readonly now: bigint,
    readonly truncated: boolean,
  ) {}

  ID(): string {
    return this.truncated ? shortId(this.summary.record.id) : this.summary.record.id;
  }
  Names(): string {
    return this.summary.record.name;
  }
  Image(): string {
    return this.summary.image;
  }
  Command(): string {
    const text = commandText(this.summary.record);
    return quote(this.truncated ? ellipsis(text, 20) : text);
  }
  CreatedAt(): string {
    return wallTime(this.summary.record.created);
  }
  RunningFor(): string {
    return `${humanDuration(this.now - (parseTime(this.summary.record.created) ?? this.now))} ago`;
  }
  Ports(): string {
    return portsText(this.summary.record);
  }
  State(): string {
    return this.summary.record.state.state;
  }
  Status(): string {
    return this.summary.status;
  }
  Size(): string {
    return sizeText(this.summary);
  }
  Labels(): string {
    const { Labels } = this.summary.record.config;
    return Object.keys(Labels)
      .sort()
      .map((key) => `${key}=${Labels[key]}`)
      .join(',');
  }
  Label(name: unknown): string {
    return this.summary.record.config.Labels[String(name)] ?? '';
  }
  Mounts(): string {
    const names = this.summary.record.mounts.map((mount) => mount.Name ?? mount.Source);
    return names.map((name) => (this.truncated ? ellipsis(name, 15) : name)).join(',');
  }
  LocalVolumes(): string {
    return String(this.summary.record.mounts.filter((mount) => mount.Driver === 'local').length);
  }
  Networks(): string {
    return Object.keys(this.summary.record.networks).sort().join(',');
  }
  Platform(): null {
    return null;
  }
}

export function containerRow(summary: ContainerSummary, now: bigint, truncate: boolean): Row {
  return new ContainerRow(summary, now, truncate) as unknown as Row;
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
