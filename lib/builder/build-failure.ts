import { DockerfileError, type LineRange } from '../dockerfile';
import { Failure, type FailureCode } from '../errors';

/** A build that ended without an image. The message is BuildKit's, without what the command puts before it. */
export class BuildFailure extends Failure {
  constructor(
    message: string,
    readonly range?: LineRange,
    code: FailureCode = 'invalid',
    /** What the vertex says, when that is not the message. */
    readonly vertexMessage = message,
    /** Why a program could not even be started, in runc's words. */
    readonly complaint?: string,
  ) {
    super(code, message, { line: range?.start, endLine: range?.end });
  }
}

/** Errors of reading become failures of the build; others are not ours to hide. */
export function asFailure(error: unknown): BuildFailure {
  if (error instanceof BuildFailure) return error;
  if (error instanceof DockerfileError) return new BuildFailure(error.message, error.range);
  throw error;
}
