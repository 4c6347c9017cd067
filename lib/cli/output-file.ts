import { FsError } from '../fs';
import { resolvePath } from './commands/build';
import type { Invocation } from './invocation';
import { CommandError } from './usage-error';

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
    process.fs.writeFile(target, content, 0o600);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw new CommandError(
      `${failed}open ${target}: ${error.errno === 'EISDIR' ? 'is a directory' : 'permission denied'}`,
    );
  }
}
