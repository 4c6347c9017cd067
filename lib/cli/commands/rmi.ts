import { Failure } from '../../errors';
import { type Command, daemonSentence, err, forEach, out } from '../invocation';

export const rmi: Command = async (call) => {
  const { flags } = call;
  const options = { force: flags.on('force'), noPrune: flags.on('no-prune') };
  return forEach(call, call.args, async (name) => {
    try {
      for (const row of call.engine.removeImage(name, options)) {
        await out(call, 'untagged' in row ? `Untagged: ${row.untagged}\n` : `Deleted: ${row.deleted}\n`);
      }
    } catch (error) {
      if (!(options.force && error instanceof Failure && error.code === 'not-found')) throw error;
      await err(call, `${daemonSentence(error)}\n`);
    }
  });
};
