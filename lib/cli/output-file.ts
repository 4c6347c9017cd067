import { type Errno, errnoText, FsError } from '../fs';
import { writeFile } from '../process';
import { resolvePath } from './commands/build';
import type { Invocation } from './invocation';
import { CommandError } from './usage-error';

/** What a write runs into, not an opening. */
const full = new Set<Errno>(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Bytes to `-o FILE`, or to stdout, which must not be a terminal. */
export async function writeOutput(call: Invocation, bytes: () => Uint8Array): Promise<void> {
  const { process, flags } = call;
  const path = flags.maybe('output');
  if (!path) {
    if (process.stdout.kind === 'terminal')
      throw new CommandError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
    await process.stdout.write(process, bytes());
    return;
  }
  const target = resolvePath(process.cwd, path);
  const folder = target.slice(0, target.lastIndexOf('/')) || '/';
  const failed =
    call.command.paths[0] === 'container export' ? 'failed to export container: ' : 'failed to save image: ';
  if (!process.fs.exists(folder))
    throw new CommandError(`${failed}invalid output path: stat ${folder}: no such file or directory`);
  const content = bytes();
  try {
    await writeFile(process, target, content, 0o600);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw new CommandError(
      `${failed}${full.has(error.errno) ? 'write' : 'open'} ${target}: ${errnoText[error.errno].toLowerCase()}`,
    );
  }
}
