import type { Command } from '../invocation';
import { writeOutput } from '../output-file';

export const save: Command = async (call) => {
  await writeOutput(call, () => call.engine.save(call.args));
  return 0;
};
