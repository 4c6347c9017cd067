/**
 * Failures that a caller may act on, as a closed set of codes.
 *
 * A `Failure` carries a code and the words that go with it. Code decides, words are shown: nobody searches a message. The
 * classes are those of moby's errdefs (one failure, one class). A failing system call is not a Failure but an `FsError`
 * (lib/fs), whose code is its errno.
 */
export const failureCodes = [
  'not-found', // what was named is not there
  'invalid', // the request does not make sense, whatever the state
  'conflict', // it makes sense, but not in the present state
  'forbidden', // understood, and not yours to ask
  'not-modified', // already so (start a started container)
  'unsupported', // Docker can, Dockerland does not; the sentence says so
  'exhausted', // a bound was reached: quota, size, count
  'corrupt', // bytes that are not what they claim to be
  'unavailable', // not now; the same request may succeed later
  'internal', // ours to mend
] as const;

export type FailureCode = (typeof failureCodes)[number];

export class Failure extends Error {
  override readonly name = 'Failure';
  constructor(
    readonly code: FailureCode,
    message: string,
    /** Plain data for the one who turns the code into words (a line number, a name to offer instead). */
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Closes a `switch` over a union: does not compile when a case is missing. */
export function unreachable(value: never): never {
  throw new Failure('internal', `unexpected case ${JSON.stringify(value)}`);
}
