import { type Command, forEach, out } from '../invocation';

export const unpause: Command = (call) =>
  forEach(call, call.args, async (name) => {
    call.engine.unpause(name);
    await out(call, `${name}\n`);
  });
