/** Handing out the files of a folder, and serving until a signal: what the servers of files have in common. */
import { FsError } from '../../fs';
import type { Listener } from '../../process';
import { typeOf } from '../http';
import type { Run } from '../run';
import {
  acceptLoop,
  type Exchange,
  findFile,
  type HttpService,
  httpConnection,
  httpDate,
  type Reply,
  safePath,
} from './serve';

export interface Folder {
  readonly root: string;
  readonly index: readonly string[];
  readonly listing: boolean;
  /** Where a folder's name without its slash leads. Default 301. */
  readonly moved?: number;
  error(status: number, target: string): Reply;
}

export function fromFolder(
  run: Run,
  { root, index, listing, moved = 301, error }: Folder,
  { request }: Exchange,
): Reply {
  if (request.method !== 'GET' && request.method !== 'HEAD') return error(501, request.target);
  const path = `/${safePath(request.target)}`;
  const found = findFile(run, root, path);
  if (found === undefined) return error(404, path);
  if (found === 'forbidden') return error(403, path);
  if (found.kind === 'file') return sendFile(run, found.path);
  if (!path.endsWith('/'))
    return {
      status: moved,
      headers: [
        ['Location', `${path}/`],
        ['Content-Type', 'text/html'],
      ],
      body: '',
    };
  for (const name of index) {
    const page = findFile(run, root, `${path}/${name}`);
    if (page && page !== 'forbidden' && page.kind === 'file') return sendFile(run, page.path);
  }
  return listing ? list(run, found.path, path) : error(403, path);
}

function sendFile(run: Run, path: string): Reply {
  const { mtime } = run.fs.stat(path);
  return {
    status: 200,
    headers: [
      ['Content-Type', typeOf(path) ?? 'application/octet-stream'],
      ['Last-Modified', httpDate(Number(mtime / 1_000_000n))],
    ],
    body: run.fs.readFile(path),
  };
}

function list(run: Run, folder: string, path: string): Reply {
  const html = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const names = run.fs
    .readdir(folder)
    .map(({ name, kind }) => (kind === 'directory' ? `${name}/` : name))
    .sort();
  const rows = names.map((name) => `<li><a href="${encodeURI(name)}">${html(name)}</a></li>\n`).join('');
  const title = `Directory listing for ${html(path)}`;
  return {
    status: 200,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    body: `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${rows}</ul>\n<hr>\n</body>\n</html>\n`,
  };
}

/** Serves until a signal: what to do then is the caller's. */
export async function serveUntilSignal(
  run: Run,
  listener: Listener,
  service: HttpService,
  port: number,
): Promise<'INT' | 'TERM' | 'WINCH'> {
  let got: 'INT' | 'TERM' | 'WINCH' | undefined;
  let wake: (() => void) | undefined;
  for (const signal of ['INT', 'TERM', 'WINCH'] as const)
    run.process.onSignal(signal, () => {
      got ??= signal;
      wake?.();
    });
  void acceptLoop(run, listener, httpConnection(run, service, port)).catch(() => undefined);
  while (!got)
    await run.process.suspend((call) => {
      wake = call;
      return undefined;
    });
  listener.close();
  return got;
}

export function listen(run: Run, port: number): Listener | undefined {
  try {
    return run.process.system.network.listen(port);
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}
