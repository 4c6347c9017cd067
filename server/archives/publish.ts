import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Digest } from '../../lib/content';
import { canonicalName, defaultTag } from '../../lib/engine';
import { type Failure, refused } from '../../lib/errors';
import { publishArchiveRequest } from '../../lib/protocol';
import { machineOf } from '../classes';
import { settled } from '../gateway';
import { answerJson, readJson } from './answer';
import { archivedImage, storedImage } from './archived-image';
import { visitor } from './visitor';
import type { Work } from './work';

/** `POST archive/publish`: an image that came in goes into the host's engine under a name, and from there to the class. */
export async function publishArchive(
  request: IncomingMessage,
  response: ServerResponse,
  code: string,
  work: Work,
): Promise<void> {
  const { id } = await visitor(request, code, 'image:publish', work);
  const asked = publishArchiveRequest.safeParse(await readJson(request));
  if (!asked.success) throw refused('request.malformed');
  const { imageId } = asked.data;
  const reference = defaultTag(asked.data.reference);
  if (!canonicalName(reference) || reference.includes('@'))
    throw refused('image.name', { reference, field: 'reference' });
  const { references: _, ...image } = await archivedImage(
    { image: await storedImage(imageId as Digest, work.blobs), references: [] },
    work.blobs,
  );
  const size = image.layers.reduce((sum, layer) => sum + layer.size, 0);
  if (size > work.mostImageBytes) throw tooLarge(size, work.mostImageBytes);
  await work.classes.ready(id, 'host');
  const command = { type: 'image:load', image: { ...image, reference } as never } as const;
  settled(await work.machines.run(machineOf(id, 'host'), command));
  answerJson(response, { image: await work.classes.publish(id, reference) });
}

function tooLarge(size: number, most: number): Failure {
  return refused('image.large', { megabytes: Math.ceil(size / 2 ** 20), most: most / 2 ** 20, size });
}
