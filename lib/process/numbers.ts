/** The numbers of open files: each new one takes the lowest that is free, below the limit of its process (`ulimit -n`). */
import { FsError } from '../fs';
import type { Process } from './process';

/** EMFILE when there are not so many more. */
export function claimNumbers(process: Process, count = 1, path?: string): void {
  const limit = process.limits.openFiles.soft;
  let free = 0;
  for (let number = 0; number < limit && free < count; number++) if (!process.descriptors.has(number)) free++;
  if (free < count) throw new FsError('EMFILE', path);
}

export function lowestFree(process: Process): number {
  let number = 0;
  while (process.descriptors.has(number)) number++;
  return number;
}
