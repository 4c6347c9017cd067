import { permit } from '../../lib/classroom';
import { Failure } from '../../lib/errors';
import { type Answer, type RequestType, requests } from '../../lib/protocol';
import { type Asking, classAnswers, ownAnswers } from './answers';
import { notYours, standingIn } from './person';
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
    const parsed = parse(type, body);
    return { ok: true, ...(await custody(type as RequestType, parsed, asking)) } as Answer<RequestType>;
  } catch (error) {
    return refusal(error, Object.hasOwn(requests, type) ? type : 'an unknown request');
  }
}

function parse(type: string, body: unknown): { code?: string } {
  if (!Object.hasOwn(requests, type)) throw new Failure('invalid', 'This server does not know this request.');
  const parsed = requests[type as RequestType].safeParse(body);
  if (parsed.success) return parsed.data as { code?: string };
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') || undefined;
  throw new Failure('invalid', field ? `“${field}” is not as it should be.` : 'This request is not as it should be.', {
    field,
  });
}

type AnyAnswer = (body: unknown, asking: Asking, standing?: unknown) => Promise<object>;

async function custody(type: RequestType, body: { code?: string }, asking: Asking): Promise<object> {
  if (type in ownAnswers) {
    if (!permit(asking.person.host ? 'host' : 'stranger', type)) throw notYours();
    return (ownAnswers[type as keyof typeof ownAnswers] as AnyAnswer)(body, asking);
  }
  const standing = await standingIn(asking.classes, asking.person, body.code!, type);
  return (classAnswers[type as keyof typeof classAnswers] as AnyAnswer)(body, asking, standing);
}

function typing(body: unknown): number {
  const data = (body as { data?: unknown } | null)?.data;
  return typeof data === 'string' ? data.length : 0;
}
