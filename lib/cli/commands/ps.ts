import { filtersFrom } from '../filters';
import { containerRow, containerTable } from '../format/containers';
import { printTable } from '../format/table';
import { type Command, out } from '../invocation';

/** `docker ps`. */
export const ps: Command = async (call) => {
  const { engine, flags } = call;
  const last = flags.on('latest') ? 1 : flags.number('last');
  const format = flags.text('format');
  const rows = engine.list({
    all: flags.on('all'),
    last: last > 0 ? last : undefined,
    size: flags.on('size') || /\.Size/.test(format),
    filters: filtersFrom(flags),
  });
  const now = engine.clock.now();
  if (flags.on('quiet') && !format) {
    for (const { record } of rows) await out(call, `${flags.on('no-trunc') ? record.id : record.id.slice(0, 12)}\n`);
    return 0;
  }
  const kind = flags.on('size') ? { ...containerTable, columns: [...containerTable.columns, 'Size'] } : containerTable;
  await out(
    call,
    printTable(
      kind,
      format,
      rows.map((row) => containerRow(row, now, !flags.on('no-trunc'))),
    ),
  );
  return 0;
};
