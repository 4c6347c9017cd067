import { type Command, forEach, out } from '../invocation';

export const wait: Command = (call) =>
  forEach(call, call.args, async (name) => {
    await out(call, `${await call.engine.wait(name)}\n`);
  });
