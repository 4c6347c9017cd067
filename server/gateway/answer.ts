import { permit } from '../../lib/classroom';
import { refused } from '../../lib/errors';
import { type Answer, type RequestType, requests } from '../../lib/protocol';
import { type Asking, classAnswers, ownAnswers } from './answers';
import { notYours, type Person, standingIn } from './person';
import type { SocketLimits } from './rate-limit';
import { refusal } from './refusal';

/** The way of every request: limit → shape → right → custody → answer. Never rejects. */
export async function answer(
  type: string,
  body: unknown,
  asking: Asking,
  limits: SocketLimits,
): Promise<Answer<RequestType>> {
  try {
    limits.pass(type, typing(body));
    const who = nameOf(asking.person);
    if (who !== undefined) asking.people.pass(who, type, typing(body));
    const parsed = parse(type, body);
    return { ok: true, ...(await custody(type as RequestType, parsed, asking)) } as Answer<RequestType>;
  } catch (error) {
    return refusal(error, Object.hasOwn(requests, type) ? type : 'an unknown request');
  }
}

interface Parsed {
  readonly code?: string;
  readonly key?: string;
}

function parse(type: string, body: unknown): Parsed {
  if (!Object.hasOwn(requests, type)) throw refused('request.unknown');
  const parsed = requests[type as RequestType].safeParse(body);
  if (parsed.success) return parsed.data as Parsed;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') || undefined;
  throw field ? refused('request.field', { field }) : refused('request.malformed');
}

type AnyAnswer = (body: unknown, asking: Asking, standing?: unknown) => Promise<object>;

async function custody(type: RequestType, body: Parsed, asking: Asking): Promise<object> {
  const { host } = asking.person;
  if (type in ownAnswers) {
    if (!permit(host ? 'host' : 'stranger', type)) throw notYours();
    const ask = () => (ownAnswers[type as keyof typeof ownAnswers] as AnyAnswer)(body, asking);
    return once(asking, host?.id, type, body, ask);
  }
  const standing = await standingIn(asking.classes, asking.person, body.code!, type);
  const ask = () => (classAnswers[type as keyof typeof classAnswers] as AnyAnswer)(body, asking, standing);
  return once(asking, standing.role === 'host' ? host!.id : standing.seat, `${standing.id} ${type}`, body, ask);
}

/** Who has no name here asks with nothing but a key; what that makes is found by the key itself (`seat:take`). */
function once(
  { answered }: Asking,
  who: string | undefined,
  what: string,
  { key }: Parsed,
  ask: () => Promise<object>,
) {
  return who === undefined || key === undefined ? ask() : answered.once(who, `${what} ${key}`, ask);
}

/** Who holds all these sockets; undefined: nobody is known. */
function nameOf({ host, seats }: Person): string | undefined {
  const [seat] = seats;
  return host ? `host ${host.id}` : seat && `seat ${seat.join('.')}`;
}

function typing(body: unknown): number {
  const data = (body as { data?: unknown } | null)?.data;
  return typeof data === 'string' ? data.length : 0;
}
