import { Failure } from '../errors';

/** Lines of the Dockerfile, counted from 1, both ends included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/**
 * A Dockerfile that cannot be built, with the place.
 *
 * `message` is the sentence BuildKit ends the build with; `reason` is the same without the leading "dockerfile parse error
 * on line N: ", for an editor that shows the line anyway. Without a range the whole file is meant.
 */
export class DockerfileError extends Failure {
  constructor(
    readonly reason: string,
    readonly range?: LineRange,
    prefix = '',
    readonly suggestion?: string,
    /** Where it is, also when BuildKit does not say: for the editor. */
    readonly place = range,
  ) {
    super('invalid', prefix + reason, { line: range?.start, endLine: range?.end, suggestion });
  }
}

/** An instruction whose words do not fit it: BuildKit names the line in the sentence. */
export function instructionError(range: LineRange, reason: string, suggestion?: string): DockerfileError {
  return new DockerfileError(reason, range, `dockerfile parse error on line ${range.start}: `, suggestion);
}
