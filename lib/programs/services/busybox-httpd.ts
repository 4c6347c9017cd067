/** busybox's httpd: the files of a folder, no CGI. */
import { Complaint, parseOptions } from '../options';
import type { Run } from '../run';
import { decode } from '../text';
import { type Folder, fromFolder, listen, serveUntilSignal } from './folder';
import type { Exchange, HttpService, Reply } from './serve';

const reasons: Readonly<Record<number, readonly [title: string, words: string]>> = {
  400: ['Bad Request', 'Unsupported method'],
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

function error(status: number): Reply {
  const code = status in reasons ? status : 404;
  const [title, words] = reasons[code]!;
  return page(code, title, words);
}

function page(status: number, title: string, words: string): Reply {
  return {
    status,
    headers: [['Content-type', 'text/html']],
    body: `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n<BODY><H1>${status} ${title}</H1>\n${words}\n</BODY></HTML>\n`,
  };
}

const methods = ['GET', 'HEAD', 'POST'];

function answer(run: Run, folder: Folder, exchange: Exchange): Reply {
  const { method, target } = exchange.request;
  if (!methods.includes(method)) return error(400);
  if (target.startsWith('/cgi-bin/')) return page(501, 'Not Implemented', 'CGI programs are not simulated');
  return fromFolder(run, folder, exchange);
}

function service(run: Run, folder: Folder, verbosity: number): HttpService {
  return {
    closes: true,
    answer: (exchange) => answer(run, folder, exchange),
    log: async ({ request, remote, remotePort }, reply) => {
      const who = `[::ffff:${remote}]:${remotePort}`;
      if (verbosity > 1) await run.complain(`${who}: ${request.method} ${request.target}\n`);
      if (verbosity > 0) await run.complain(`${who}: response:${reply.status}\n`);
    },
  };
}

export async function busyboxHttpd(run: Run): Promise<number> {
  const options = parseOptions(run, 'ifvc:p:M:K:u:r:h:m:e:d:', {});
  if (options.has('e')) return run.print(htmlOf(options.value('e')!)).then(() => 0);
  if (options.has('d')) return run.print(decodeUrl(options.value('d')!)).then(() => 0);
  for (const flag of ['i', 'm', 'u', 'r', 'c']) if (options.has(flag)) throw new Complaint(`-${flag} is not simulated`);
  const home = options.value('h') ?? '.';
  const root = rootOf(run, home);
  const port = portOf(options.value('p') ?? '80');
  const folder: Folder = { root, index: ['index.html'], listing: false, moved: 302, error };
  const listener = listen(run, port);
  if (!listener) throw new Complaint('bind: Address already in use');
  const serve = async (server: Run) => {
    await serveUntilSignal(server, listener, service(server, folder, options.all('v').length), port);
    return 143;
  };
  if (options.has('f')) return serve(run);
  run.process.spawn({
    argv: run.process.argv,
    program: (process) => serve(run.of(process)),
    group: true,
  });
  return 0;
}

function rootOf(run: Run, home: string): string {
  try {
    if (run.fs.stat(home).kind !== 'directory')
      throw new Complaint(`can't change directory to '${home}': Not a directory`);
    return run.fs.realpath(home);
  } catch (error) {
    if (error instanceof Complaint) throw error;
    throw new Complaint(`can't change directory to '${home}': ${run.say(error)}`);
  }
}

function portOf(text: string): number {
  const digits = text.slice(text.lastIndexOf(':') + 1);
  const port = Number(digits);
  if (!/^\d+$/.test(digits) || port < 1 || port > 65535) throw new Complaint(`bad port '${digits}'`);
  return port;
}

const htmlOf = (text: string) =>
  [...text].map((one) => (/[A-Za-z0-9]/.test(one) ? one : `&#${one.codePointAt(0)};`)).join('');

function decodeUrl(text: string): string {
  const bytes: number[] = [];
  for (const [piece] of text.matchAll(/%[\da-f]{2}|./gisu))
    if (piece.length === 3 && piece.startsWith('%')) bytes.push(Number.parseInt(piece.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(piece === '+' ? ' ' : piece));
  return decode(Uint8Array.from(bytes));
}
