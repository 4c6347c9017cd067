import { Failure, type FailureCode, failureCodes, refused } from '../../lib/errors';
import type { Outcome } from '../../lib/machine';
import type { Refusal } from '../../lib/protocol';

/** One of the three places where a code becomes words. What is ours to mend is logged, and nobody else reads it. */
export function refusal(error: unknown, doing: string): Refusal {
  if (error instanceof Failure && error.code !== 'internal' && error.code !== 'corrupt')
    return { ok: false, code: error.code, message: error.message, detail: error.detail };
  console.error(`${doing}:`, error);
  const { code, message, detail } = refused('server.wrong');
  return { ok: false, code: error instanceof Failure ? error.code : code, message, detail };
}

/** A machine's outcome, or a Failure. */
export function settled(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (outcome.ok) return outcome;
  const known = (failureCodes as readonly string[]).includes(outcome.code);
  throw new Failure(known ? (outcome.code as FailureCode) : 'internal', outcome.message, outcome.detail);
}
