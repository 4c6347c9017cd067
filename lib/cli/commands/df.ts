import type { UsageRow } from '../../engine';
import { Failure } from '../../errors';
import { printTable, type TableKind } from '../format/table';
import { type Command, out } from '../invocation';
import { humanSize } from '../size';
import { CommandError } from '../usage-error';

const table: TableKind = {
  headings: { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' },
  columns: ['Type', 'TotalCount', 'Active', 'Size', 'Reclaimable'],
  type: '*formatter.diskUsageImagesContext',
  json: ['Active', 'Reclaimable', 'Size', 'TotalCount', 'Type'],
};

/** `docker system df`. */
export const df: Command = async (call) => {
  const { engine, flags } = call;
  const format = flags.text('format');
  if (flags.on('verbose')) {
    if (format) throw new CommandError('the verbose and the format options conflict');
    throw new Failure('unsupported', 'docker system df -v is not supported by Dockerland.');
  }
  await out(call, printTable(table, format, engine.diskUsage().map(row)));
  return 0;
};

function row({ type, total, active, size, reclaimable }: UsageRow) {
  const share = size > 0 && type !== 'Build Cache' ? ` (${Math.floor((reclaimable * 100) / size)}%)` : '';
  return {
    Type: () => type,
    TotalCount: () => String(total),
    Active: () => String(active),
    Size: () => humanSize(size),
    Reclaimable: () => humanSize(reclaimable) + share,
  };
}
