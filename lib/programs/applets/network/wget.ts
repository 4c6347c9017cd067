/** wget: a page into a file. */
import { FsError } from '../../../fs';
import { addressOf } from '../../address';
import { parseUrl, type Url } from '../../http';
import { type Options, parseOptions, UsageError } from '../../options';
import type { Run } from '../../run';
import { encode } from '../../text';
import { type Fetched, FetchFault, fetchFollowing, headerOf, nameFor, noHttps, type PageRequest } from './fetch';

const names = {
  quiet: 'q',
  'output-document': 'O',
  continue: 'c',
  spider: 's',
  header: 'header:',
  'post-data': 'post:',
  timeout: 'T',
  'user-agent': 'U',
  'no-check-certificate': 'nocheck',
  'server-response': 'S',
  'directory-prefix': 'P',
  tries: 't',
  'no-verbose': 'q',
};

export async function wget(run: Run): Promise<number> {
  const options = parseOptions(run, 'cqSsO:o:P:U:T:t:Y:', names);
  const [address] = options.operands;
  if (address === undefined) throw new UsageError(run.gnu ? 'missing URL' : '');
  const url = parseUrl(address);
  try {
    if (!options.has('q') && url) await run.complain(connecting(run, url));
    const { page } = await fetchFollowing(run, address, requestOf(options), 5);
    return await take(run, page, options, url?.path ?? '/');
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return run.fail(words(run, error, url?.host ?? address), run.gnu ? 4 : 1);
  }
}

function requestOf(options: Options): PageRequest {
  const post = options.value('post');
  return {
    method: post === undefined ? 'GET' : 'POST',
    headers: [
      ['User-Agent', options.value('U') ?? 'Wget'],
      ['Connection', 'close'],
      ...options.all('header').map(headerOf),
    ],
    body: encode(post ?? ''),
  };
}

function connecting(run: Run, { host, port }: Url): string {
  const address = addressOf(run.process.system.network, host) ?? host;
  return `Connecting to ${host}${port === 80 ? '' : `:${port}`} (${address}:${port})\n`;
}

async function take(run: Run, page: Fetched, options: Options, asked: string): Promise<number> {
  const quiet = options.has('q');
  const status = `HTTP/${page.version} ${page.status} ${page.reason}`;
  if (options.has('S'))
    await run.complain(`  ${status}\n${page.headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`);
  if (page.status >= 400) return run.fail(`server returned error: ${status}`);
  if (options.has('s')) return quiet ? 0 : run.complain('remote file exists\n').then(() => 0);
  const folder = options.value('P');
  const name = nameFor(asked);
  return save(run, page.body, options.value('O') ?? (folder === undefined ? name : `${folder}/${name}`), quiet);
}

function words(run: Run, fault: FetchFault, host: string): string {
  if (fault.kind === 'name') return run.gnu ? `unable to resolve host address '${host}'` : `bad address '${host}'`;
  if (fault.kind === 'https') return noHttps;
  if (fault.kind === 'empty') return 'error getting response';
  const address = addressOf(run.process.system.network, host) ?? host;
  return `can't connect to remote host (${address}): ${run.say(new FsError(fault.errno))}`;
}

async function save(run: Run, body: Uint8Array, path: string, quiet: boolean): Promise<number> {
  if (path === '-') {
    if (!quiet) await run.complain('writing to stdout\n');
    await run.write(body);
    if (!quiet) await run.complain(`${progress('-', body.length)}written to stdout\n`);
    return 0;
  }
  const named = run.args.some((word) => word.startsWith('-O') || /^-\w*O/.test(word));
  if (run.fs.exists(path) && run.fs.stat(path).kind === 'file' && !named)
    return run.fail(`can't open '${path}': File exists`);
  if (!quiet) await run.complain(`saving to '${path}'\n`);
  await run.writeFile(path, body);
  if (!quiet) await run.complain(`${progress(path.split('/').pop()!, body.length)}'${path}' saved\n`);
  return 0;
}

function progress(name: string, size: number): string {
  return `${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${String(size).padStart(5)}  0:00:00 ETA\n`;
}
