import { Failure } from '../../errors';
import { type Command, daemonSentence, err, forEach, out } from '../invocation';

export const rm: Command = async (call) => {
  const { flags } = call;
  if (flags.on('link')) throw new Failure('unsupported', 'docker rm --link is not supported by Dockerland.');
  const options = { force: flags.on('force'), volumes: flags.on('volumes') };
  return forEach(call, call.args, async (given) => {
    const name = given.replace(/^\//, '');
    if (name === '') throw new Failure('invalid', 'Container name cannot be empty');
    try {
      await call.engine.remove(name, options);
    } catch (error) {
      // With --force a container that is not there is told of, and no failure.
      if (!(options.force && error instanceof Failure && error.code === 'not-found')) throw error;
      await err(call, `${daemonSentence(error)}\n`);
      return;
    }
    await out(call, `${name}\n`);
  });
};
