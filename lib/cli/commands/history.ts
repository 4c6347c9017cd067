import { humanDuration, parseTime } from '../../engine';
import { printTable, type TableKind } from '../format/table';
import { ellipsis } from '../format/truncate';
import { type Command, out } from '../invocation';
import { humanSize } from '../size';

const table: TableKind = {
  headings: {
    ID: 'IMAGE',
    CreatedSince: 'CREATED',
    CreatedAt: 'CREATED AT',
    CreatedBy: 'CREATED BY',
    Size: 'SIZE',
    Comment: 'COMMENT',
  },
  columns: ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'],
  type: '*image.historyContext',
  json: ['Comment', 'CreatedAt', 'CreatedBy', 'CreatedSince', 'ID', 'Size'],
};

/** `docker history`: how an image came to be, newest step first. */
export const history: Command = async (call) => {
  const { engine, flags, args } = call;
  const human = flags.on('human');
  const truncate = !flags.on('no-trunc');
  const now = engine.clock.now();
  const rows = engine.history(args[0] ?? '');
  const format = flags.text('format');
  if (flags.on('quiet') && !format) {
    for (const row of rows)
      await out(call, `${truncate && row.id.startsWith('sha256:') ? row.id.slice(7, 19) : row.id}\n`);
    return 0;
  }
  const shown = rows.map((row) => ({
    ID: () => (truncate && row.id.startsWith('sha256:') ? row.id.slice(7, 19) : row.id),
    CreatedSince: () => (human ? since(row.created, now) : localTime(row.created)),
    CreatedAt: () => localTime(row.created),
    CreatedBy: () => (truncate ? ellipsis(row.createdBy.replace(/\t/g, ' '), 45) : row.createdBy.replace(/\t/g, ' ')),
    Size: () => (human ? humanSize(row.size, 3) : String(row.size)),
    Comment: () => row.comment,
  }));
  await out(call, printTable(table, format, shown));
  return 0;
};

const since = (time: string, now: bigint) => (time ? `${humanDuration(now - (parseTime(time) ?? now))} ago` : 'N/A');

function localTime(time: string): string {
  return time ? `${time.slice(0, 19)}Z` : '';
}
