import type { IncomingMessage, ServerResponse } from 'node:http';
import { Failure, refused } from '../../lib/errors';
import { type BlobSink, type Imported, importArchive, importLimits } from '../../lib/image';
import { answerJson } from './answer';
import { archivedImage } from './archived-image';
import { visitor } from './visitor';
import type { Work } from './work';

/** Archives that come in at the same time; each costs the disk and a processor. */
const mostUploads = 2;
/** A sender that says nothing for so long has gone. */
const patience = 60_000;
/** All layers of an archive, unpacked, to what the archive itself may have. */
const mostUnpacked = 4;

/** `POST archive`: an archive as the body. Answers the images in it, which are stored then and published to nobody. */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  code: string,
  work: Work,
): Promise<void> {
  await visitor(request, code, 'image:publish', work);
  const { blobs, uploads, mostArchiveBytes } = work;
  if (Number(request.headers['content-length'] ?? 0) > mostArchiveBytes) throw tooLong(mostArchiveBytes);
  if (uploads.size >= mostUploads) throw refused('archive.busy');
  uploads.add(request);
  request.setTimeout(patience, () => request.destroy());
  try {
    const limits = { ...importLimits, bytes: mostArchiveBytes * mostUnpacked };
    const sink = bounded(blobs.sink(), limits.bytes);
    const imported = await importArchive(body(request, mostArchiveBytes), sink, limits);
    if (imported.length === 0) throw refused('archive.none');
    answerJson(response, { images: await Promise.all(imported.map((one: Imported) => archivedImage(one, blobs))) });
  } catch (error) {
    throw asTheirs(error);
  } finally {
    uploads.delete(request);
    request.setTimeout(0);
  }
}

/** The stream is left open when the reader has had enough, so that an answer can still be sent. */
async function* body(request: IncomingMessage, most: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > most) throw tooLong(most);
    yield part;
  }
}

function tooLong(most: number): Failure {
  return refused('archive.large', { most: most / 2 ** 20 });
}

/** A layer's own bound is the importer's; this is that of all together. */
function bounded(sink: BlobSink, most: number): BlobSink {
  let written = 0;
  return {
    begin(size) {
      const writer = sink.begin(size);
      return {
        write(bytes) {
          written += bytes.length;
          if (written > most) throw refused('archive.unpacked', { most: most / 2 ** 20 });
          return writer.write(bytes);
        },
        end: (digest) => writer.end(digest),
      };
    },
    commit: (digests) => sink.commit(digests),
    abort: () => sink.abort(),
  };
}

/** Here `corrupt` speaks of what somebody sent, not of what we keep. What is wrong in the bytes is said as the reader found it. */
function asTheirs(error: unknown): unknown {
  if (!(error instanceof Failure) || error.code === 'internal') return error;
  const { message, detail } = error.detail.reason ? error : refused('archive.damaged', { why: error.message });
  return new Failure(error.code === 'corrupt' ? 'invalid' : error.code, message, detail);
}
