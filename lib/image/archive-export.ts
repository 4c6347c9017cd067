import type { Digest } from '../content';
import { Failure } from '../errors';
import { padded, tarEnd, tarHeader } from '../layer';
import { type ArchiveForm, archiveFiles, fileHeader, foldersOf, type Saved } from './archive-write';

/** Gives a blob in pieces; undefined when it is not there. */
export type BlobSource = (digest: Digest) => AsyncIterable<Uint8Array> | Iterable<Uint8Array> | undefined;

/** The archive that `saveArchive` makes, byte for byte, in pieces: no blob is held. */
export async function* exportArchive(
  blobs: BlobSource,
  saved: readonly Saved[],
  form: ArchiveForm = 'docker',
): AsyncGenerator<Uint8Array> {
  const files = archiveFiles(saved, form);
  const sizes = sizesOf(saved);
  for (const folder of foldersOf(files)) yield tarHeader(fileHeader(folder, 0));
  for (const { path, bytes } of files) {
    const size = typeof bytes === 'string' ? sizes.get(bytes)! : bytes.length;
    yield tarHeader(fileHeader(path, size));
    if (typeof bytes === 'string') yield* whole(blobs(bytes), bytes, size);
    else yield bytes;
    if (padded(size) > size) yield new Uint8Array(padded(size) - size);
  }
  yield tarEnd;
}

/** A blob of another length than its descriptor says would spoil the archive after it. */
async function* whole(source: ReturnType<BlobSource>, digest: Digest, size: number): AsyncGenerator<Uint8Array> {
  if (!source) throw new Failure('not-found', `blob ${digest} is not in the content store`);
  let length = 0;
  for await (const part of source) {
    length += part.length;
    yield part;
  }
  if (length !== size) throw new Failure('corrupt', `blob ${digest} has ${length} bytes, not ${size}`);
}

function sizesOf(saved: readonly Saved[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { image } of saved) {
    const { config, layers } = image.manifest;
    for (const { digest, size } of [config, ...layers]) sizes.set(digest, size);
    sizes.set(image.manifestDigest, image.manifestSize);
  }
  return sizes;
}
