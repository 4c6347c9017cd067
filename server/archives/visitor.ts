import type { IncomingMessage } from 'node:http';
import type { RequestType } from '../../lib/protocol';
import { type Person, type Standing, standingIn } from '../gateway';
import type { Work } from './work';

/**
 * Who asks, by the session's cookie and by the token of a seat or a view link in `Authorization: Bearer …`, and what they
 * are in this class. Rights are those of the socket's request `type`.
 */
export async function visitor(
  { headers }: IncomingMessage,
  code: string,
  type: RequestType,
  { classes, tokens, signedIn }: Work,
): Promise<Standing> {
  const person: Person = { host: await signedIn(headers), seats: new Map(), views: new Map() };
  const right = tokens.read(/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
  if (right && 'seat' in right) person.seats.set(right.classId, right.seat);
  else if (right?.kind === 'view') person.views.set(right.classId, right.links);
  return standingIn(classes, person, code, type);
}
