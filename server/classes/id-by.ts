import { createHash } from 'node:crypto';

/**
 * The id of what a request makes, by the request's key and who asks (or where): the same request again makes the same thing, on
 * every node and after a restart, without anything kept. 96 bits, so that nobody finds a key to somebody else's seat.
 */
export function idBy(key: string, of: string): string {
  return createHash('sha256').update(`${of}\n${key}`).digest('hex').slice(0, 24);
}
