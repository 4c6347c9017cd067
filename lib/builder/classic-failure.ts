import { Failure } from '../errors';

/** A failure in the classic builder's words. */
export class ClassicFailure extends Failure {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super('invalid', message);
  }
}
