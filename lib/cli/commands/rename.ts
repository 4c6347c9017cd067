import { Failure } from '../../errors';
import { type Command, daemonSentence } from '../invocation';
import { CommandError } from '../usage-error';

export const rename: Command = async ({ engine, args: [before = '', after = ''] }) => {
  if (!before.trim() || !after.trim()) throw new CommandError('Error: Neither old nor new names may be empty');
  try {
    engine.rename(before, after);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new CommandError(`${daemonSentence(error)}\nError: failed to rename container named ${before}`);
  }
};
