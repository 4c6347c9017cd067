import { type Command, forEach, out } from '../invocation';

export const kill: Command = (call) =>
  forEach(call, call.args, async (name) => {
    await call.engine.kill(name, call.flags.maybe('signal'));
    await out(call, `${name}\n`);
  });
