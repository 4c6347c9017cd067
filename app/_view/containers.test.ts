import { describe, expect, it } from 'vitest';
import { asDiffId } from '../../lib/layer';
import { evolved, image, layers, machineEvents, people } from '../../tests/support/sheets';
import { containersOf } from './containers';
import { containerSide, imageSide, layersOf } from './sides';

const [ana, bao] = people.map((person) => ({ person, machine: evolved(machineEvents(person)) }));
const lower = layers.lower(image.layers.map(({ digest }) => asDiffId(digest)));

describe('what a replica says of a container', () => {
  const [container] = containersOf(ana!.machine);

  it('has the changes that docker diff prints, with the layer each covers', () => {
    expect(
      container?.changes.map(({ kind, path, covers, onTheWay }) => [kind, path, covers, onTheWay ?? false]),
    ).toEqual([
      ['changed', '/app', 2, true],
      ['added', '/app/notes.txt', undefined, false],
      ['changed', '/etc', 3, true],
      ['changed', '/etc/motd', 3, false],
    ]);
  });

  it('knows what its files hold, and whether two sheets are equal', () => {
    const motd = container?.changes.find(({ path }) => path === '/etc/motd');
    expect(motd).toMatchObject({ is: 'file', size: 'Ana was here\n'.length });
    const again = containersOf(evolved(machineEvents(ana!.person)))[0];
    expect(again?.digest).toBe(container?.digest);
    expect(containersOf(bao!.machine)[0]?.digest).not.toBe(container?.digest);
  });
});

describe('a side of a comparison', () => {
  const side = (which: typeof ana) => {
    const container = containersOf(which!.machine)[0]!;
    const sheet = [...which!.machine.engine.sheets.values()][0]!.sheet;
    return containerSide(
      { id: container.id, label: which!.person.name, colour: 0, container },
      sheet,
      layersOf(container.diffIds, [image]),
    );
  };

  it('reads a file from the sheet, from a layer, or finds it gone', () => {
    const [one, two] = [side(ana), side(bao)];
    expect(new TextDecoder().decode((one.look('/etc/motd') as { bytes: Uint8Array }).bytes)).toBe('Ana was here\n');
    expect(one.look('/etc/motd')).toMatchObject({ from: 'sheet', covers: 3 });
    expect(one.look('/app/index.html')).toMatchObject({ from: 2, kind: 'file' });
    expect(two.look('/etc/passwd')).toEqual({ kind: 'absent', why: 'deleted' });
    expect(two.look('/nowhere')).toEqual({ kind: 'absent', why: 'never' });
  });

  it('shows the image itself, with no changes', () => {
    const side = imageSide(image, 'the image', lower);
    expect(side.changes.size).toBe(0);
    expect(side.look('/etc/motd')).toMatchObject({ from: 3, size: 21 });
    expect(
      layersOf(
        image.layers.map(({ digest }) => digest),
        [image],
      ).map(({ createdBy }) => createdBy)[0],
    ).toBe('FROM busybox');
  });
});
