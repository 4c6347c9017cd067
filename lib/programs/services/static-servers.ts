/** Servers that hand out a folder: Apache's httpd, and python -m http.server. */
import { formatTime } from '../calendar';
import { parseOptions } from '../options';
import type { Run } from '../run';
import { decode } from '../text';
import { fromFolder, listen, serveUntilSignal } from './folder';
import { commonLog, type HttpService, type Reply } from './serve';

// python -m http.server

export async function pythonServer(run: Run, args: readonly string[]): Promise<number> {
  const options = parseOptions(run, 'b:d:p:', { bind: 'b', directory: 'd', protocol: 'p' }, args);
  const port = Number(options.operands[0] ?? 8000);
  if (!Number.isInteger(port))
    return run
      .complain(
        `usage: server.py [-h] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]\nserver.py: error: argument port: invalid int value: '${options.operands[0]}'\n`,
      )
      .then(() => 2);
  const listener = listen(run, port);
  if (!listener) return run.complain('OSError: [Errno 98] Address already in use\n').then(() => 1);
  const root = options.value('d') ?? run.process.cwd;
  await run.print(
    `Serving HTTP on ${options.value('b') ?? '0.0.0.0'} port ${port} (http://${options.value('b') ?? '0.0.0.0'}:${port}/) ...\n`,
  );
  await run.flush();
  const error = (status: number): Reply => {
    const words =
      { 404: 'File not found', 403: 'No permission to list directory', 501: 'Unsupported method' }[status] ?? 'Error';
    return {
      status,
      headers: [['Content-Type', 'text/html;charset=utf-8']],
      body: `<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: ${status}</p>\n        <p>Message: ${words}.</p>\n    </body>\n</html>\n`,
    };
  };
  const time = () => formatTime('%d/%b/%Y %H:%M:%S', run.process.system.clock.now());
  const service: HttpService = {
    name: 'SimpleHTTP/0.6 Python/3.14.0',
    answer: (exchange) => fromFolder(run, { root, index: ['index.html', 'index.htm'], listing: true, error }, exchange),
    log: async ({ request, remote }, reply) => {
      if (reply.status >= 400)
        await run.complain(
          `${remote} - - [${time()}] code ${reply.status}, message ${reply.status === 404 ? 'File not found' : 'Error'}\n`,
        );
      await run.complain(
        `${remote} - - [${time()}] "${request.method} ${request.target} HTTP/${request.version}" ${reply.status} -\n`,
      );
    },
  };
  const signal = await serveUntilSignal(run, listener, service, port);
  if (signal === 'INT') await run.print('\nKeyboard interrupt received, exiting.\n');
  return signal === 'INT' ? 0 : 143;
}

// Apache

export const httpdVersion = '2.4.65';

export async function httpd(run: Run): Promise<number> {
  const conf = '/usr/local/apache2/conf/httpd.conf';
  const options = parseOptions(run, 'D:k:f:vVtlSX', {});
  if (options.has('v', 'V')) return run.print(`Server version: Apache/${httpdVersion} (Unix)\n`).then(() => 0);
  let text: string;
  try {
    text = decode(run.fs.readFile(options.value('f') ?? conf));
  } catch (error) {
    return run.fail(`Could not open configuration file ${options.value('f') ?? conf}: ${run.say(error)}`);
  }
  const word = (name: string) => new RegExp(`^\\s*${name}\\s+"?([^"\\s]+)"?`, 'mi').exec(text)?.[1];
  if (options.has('t')) return run.complain('Syntax OK\n').then(() => 0);
  const root = word('DocumentRoot') ?? '/usr/local/apache2/htdocs';
  const port = Number((word('Listen') ?? '80').split(':').pop());
  const stamp = () =>
    formatTime('%a %b %d %H:%M:%S.%N', run.process.system.clock.now()).replace(/(\.\d{6})\d{3}/, '$1');
  const log = (level: string, words: string) =>
    run.complain(
      `[${stamp()} ${formatTime('%Y', run.process.system.clock.now())}] [${level}] [pid ${run.process.pid}:tid ${run.process.pid}] ${words}\n`,
    );
  const listener = listen(run, port);
  if (!listener) {
    await run.complain(
      `(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
    );
    return 1;
  }
  if (!/^\s*ServerName\s/m.test(text))
    await run.complain(
      `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${run.process.system.network.addresses().find(({ name }) => name !== 'lo')?.address ?? '127.0.0.1'}. Set the 'ServerName' directive globally to suppress this message\n`,
    );
  await log('mpm_event:notice', `AH00489: Apache/${httpdVersion} (Unix) configured -- resuming normal operations`);
  await log('core:notice', `AH00094: Command line: 'httpd -D FOREGROUND'`);
  const error = (status: number): Reply => {
    const title = `${status} ${status === 404 ? 'Not Found' : status === 403 ? 'Forbidden' : 'Not Implemented'}`;
    const words =
      status === 404
        ? 'The requested URL was not found on this server.'
        : "You don't have permission to access this resource.";
    return {
      status,
      headers: [['Content-Type', 'text/html; charset=iso-8859-1']],
      body: `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${title}</title>\n</head><body>\n<h1>${title.slice(4)}</h1>\n<p>${words}</p>\n</body></html>\n`,
    };
  };
  const service: HttpService = {
    name: `Apache/${httpdVersion} (Unix)`,
    answer: (exchange) =>
      fromFolder(
        run,
        {
          root,
          index: (/^\s*DirectoryIndex\s+(.+)$/m.exec(text)?.[1] ?? 'index.html').trim().split(/\s+/),
          listing: true,
          error,
        },
        exchange,
      ),
    log: (exchange, reply, size) =>
      run.process.print(
        commonLog(
          exchange,
          reply.status,
          size,
          formatTime('%d/%b/%Y:%H:%M:%S %z', run.process.system.clock.now()),
          'common',
        ),
      ),
  };
  const signal = await serveUntilSignal(run, listener, service, port);
  await log(
    'mpm_event:notice',
    signal === 'WINCH'
      ? 'AH00492: caught SIGWINCH, shutting down gracefully'
      : 'AH00491: caught SIGTERM, shutting down',
  );
  return 0;
}
