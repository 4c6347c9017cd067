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
  return (await visit({ headers }, code, type, { classes, tokens, signedIn })).standing;
}

/** As `visitor`, with the person themselves. */
export async function visit(
  { headers }: Pick<IncomingMessage, 'headers'>,
  code: string,
  type: RequestType,
  { classes, tokens, signedIn }: Pick<Work, 'classes' | 'tokens' | 'signedIn'>,
): Promise<{ readonly standing: Standing; readonly person: Person }> {
  const person: Person = { host: await signedIn(headers), seats: new Map() };
  const right = tokens.read(/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
  if (right && 'seat' in right) person.seats.set(right.classId, right.seat);
  else if (right?.kind === 'view') person.views = new Map([[right.classId, right.links]]);
  return { person, standing: await standingIn(classes, person, code, type) };
}
