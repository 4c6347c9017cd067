import { type Command, forEach, out } from '../invocation';

export const restart: Command = (call) => {
  const { flags } = call;
  const given = flags.maybe('timeout') ?? flags.maybe('time');
  const options = { timeout: given === undefined ? undefined : Number(given), signal: flags.maybe('signal') };
  return forEach(call, call.args, async (name) => {
    await call.engine.restart(name, options);
    await out(call, `${name}\n`);
  });
};
