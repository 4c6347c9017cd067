import { FsError } from '../../fs';
import { type Command, out } from '../invocation';
import { readAll } from '../read-all';
import { CommandError } from '../usage-error';
import { resolvePath } from './build';

/** `docker load`: the images of an archive, from a file or stdin. */
export const load: Command = async (call) => {
  const { process, flags, engine } = call;
  const input = flags.maybe('input');
  if (!input && process.stdin.kind === 'terminal')
    throw new CommandError('requested load from stdin, but stdin is empty');
  const archive = input ? readFile(call, input) : await readAll(process);
  if (archive.length < 512) throw new CommandError('unexpected EOF');
  for (const { image, tags, moved } of engine.load(archive)) {
    for (const { tag, from } of moved)
      await out(call, `The image ${tag} already exists, renaming the old one with ID ${from} to empty string\n`);
    for (const tag of tags) await out(call, `Loaded image: ${tag}\n`);
    if (!tags.length) await out(call, `Loaded image ID: ${image.id}\n`);
  }
  return 0;
};

function readFile({ process }: Parameters<Command>[0], path: string): Uint8Array {
  try {
    return process.fs.readFile(resolvePath(process.cwd, path));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw new CommandError(
      `open ${path}: ${error.errno === 'EACCES' ? 'permission denied' : 'no such file or directory'}`,
    );
  }
}
