/** Whole files as programs write them: at the pace of the disk and within the limits of the process, unlike `fs.writeFile`. */
import type { OpenFlags } from '../fs';
import { open } from './devices';
import type { Process } from './process';

/** Creates the file (mode 0o666 less umask, unless given) or empties it, then writes all. Errors as for `open` and writes. */
export function writeFile(process: Process, path: string, bytes: Uint8Array, mode?: number): Promise<void> {
  return put(process, path, bytes, { write: true, create: true, truncate: true }, mode);
}

export function appendFile(process: Process, path: string, bytes: Uint8Array): Promise<void> {
  return put(process, path, bytes, { write: true, create: true, append: true });
}

async function put(process: Process, path: string, bytes: Uint8Array, flags: OpenFlags, mode?: number): Promise<void> {
  const descriptor = await open(process, path, flags, mode);
  try {
    await descriptor.write(process, bytes);
  } finally {
    descriptor.close();
  }
}
