import type { IncomingMessage } from 'node:http';
import { Failure, refused } from '../../lib/errors';
import { type Taken, type TakeRequest, takeRequest } from '../../lib/protocol';
import { machineOf } from '../classes';
import { type Standing, seatMeant } from '../gateway';
import { readJson } from './answer';
import { storedImage } from './archived-image';
import type { Parcel } from './links';
import { visitor } from './visitor';
import { mayPack, type Work } from './work';

/** `POST archive/link`: a link to what was asked for, and what it must turn out to be at home. */
export async function take(request: IncomingMessage, code: string, work: Work): Promise<Taken> {
  const parcel = await parcelOf(request, code, await readJson(request), work);
  const { file } = parcel;
  const href = `/api/class/${code}/archive?link=${work.links.make(code, parcel)}`;
  if (parcel.kind === 'files') return { href, file };
  const { imageId, manifestDigest, reference } = parcel;
  return { href, file, imageId, manifestDigest, ...(reference !== undefined && { reference }) };
}

/** `GET archive`: what a link leads to, or with a right of one's own what the query says. */
export async function wanted(request: IncomingMessage, code: string, work: Work): Promise<Parcel> {
  const { link, ...asked } = Object.fromEntries(new URL(request.url!, 'http://here').searchParams);
  if (link === undefined) return parcelOf(request, code, asked, work);
  const parcel = work.links.read(code, link);
  if (!parcel) throw refused('take.ended');
  return parcel;
}

async function parcelOf(request: IncomingMessage, code: string, body: unknown, work: Work): Promise<Parcel> {
  const asked = takeRequest.safeParse(body);
  // Who may ask nothing is told that first.
  const standing = await visitor(request, code, 'class:watch', work);
  if (!asked.success) throw refused('request.malformed');
  return 'imageId' in asked.data
    ? imageParcel(standing, asked.data)
    : containerParcel(await visitor(request, code, 'machine:watch', work), asked.data, work);
}

function imageParcel({ state }: Standing, { imageId, form }: Extract<TakeRequest, { imageId: string }>): Parcel {
  const image = state.images.find((one) => one.imageId === imageId);
  if (!image) throw refused('image.unpublished', { imageId });
  const { reference, manifestDigest } = image;
  return { kind: 'image', imageId: image.imageId, manifestDigest, form, reference, file: fileName(reference, form) };
}

async function containerParcel(
  standing: Standing,
  { container, seat, form }: Extract<TakeRequest, { container: string }>,
  work: Work,
): Promise<Parcel> {
  const whose = seatMeant(standing, seat ?? standing.seat);
  const machine = machineOf(standing.id, whose);
  await work.classes.ready(standing.id, whose);
  mayPack(work, `${standing.id}.${standing.seat}`);
  if (form === 'rootfs') return { kind: 'files', machine, container, file: fileName(container.slice(0, 12), 'rootfs') };
  const packed = await work.machines.pack(machine, container, 'commit');
  if (!packed.ok) throw new Failure(packed.code, packed.message, packed.detail);
  if (packed.how !== 'commit') throw new Failure('internal', 'a commit was asked for and none was made');
  const { imageId, name } = packed;
  const { manifestDigest } = await storedImage(imageId, work.blobs);
  return { kind: 'image', imageId, manifestDigest, form, file: fileName(name, form) };
}

/** `motd:1.0` → `motd-1.0.tar`; nothing in it that a shell or a disk minds. */
function fileName(name: string, form: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+/, '');
  return `${plain || 'image'}${form === 'docker' ? '' : `-${form}`}.tar`;
}
