import { Failure } from '../errors';
import { parseNormalised } from '../image';
import { CommandError } from './usage-error';

/** Refuses what is not an image's name, with the client's own sentence. */
export function checkReference(
  text: string,
  sentence: (reason: string) => string = (reason) => reason,
  exitCode = 1,
): void {
  try {
    parseNormalised(text);
  } catch (error) {
    if (error instanceof Failure)
      throw new CommandError(sentence(error.message), exitCode, exitCode === 125 ? 'more' : 'none');
    throw error;
  }
}
