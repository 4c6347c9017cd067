import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseDigest } from '../../lib/content';
import { Failure, refused } from '../../lib/errors';
import { exportArchive, parseImageName } from '../../lib/image';
import { storedImage } from './archived-image';
import { checkedRead } from './checked-read';
import type { Parcel } from './links';
import { visit } from './visitor';
import { mayPack, type Work } from './work';

/** Sends a parcel, as fast as it is taken. One who goes away in the middle ends it. */
export async function send(parcel: Parcel, response: ServerResponse, work: Work): Promise<void> {
  const bytes = parcel.kind === 'image' ? await imageBytes(parcel, work) : await fileBytes(parcel, work);
  response.writeHead(200, {
    'Content-Type': 'application/x-tar',
    'Content-Disposition': `attachment; filename="${parcel.file}"`,
  });
  await piped(bytes, response);
}

/** `GET archive/blob?digest=…`: what `content:get` answers, for blobs that are too long for the socket. */
export async function sendBlob(
  request: IncomingMessage,
  response: ServerResponse,
  code: string,
  work: Work,
): Promise<void> {
  const { standing, person } = await visit(request, code, 'content:get', work);
  const digest = parseDigest(new URL(request.url!, 'http://here').searchParams.get('digest') ?? '');
  await work.contents.check(standing, person, digest);
  const size = await work.blobs.size(digest);
  if (size === undefined) throw refused('content.none', { digest });
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': size,
    // Under its digest it never changes; this browser alone may keep it.
    'Cache-Control': 'private, max-age=31536000, immutable',
  });
  await piped(checkedRead(work.blobs, digest), response);
}

/** A reader who goes away in the middle is no failure. */
async function piped(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, response: ServerResponse): Promise<void> {
  await pipeline(Readable.from(bytes, { objectMode: false }), response).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
  });
}

async function imageBytes(
  { imageId, form, reference }: Extract<Parcel, { kind: 'image' }>,
  { blobs }: Work,
): Promise<AsyncIterable<Uint8Array>> {
  const image = await storedImage(imageId, blobs);
  const references = reference === undefined ? [] : [parseImageName(reference)];
  return exportArchive((digest) => checkedRead(blobs, digest), [{ image, references }], form);
}

/** The one thing that is made in memory: the tree of a container's files, flattened by the thread that has it. */
async function fileBytes(
  { machine, container }: Extract<Parcel, { kind: 'files' }>,
  work: Work,
): Promise<Iterable<Uint8Array>> {
  mayPack(work, machine);
  const packed = await work.machines.pack(machine, container, 'export');
  if (!packed.ok) throw new Failure(packed.code, packed.message, packed.detail);
  if (packed.how !== 'export') throw new Failure('internal', 'an export was asked for and none was made');
  return [packed.tar];
}
