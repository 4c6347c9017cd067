import { Failure } from '../../errors';
import { FsError } from '../../fs';
import { unpacked } from '../../layer';
import { applyChanges } from '../dockerfile-change';
import { type Command, type Invocation, out } from '../invocation';
import { readAll } from '../read-all';
import { checkReference } from '../reference';
import { CommandError } from '../usage-error';
import { resolvePath } from './build';

/** `docker import`: a tar of files becomes an image of one layer. */
export const importImage: Command = async (call) => {
  const { engine, flags, args } = call;
  const [source = '', reference] = args;
  const archive = await read(call, source);
  if (reference) checkReference(reference);
  const tar = unpacked(archive, 'the archive');
  const id = engine.importImage(tar, '-', {
    reference,
    message: flags.maybe('message'),
    platform: flags.maybe('platform'),
    change: (config) => applyChanges(config, flags.list('change')),
  });
  await out(call, `${id}\n`);
  return 0;
};

async function read(call: Invocation, source: string): Promise<Uint8Array> {
  if (source === '-') return readAll(call.process);
  if (/^https?:\/\//.test(source))
    throw new Failure('unsupported', 'docker import of a URL is not supported by Dockerland.');
  try {
    return call.process.fs.readFile(resolvePath(call.process.cwd, source));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw new CommandError(`open ${source}: no such file or directory`);
  }
}
