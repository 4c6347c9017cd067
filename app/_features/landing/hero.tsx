'use client';
import { useSay } from '../../_i18n/language';
import { ClassStack, type SheetDrawn } from '../../_picture';
import type { ChangeView } from '../../_view';

/** Four layers as a small site's Dockerfile makes them; only drawn here, so the digests are of the four lines themselves. */
const layers = [
  { createdBy: 'FROM busybox', digest: 'sha256:5f1d9c30', size: 0 },
  { createdBy: 'RUN mkdir /app', digest: 'sha256:aa07e2b4', size: 0 },
  { createdBy: 'COPY site /app', digest: 'sha256:1be90f7d', size: 0 },
  { createdBy: 'RUN ./configure', digest: 'sha256:d310c86a', size: 0 },
];

const added = (path: string): ChangeView => ({ path, kind: 'added', is: 'file' });
const changed = (path: string): ChangeView => ({ path, kind: 'changed', is: 'file', covers: 0 });
const deleted = (path: string): ChangeView => ({ path, kind: 'deleted', is: 'file', covers: 0 });

const people: readonly (readonly [string, number, readonly ChangeView[]])[] = [
  ['Ana', 0, [changed('/etc/motd'), added('/app/notes')]],
  ['Bao', 11, [changed('/etc/motd')]],
  ['Chidi', 22, []],
  ['Dolores', 3, [deleted('/etc/motd'), added('/a'), added('/b')]],
  ['Emre', 14, [changed('/etc/motd')]],
  ['Fatou', 25, [added('/app/notes')]],
  ['Goran', 6, [changed('/etc/motd'), deleted('/x')]],
];

/** The idea in one picture. */
export function Hero() {
  const say = useSay();
  const sheets: SheetDrawn[] = people.map(([name, colour, changes]) => ({
    id: name,
    label: name,
    colour,
    changes,
    sentence: name,
  }));
  return <ClassStack layers={layers} sheets={sheets} sentence={say('landing.picture')} width={640} field={250} />;
}
