import { createHash } from 'node:crypto';
import type { Digest } from '../../lib/content';
import { Failure } from '../../lib/errors';
import type { Store } from '../store';

/** Pieces of a blob that are hashed as they pass. Bytes that are not what they should be end the archive before its end. */
export async function* checkedRead(blobs: Pick<Store['blobs'], 'read'>, digest: Digest): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const part of blobs.read(digest)) {
    hash.update(part);
    yield part;
  }
  if (`sha256:${hash.digest('hex')}` !== digest)
    throw new Failure('corrupt', `the stored bytes of ${digest} have another digest`);
}
