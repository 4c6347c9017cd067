import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** No letter or digit that can be taken for another when read from a terminal. */
const readable = 'abcdefghjkmnpqrstuvwxyz23456789';

/**
 * A secret that the first start makes and the next ones find: a file that only this user can read. `readable` is for people
 * to type (59 bits, in three groups); otherwise 256 bits.
 */
export function keptSecret(file: string, kind: 'readable' | 'random' = 'random'): { text: string; isNew: boolean } {
  const found = read(file);
  if (found) return { text: found, isNew: false };
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const text = kind === 'random' ? randomBytes(32).toString('base64url') : groups();
  try {
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
    return { text, isNew: true };
  } catch (error) {
    // Another process was first.
    const theirs = read(file);
    if (theirs) return { text: theirs, isNew: false };
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function groups(): string {
  const group = () => Array.from({ length: 4 }, () => readable[randomInt(readable.length)]).join('');
  return [group(), group(), group()].join('-');
}
