import { type Command, forEach, out } from '../invocation';

export const pause: Command = (call) =>
  forEach(call, call.args, async (name) => {
    call.engine.pause(name);
    await out(call, `${name}\n`);
  });
