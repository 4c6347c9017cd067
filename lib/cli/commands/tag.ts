import type { Command } from '../invocation';
import { checkReference } from '../reference';

export const tag: Command = async ({ engine, args: [source = '', target = ''] }) => {
  checkReference(
    target,
    (reason) => `Error parsing reference: ${JSON.stringify(target)} is not a valid repository/tag: ${reason}`,
  );
  checkReference(
    source,
    (reason) => `Error parsing reference: ${JSON.stringify(source)} is not a valid repository/tag: ${reason}`,
  );
  engine.tag(source, target);
  return 0;
};
