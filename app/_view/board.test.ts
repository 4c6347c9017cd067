import { describe, expect, it } from 'vitest';
import { columnsOf, drawnOf, emptyTable, followedBy, tableAfter } from './board';
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

  it('keeps a column for as long as nothing of it changes', () => {
    expect(columnsOf(seats, image).on[0]).toBe(on[0]);
    const renamed = seats.map((one) => ({ ...one, name: one.name === 'Bo' ? 'Bob' : one.name }));
    const again = columnsOf(renamed, image).on;
    expect(again[0]).toBe(on[0]);
    expect(again[1]?.label).toBe('Bob · web');
  });

  it('has a row for each path that somebody changed, most touched first, without folders on the way', () => {
    const { rows } = tableAfter(emptyTable, on);
    expect(rows.map(({ path, cells, inImage }) => [path, cells.size, inImage])).toEqual([
      ['/etc/motd', 3, 1],
      ['/a', 1, undefined],
    ]);
    expect(on.map(({ id }) => rows[1]?.cells.get(id)?.kind)).toEqual(['added', undefined, undefined]);
  });

  it('draws containers one by one, and many by groups of equal sheets, the most first', () => {
    const table = tableAfter(emptyTable, on);
    expect(drawnOf(table).map(({ column, columns }) => [column.id, columns.length])).toEqual([
      ['1', 1],
      ['2', 1],
      ['3', 1],
    ]);
    expect(drawnOf(table, 2).map(({ column, columns }) => [column.state, columns.length])).toEqual([
      ['y', 2],
      ['x', 1],
    ]);
  });

  it('does not change places for one more or less', () => {
    const group = (state: string, count: number) =>
      Array.from({ length: count }, (_, i) => ({ ...on[0]!, id: `${state}${i}`, state }));
    const order = (...all: readonly (typeof on)[]) =>
      drawnOf(tableAfter(emptyTable, all.flat()), 1).map(({ place, columns }) => `${place} ${columns.length}`);
    expect(order(group('b', 6), group('a', 7), group('c', 20), group('d', 1))).toEqual(['c 20', 'a 7', 'b 6', 'd0 1']);
    expect(order(group('b', 7), group('a', 6), group('c', 20), group('d', 1))).toEqual(['c 20', 'a 6', 'b 7', 'd0 1']);
  });

  it('orders columns by what they say of one path', () => {
    const table = tableAfter(emptyTable, on);
    const order = (path: string) =>
      followedBy(drawnOf(table), table.rows.find((row) => row.path === path)!).map(({ column }) => column.id);
    expect(order('/a')).toEqual(['1', '2', '3']);
    expect(order('/etc/motd')).toEqual(['1', '2', '3']);
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
