/** curl: pages to standard output, with as much of the conversation as is asked for. */
import { parseUrl } from '../../http';
import { type Options, parseOptions } from '../../options';
import type { Run } from '../../run';
import { decode, encode } from '../../text';
import { type Fetched, FetchFault, fetchFollowing, headerOf, nameFor, noHttps, type PageRequest } from './fetch';

const names = {
  output: 'o',
  'remote-name': 'O',
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  head: 'I',
  include: 'i',
  location: 'L',
  verbose: 'v',
  data: 'd',
  'data-raw': 'd',
  'data-binary': 'd',
  request: 'X',
  header: 'H',
  'user-agent': 'A',
  'write-out': 'w',
  user: 'u',
  insecure: 'k',
  'max-time': 'm',
  'connect-timeout': 'connect-timeout:',
  json: 'json:',
  get: 'G',
  retry: 'retry:',
  compressed: 'compressed',
  'no-buffer': 'N',
  version: 'V',
  'retry-connrefused': 'rc',
  'fail-with-body': 'f',
  'no-progress-meter': 'np',
  url: 'url:',
};

export async function curl(run: Run): Promise<number> {
  const options = parseOptions(run, 'o:OsSfIiLvd:X:H:A:w:u:km:GNV#', names);
  if (options.has('V')) {
    await run.print('curl 8.14.1 (Dockerland replica)\nProtocols: http\n');
    return 0;
  }
  const urls = [...options.all('url'), ...options.operands];
  if (urls.length === 0) {
    await run.complain("curl: try 'curl --help' for more information\n");
    return 2;
  }
  let exitCode = 0;
  for (const url of urls) exitCode = await one(run, url, options);
  return exitCode;
}

async function one(run: Run, address: string, options: Options): Promise<number> {
  const quiet = options.has('s') && !options.has('S');
  const data = dataOf(run, options);
  const asking = options.has('G') && data !== undefined;
  const target = asking ? `${address}${address.includes('?') ? '&' : '?'}${data}` : address;
  try {
    const { page, url } = await fetchFollowing(run, target, requestOf(options, data), options.has('L') ? 50 : 0);
    const exitCode = await take(run, page, url, options, quiet);
    await writeOut(run, options.value('w'), page, url);
    return exitCode;
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    const [code, why] = words(error);
    if (!quiet) await run.complain(`curl: (${code}) ${why}\n`);
    return code;
  }
}

/** What is to be sent: pieces joined as a form's fields, `@file` for what a file holds. */
function dataOf(run: Run, options: Options): string | undefined {
  const json = options.value('json');
  if (json !== undefined || !options.has('d')) return json;
  const read = (text: string) => (text.startsWith('@') && text !== '@' ? decode(run.fs.readFile(text.slice(1))) : text);
  return options.all('d').map(read).join('&');
}

function requestOf(options: Options, data: string | undefined): PageRequest {
  const posts = data !== undefined && !options.has('G');
  return {
    method: options.value('X') ?? (options.has('I') ? 'HEAD' : posts ? 'POST' : 'GET'),
    headers: headersOf(options, posts),
    body: encode(posts ? data : ''),
  };
}

function headersOf(options: Options, posts: boolean): PageRequest['headers'] {
  const own = options.all('H').map(headerOf);
  const headers: (readonly [string, string])[] = [
    ['User-Agent', options.value('A') ?? 'curl/8.14.1'],
    ['Accept', '*/*'],
  ];
  if (options.has('u')) headers.push(['Authorization', `Basic ${btoa(options.value('u')!)}`]);
  if (options.has('json')) headers.push(['Content-Type', 'application/json']);
  else if (posts && !own.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
  return [...headers, ...own];
}

/** To a file or standard output. */
async function take(run: Run, page: Fetched, url: string, options: Options, quiet: boolean): Promise<number> {
  const head = `HTTP/${page.version} ${page.status} ${page.reason}\r\n${page.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  if (options.has('v'))
    await run.complain(`${page.sent}${head.replace(/^/gm, '< ').replace(/< $/, '').replaceAll('\r', '')}`);
  if (options.has('f') && page.status >= 400) {
    if (!quiet) await run.complain(`curl: (22) The requested URL returned error: ${page.status}\n`);
    return 22;
  }
  const path = options.value('o') ?? (options.has('O') ? nameFor(parseUrl(url)!.path) : '-');
  if (path === '-') {
    if (options.has('i', 'I')) await run.write(encode(head));
    await run.write(page.body);
  } else if (path !== '/dev/null') await run.writeFile(path, page.body);
  return 0;
}

async function writeOut(run: Run, format: string | undefined, page: Fetched, url: string): Promise<void> {
  if (format === undefined) return;
  const type = page.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const values: Readonly<Record<string, string>> = {
    http_code: String(page.status),
    response_code: String(page.status),
    size_download: String(page.body.length),
    content_type: type,
    url_effective: url,
    time_total: '0.001000',
  };
  await run.print(
    format
      .replace(/%\{(\w+)\}/g, (all, name: string) => values[name] ?? all)
      .replaceAll('\\n', '\n')
      .replaceAll('\\t', '\t'),
  );
}

function words(fault: FetchFault): [code: number, why: string] {
  if (fault.kind === 'name') return [6, `Could not resolve host: ${fault.host}`];
  if (fault.kind === 'https') return [35, noHttps];
  if (fault.kind === 'empty') return [52, 'Empty reply from server'];
  return [7, `Failed to connect to ${fault.host} port ${fault.port} after 0 ms: Could not connect to server`];
}
