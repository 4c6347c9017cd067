import { FsError } from '../fs';
import type { Invocation } from './invocation';
import { CommandError } from './usage-error';

/** `-e` and `--env-file`: files first, then the flags; a bare name takes the person's own value, or is left out. */
export function envFrom(call: Invocation): string[] {
  const files = call.flags.list('env-file').flatMap((path) => readPairs(call, path));
  return [...files, ...call.flags.list('env')].flatMap((pair) => resolve(call, pair));
}

function resolve(call: Invocation, pair: string): string[] {
  if (pair.includes('=')) return [pair];
  const value = call.process.env[pair];
  return value === undefined ? [] : [`${pair}=${value}`];
}

/** Lines of `NAME=value` or `NAME`; blank ones and comments are skipped. */
export function readPairs(call: Invocation, path: string): string[] {
  const text = readText(call, path);
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((raw) => {
      const line = raw.replace(/\r$/, '').replace(/^\s+/, '');
      if (!line || line.startsWith('#')) return [];
      const name = line.split('=', 1)[0]!;
      if (/\s/.test(name)) throw refusal(call, `invalid env file (${path}): variable '${name}' contains whitespaces`);
      if (!name) throw refusal(call, `invalid env file (${path}): no variable name on line '${line}'`);
      return [line];
    });
}

export function readText(call: Invocation, path: string): string {
  try {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(call.process.fs.readFile(path));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    const reason =
      error.errno === 'EACCES'
        ? 'permission denied'
        : error.errno === 'EISDIR'
          ? 'is a directory'
          : 'no such file or directory';
    throw refusal(call, `open ${path}: ${reason}`);
  }
}

/** `docker run` and `create` name themselves and point to their help; `exec` does not. */
function refusal(call: Invocation, message: string): CommandError {
  if (call.command.paths[0] === 'container exec') return new CommandError(message);
  return new CommandError(`docker: ${message}`, 125, 'more');
}
