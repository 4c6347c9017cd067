import type { Command } from '../invocation';
import { writeOutput } from '../output-file';

export const exportContainer: Command = async (call) => {
  const [name = ''] = call.args;
  await writeOutput(call, () => call.engine.exportContainer(name));
  return 0;
};
