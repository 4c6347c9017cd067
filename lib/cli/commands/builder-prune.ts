import { tabulate } from '../format/table';
import { type Command, out } from '../invocation';
import { consent } from '../prompt';
import { humanSize } from '../size';

/** `docker builder prune`: forgets the build cache. */
export const builderPrune: Command = async (call) => {
  if (!(await consent(call, 'WARNING! This will remove all dangling build cache. Are you sure you want to continue?')))
    return 0;
  const before = new Map(call.engine.state.buildCache);
  const { removed, reclaimed } = call.engine.pruneCache();
  if (removed.length) {
    const rows = removed.map((id) =>
      [id, 'true', humanSize(before.get(id)?.size ?? 0, 4), 'Less than a second ago'].join('\t'),
    );
    await out(call, tabulate(['ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED', ...rows], 20, 2));
  }
  await out(call, `Total:\t${humanSize(reclaimed)}\n`);
  return 0;
};
