import { applyChanges } from '../dockerfile-change';
import { type Command, out } from '../invocation';
import { checkReference } from '../reference';

/** `docker commit`. */
export const commit: Command = async (call) => {
  const { engine, flags, args } = call;
  const [name = '', reference] = args;
  if (reference) checkReference(reference);
  const record = engine.container(name);
  const running = record.state.state === 'running' && flags.on('pause');
  if (running) engine.pause(record.id);
  try {
    const id = engine.commit(record.id, {
      reference,
      message: flags.maybe('message'),
      author: flags.maybe('author'),
      change: (config) => applyChanges(config, flags.list('change')),
    });
    await out(call, `${id}\n`);
    return 0;
  } finally {
    if (running) engine.unpause(record.id);
  }
};
