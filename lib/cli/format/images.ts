import { humanDuration, type ImageSummary, nameParts, parseTime } from '../../engine';
import { humanSize } from '../size';
import type { Row, TableKind } from './table';
import { wallTime } from './time';
import { shortId } from './truncate';

/** `docker images`. */
export const imageTable: TableKind = {
  headings: {
    ID: 'IMAGE ID',
    Repository: 'REPOSITORY',
    Tag: 'TAG',
    Digest: 'DIGEST',
    CreatedSince: 'CREATED',
    CreatedAt: 'CREATED AT',
    Size: 'SIZE',
    Containers: 'CONTAINERS',
    VirtualSize: 'SIZE',
    SharedSize: 'SHARED SIZE',
    UniqueSize: 'UNIQUE SIZE',
  },
  columns: ['Repository', 'Tag', 'ID', 'CreatedSince', 'Size'],
  type: '*formatter.imageContext',
  json: [
    'Containers',
    'CreatedAt',
    'CreatedSince',
    'Digest',
    'ID',
    'Repository',
    'SharedSize',
    'Size',
    'Tag',
    'UniqueSize',
    'VirtualSize',
  ],
};

export interface ImageName {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** The rows of one image: one for each tag (and digest, when digests are shown), or one of `<none>`. */
export function imageNames({ tags, digests }: ImageSummary, withDigests: boolean): ImageName[] {
  const names: ImageName[] = [];
  const digestOf = new Map(digests.map((name) => [nameParts(name).repository, nameParts(name).digest!]));
  for (const name of tags) {
    const { repository, tag } = nameParts(name);
    names.push({ repository, tag: tag!, digest: withDigests ? (digestOf.get(repository) ?? '<none>') : '<none>' });
  }
  if (!names.length)
    for (const [repository, digest] of digestOf)
      names.push({ repository, tag: '<none>', digest: withDigests ? digest : '<none>' });
  return names.length ? names : [{ repository: '<none>', tag: '<none>', digest: '<none>' }];
}

export function imageRow({ record }: ImageSummary, name: ImageName, now: bigint, truncate: boolean): Row {
  const created = parseTime(record.created) ?? 0n;
  return {
    ID: () => (truncate ? shortId(record.id) : record.id),
    Repository: () => name.repository,
    Tag: () => name.tag,
    Digest: () => name.digest,
    CreatedSince: () => (record.created ? `${humanDuration(now - created)} ago` : 'N/A'),
    CreatedAt: () => wallTime(record.created || '0001-01-01T00:00:00Z'),
    Size: () => humanSize(record.size, 3),
    Containers: () => 'N/A',
    VirtualSize: () => humanSize(record.size, 4),
    SharedSize: () => 'N/A',
    UniqueSize: () => 'N/A',
  };
}
