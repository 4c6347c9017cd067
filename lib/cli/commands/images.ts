import { Failure } from '../../errors';
import { filtersFrom } from '../filters';
import { imageNames, imageRow, imageTable } from '../format/images';
import { printTable } from '../format/table';
import { type Command, out } from '../invocation';

/** `docker images [NAME[:TAG]]`. */
export const images: Command = async (call) => {
  const { engine, flags, args } = call;
  if (flags.on('tree')) throw new Failure('unsupported', 'docker images --tree is not supported by Dockerland.');
  const filters = { ...filtersFrom(flags), ...(args[0] ? { reference: [args[0]] } : {}) };
  const found = engine.listImages({ all: flags.on('all'), filters });
  const now = engine.clock.now();
  const truncate = !flags.on('no-trunc');
  const format = flags.text('format');
  const digests = flags.on('digests') || /\.Digest/.test(format);
  const rows = found.flatMap((image) => imageNames(image, digests).map((name) => imageRow(image, name, now, truncate)));
  if (flags.on('quiet') && !format) {
    for (const row of rows) await out(call, `${(row.ID as () => string)()}\n`);
    return 0;
  }
  const columns = flags.on('digests')
    ? ['Repository', 'Tag', 'Digest', 'ID', 'CreatedSince', 'Size']
    : imageTable.columns;
  await out(call, printTable({ ...imageTable, columns }, format, rows));
  return 0;
};
