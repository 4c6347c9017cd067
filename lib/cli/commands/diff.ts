import { changeLine } from '../../layer';
import { type Command, out } from '../invocation';
import { CommandError } from '../usage-error';

export const diff: Command = async (call) => {
  const [name = ''] = call.args;
  if (name === '') throw new CommandError('Container name cannot be empty');
  for (const change of call.engine.diff(name)) await out(call, `${changeLine(change)}\n`);
  return 0;
};
