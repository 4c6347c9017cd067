import { describe, expect, it } from 'vitest';
import { columnsOf, groupsOf, matrixOf } from './board';
import { initials, layerTitle, showBytes } from './count';
import { asHex, asText, showMode } from './look';
import type { ChangeView, ContainerView, ImageView, SeatView } from './types';

const image = {
  reference: 'a:1',
  imageId: 'sha256:i',
  manifestDigest: 'sha256:m',
  layers: [],
  settings: [],
} satisfies ImageView;

function container(id: string, digest: string, changes: readonly ChangeView[], imageId = image.imageId): ContainerView {
  return {
    id,
    name: 'web',
    image: 'a:1',
    imageId,
    diffIds: [],
    command: 'sh',
    status: 'running',
    created: '',
    changes,
    digest,
    bytes: 0,
  };
}
const seat = (name: string, ...containers: ContainerView[]): SeatView => ({ seat: name, name, colour: 0, containers });
const motd: ChangeView = { path: '/etc/motd', kind: 'changed', is: 'file', covers: 1 };
const etc: ChangeView = { path: '/etc', kind: 'changed', is: 'directory', onTheWay: true };
const note: ChangeView = { path: '/a', kind: 'added', is: 'file' };

describe('the board', () => {
  const seats = [
    seat('Ana', container('1', 'x', [etc, motd, note])),
    seat('Bo', container('2', 'y', [etc, motd]), container('3', 'y', [etc, motd])),
    seat('Cy', container('4', 'z', [], 'sha256:old')),
  ];
  const { on, elsewhere } = columnsOf(seats, image);

  it('has a column for each container on the image, and tells the others apart', () => {
    expect(on.map(({ label }) => label)).toEqual(['Ana', 'Bo · web', 'Bo · web']);
    expect(elsewhere.map(({ id }) => id)).toEqual(['4']);
  });

  it('has a row for each path that somebody changed, most touched first, without folders on the way', () => {
    const rows = matrixOf(on);
    expect(rows.map(({ path, touched, inImage }) => [path, touched, inImage])).toEqual([
      ['/etc/motd', 3, 1],
      ['/a', 1, undefined],
    ]);
    expect(rows[1]?.cells.map((cell) => cell?.kind)).toEqual(['added', undefined, undefined]);
  });

  it('groups equal sheets, the most first', () => {
    expect(groupsOf(on).map(({ digest, columns }) => [digest, columns.length])).toEqual([
      ['y', 2],
      ['x', 1],
    ]);
  });
});

it('shows names, layers, sizes and bytes as people read them', () => {
  expect(['Ana María Ruiz', 'bo', '李雷', '🙂 x'].map(initials)).toEqual(['AR', 'BO', '李雷', '🙂X']);
  expect(layerTitle('RUN /bin/sh -c mkdir /app # buildkit')).toBe('RUN mkdir /app');
  expect(layerTitle('/bin/sh -c #(nop)  CMD ["sh"]')).toBe('CMD ["sh"]');
  expect([0, 999, 1000, 1_340_000].map(showBytes)).toEqual(['0 B', '999 B', '1 kB', '1.34 MB']);
  expect(showMode(0o755)).toBe('rwxr-xr-x');
  expect(asText(Uint8Array.of(104, 105))).toBe('hi');
  expect(asText(Uint8Array.of(0))).toBeUndefined();
  expect(asHex(Uint8Array.of(104, 0, 105))).toBe('00000000  68 00 69                                         h.i');
});
