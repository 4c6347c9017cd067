import type { Clock } from '../clock';
import { unpack } from '../engine';
import { type FileSystem, mountFileSystem, PlainTree } from '../fs';
import { unpacked } from '../layer';

/** The files of a context that came as a tar (gzipped or not); undefined when the bytes are a Dockerfile. */
export function contextFromTar(bytes: Uint8Array, clock: Clock): FileSystem | undefined {
  const tar = unpacked(bytes, 'the build context');
  const isTar = tar.length >= 512 && new TextDecoder().decode(tar.subarray(257, 262)) === 'ustar';
  if (!isTar) return undefined;
  const fs = mountFileSystem(new PlainTree({ now: () => clock.now() }));
  unpack(fs, '/', tar);
  return fs;
}
