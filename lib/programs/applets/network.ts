/** ping, wget, curl, nc, nslookup, getent, ip, ifconfig, route, netstat. */
import { type Errno, FsError } from '../../fs';
import type { Connection } from '../../process';
import { Incoming, parseUrl, readResponse, writeMessage } from '../http';
import { parseOptions, UsageError } from '../options';
import type { Run } from '../run';
import { decode, encode } from '../text';

const isErrno = (error: unknown, errno: Errno) => error instanceof FsError && error.errno === errno;

function addressOf(run: Run, host: string): string | undefined {
  return /^\d+(\.\d+){3}$/.test(host) ? host : run.process.system.network.resolve(host)[0];
}

export async function ping(run: Run): Promise<number> {
  const options = parseOptions(run, 'c:s:t:w:W:i:I:qv46np:A', {});
  const [host] = options.operands;
  if (host === undefined) throw new UsageError(run.gnu ? 'usage error: Destination address required' : '');
  const address = addressOf(run, host);
  if (address === undefined)
    return run.gnu ? run.fail(`${host}: Name or service not known`, 2) : run.fail(`bad address '${host}'`);
  const count = Number(options.value('c') ?? Number.POSITIVE_INFINITY);
  const interval = Number(options.value('i') ?? 1) * 1000;
  const alive = await reachable(run, address);
  let [sent, received] = [0, 0];
  let stopped = false;
  run.process.onSignal('INT', () => {
    stopped = true;
  });
  await run.print(
    run.gnu ? `PING ${host} (${address}) 56(84) bytes of data.\n` : `PING ${host} (${address}): 56 data bytes\n`,
  );
  while (sent < count && !stopped) {
    await run.flush();
    if (sent > 0) await run.process.sleep(interval).catch(swallowInterrupt);
    if (stopped) break;
    sent++;
    if (!alive) continue;
    received++;
    const time = '0.05';
    if (!options.has('q'))
      await run.print(
        `64 bytes from ${address}: ${run.gnu ? 'icmp_seq' : 'seq'}=${run.gnu ? sent : sent - 1} ttl=64 time=${run.gnu ? `${time}0` : `${time}0`} ms\n`,
      );
  }
  if (!alive && count !== Number.POSITIVE_INFINITY) await run.process.sleep(10_000).catch(swallowInterrupt);
  const loss = sent === 0 ? 0 : Math.round(((sent - received) / sent) * 100);
  await run.print(
    `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} ${run.gnu ? 'received' : 'packets received'}, ${loss}% packet loss${run.gnu ? `, time ${Math.max(0, sent - 1) * interval}ms` : ''}\n`,
  );
  if (received > 0)
    await run.print(
      run.gnu
        ? 'rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms\n'
        : 'round-trip min/avg/max = 0.050/0.050/0.050 ms\n',
    );
  return received > 0 ? 0 : 1;
}

function swallowInterrupt(error: unknown): void {
  if (!isErrno(error, 'EINTR')) throw error;
}

/** There are no packets: a system answers when a connection to it is refused or accepted rather than unroutable. */
async function reachable(run: Run, address: string): Promise<boolean> {
  try {
    (await run.process.until(run.process.system.network.connect(address, 7))).close();
    return true;
  } catch (error) {
    return isErrno(error, 'ECONNREFUSED');
  }
}

// Fetching pages

interface Fetched {
  readonly status: number;
  readonly reason: string;
  readonly version: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly sent: string;
}

class FetchFault extends Error {
  constructor(
    readonly kind: 'name' | 'connect' | 'https' | 'empty',
    readonly host: string,
    readonly port: number,
    readonly errno: Errno = 'ECONNREFUSED',
  ) {
    super(kind);
  }
}

async function fetchPage(
  run: Run,
  text: string,
  request: { method: string; headers: (readonly [string, string])[]; body: Uint8Array },
): Promise<Fetched> {
  const url = parseUrl(text);
  if (!url) throw new FetchFault('name', text, 0);
  const address = url.host === 'localhost' ? '127.0.0.1' : addressOf(run, url.host);
  if (address === undefined) throw new FetchFault('name', url.host, url.port);
  if (url.scheme === 'https') throw new FetchFault('https', url.host, url.port);
  let connection: Connection;
  try {
    connection = await run.process.until(run.process.system.network.connect(address, url.port));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    throw new FetchFault('connect', url.host, url.port, error.errno);
  }
  try {
    const host = url.port === 80 ? url.host : `${url.host}:${url.port}`;
    const headers: (readonly [string, string])[] = [['Host', host], ...request.headers];
    if (request.body.length > 0) headers.push(['Content-Length', String(request.body.length)]);
    const first = `${request.method} ${url.path} HTTP/1.1`;
    await run.process.until(connection.write(writeMessage(first, headers, request.body)));
    const response = await readResponse(
      new Incoming(connection, (promise) => run.process.until(promise)),
      request.method,
    );
    if (!response) throw new FetchFault('empty', url.host, url.port);
    return { ...response, sent: `> ${first}\n${headers.map(([name, value]) => `> ${name}: ${value}\n`).join('')}> \n` };
  } finally {
    connection.close();
  }
}

/** Follows redirections as both programs do. */
async function fetchFollowing(
  run: Run,
  start: string,
  request: { method: string; headers: (readonly [string, string])[]; body: Uint8Array },
  most: number,
): Promise<{ page: Fetched; url: string }> {
  let url = start;
  for (let hops = 0; ; hops++) {
    const page = await fetchPage(run, url, request);
    const location = page.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (page.status < 300 || page.status >= 400 || location === undefined || hops >= most) return { page, url };
    const base = parseUrl(url)!;
    url = /^[a-z]+:\/\//i.test(location)
      ? location
      : `${base.scheme}://${base.host}:${base.port}${location.startsWith('/') ? '' : '/'}${location}`;
  }
}

export async function wget(run: Run): Promise<number> {
  const options = parseOptions(run, 'cqSsO:o:P:U:T:t:Y:', {
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
  });
  const [address] = options.operands;
  if (address === undefined) throw new UsageError(run.gnu ? 'missing URL' : '');
  const post = options.value('post');
  const headers = options
    .all('header')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
  const request = {
    method: post === undefined ? 'GET' : 'POST',
    headers: [['User-Agent', options.value('U') ?? 'Wget'] as const, ['Connection', 'close'] as const, ...headers],
    body: encode(post ?? ''),
  };
  const url = parseUrl(address);
  const quiet = options.has('q');
  try {
    if (!quiet && url)
      await run.complain(
        `Connecting to ${url.host}${url.port === 80 ? '' : `:${url.port}`} (${addressOf(run, url.host) ?? url.host}:${url.port})\n`,
      );
    const { page } = await fetchFollowing(run, address, request, 5);
    if (options.has('S'))
      await run.complain(
        `  HTTP/${page.version} ${page.status} ${page.reason}\n${page.headers.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`,
      );
    if (page.status >= 400)
      return run.fail(`server returned error: HTTP/${page.version} ${page.status} ${page.reason}`);
    if (options.has('s')) return quiet ? 0 : run.complain('remote file exists\n').then(() => 0);
    return await savePage(run, page.body, options.value('O') ?? nameFor(url?.path ?? '/', options.value('P')), quiet);
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return run.fail(wgetWords(run, error, url?.host ?? address), run.gnu ? 4 : 1);
  }
}

function wgetWords(run: Run, fault: FetchFault, host: string): string {
  if (fault.kind === 'name') return run.gnu ? `unable to resolve host address '${host}'` : `bad address '${host}'`;
  if (fault.kind === 'https') return 'https is not simulated: only plain http between the containers of this computer';
  if (fault.kind === 'empty') return 'error getting response';
  return `can't connect to remote host (${addressOf(run, host) ?? host}): ${run.say(new FsError(fault.errno))}`;
}

function nameFor(path: string, folder: string | undefined): string {
  const name =
    path
      .replace(/[?#].*$/, '')
      .split('/')
      .pop() || 'index.html';
  return folder === undefined ? name : `${folder}/${name}`;
}

async function savePage(run: Run, body: Uint8Array, path: string, quiet: boolean): Promise<number> {
  if (path === '-') {
    if (!quiet) await run.complain('writing to stdout\n');
    await run.write(body);
    if (!quiet) await run.complain(`${progress('-', body.length, run)}written to stdout\n`);
    return 0;
  }
  if (
    run.fs.exists(path) &&
    run.fs.stat(path).kind === 'file' &&
    !run.args.some((word) => word.startsWith('-O') || /^-\w*O/.test(word))
  )
    return run.fail(`can't open '${path}': File exists`);
  if (!quiet) await run.complain(`saving to '${path}'\n`);
  await run.writeFile(path, body);
  if (!quiet) await run.complain(`${progress(path.split('/').pop()!, body.length, run)}'${path}' saved\n`);
  return 0;
}

function progress(name: string, size: number, _run: Run): string {
  const bar = '*'.repeat(32);
  return `${name.slice(0, 20).padEnd(20)} 100% |${bar}| ${String(size).padStart(5)}  0:00:00 ETA\n`;
}

const curlNames = {
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
  const options = parseOptions(run, 'o:OsSfIiLvd:X:H:A:w:u:km:GNV#', curlNames);
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
  for (const url of urls) exitCode = await curlOne(run, url, options);
  return exitCode;
}

async function curlOne(run: Run, address: string, options: ReturnType<typeof parseOptions>): Promise<number> {
  const json = options.value('json');
  const data =
    json ??
    (options.has('d')
      ? options
          .all('d')
          .map((text) => (text.startsWith('@') && text !== '@' ? decode(run.fs.readFile(text.slice(1))) : text))
          .join('&')
      : undefined);
  const own = options
    .all('H')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
  const headers: (readonly [string, string])[] = [
    ['User-Agent', options.value('A') ?? 'curl/8.14.1'],
    ['Accept', '*/*'],
  ];
  if (options.has('u')) headers.push(['Authorization', `Basic ${btoa(options.value('u')!)}`]);
  if (json !== undefined) headers.push(['Content-Type', 'application/json']);
  else if (data !== undefined && !options.has('G') && !own.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
  headers.push(...own);
  const method =
    options.value('X') ?? (options.has('I') ? 'HEAD' : data !== undefined && !options.has('G') ? 'POST' : 'GET');
  const target =
    options.has('G') && data !== undefined ? `${address}${address.includes('?') ? '&' : '?'}${data}` : address;
  const quiet = options.has('s') && !options.has('S');
  try {
    const { page, url } = await fetchFollowing(
      run,
      target,
      { method, headers, body: encode(options.has('G') ? '' : (data ?? '')) },
      options.has('L') ? 50 : 0,
    );
    const head = `HTTP/${page.version} ${page.status} ${page.reason}\r\n${page.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
    if (options.has('v'))
      await run.complain(`${page.sent}${head.replace(/^/gm, '< ').replace(/< $/, '').replaceAll('\r', '')}`);
    if (options.has('f') && page.status >= 400) {
      if (!quiet) await run.complain(`curl: (22) The requested URL returned error: ${page.status}\n`);
      await writeOut(run, options.value('w'), page, url);
      return 22;
    }
    const path = options.value('o') ?? (options.has('O') ? nameFor(parseUrl(url)!.path, undefined) : undefined);
    const shown = options.has('i', 'I') ? encode(head) : new Uint8Array(0);
    if (path !== undefined && path !== '-') {
      if (path !== '/dev/null') await run.writeFile(path, page.body);
    } else {
      await run.write(shown);
      await run.write(page.body);
    }
    await writeOut(run, options.value('w'), page, url);
    return 0;
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    const [code, words] = curlWords(error);
    if (!quiet) await run.complain(`curl: (${code}) ${words}\n`);
    return code;
  }
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

function curlWords(fault: FetchFault): [number, string] {
  if (fault.kind === 'name') return [6, `Could not resolve host: ${fault.host}`];
  if (fault.kind === 'https')
    return [35, 'https is not simulated: only plain http between the containers of this computer'];
  if (fault.kind === 'empty') return [52, 'Empty reply from server'];
  return [7, `Failed to connect to ${fault.host} port ${fault.port} after 0 ms: Could not connect to server`];
}

// Raw connections

export async function nc(run: Run): Promise<number> {
  const options = parseOptions(run, 'lp:w:i:vnze:kuNq:s:', {});
  const port = Number(options.value('p') ?? options.operands.at(-1));
  if (!Number.isInteger(port) || (!options.has('l') && options.operands.length < 2)) throw new UsageError();
  const { network } = run.process.system;
  if (options.has('l')) {
    const listener = network.listen(port);
    try {
      do await talk(run, await run.process.until(listener.accept()));
      while (options.has('k'));
    } finally {
      listener.close();
    }
    return 0;
  }
  const host = options.operands[0]!;
  const address = addressOf(run, host);
  if (address === undefined)
    return run.fail(
      run.gnu ? `getaddrinfo for host "${host}" port ${port}: Name or service not known` : `bad address '${host}'`,
    );
  try {
    const connection = await run.process.until(network.connect(address, port));
    if (options.has('v')) await run.complain(`${host} (${address}:${port}) open\n`);
    if (options.has('z')) connection.close();
    else await talk(run, connection);
    return 0;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    if (options.has('z') && !options.has('v')) return 1;
    return run.fail(
      `${run.gnu ? `connect to ${host} port ${port} (tcp) failed` : `can't connect to remote host (${address})`}: ${run.say(error)}`,
    );
  }
}

/** Standard input to the other side, its words to standard output, until it hangs up. */
async function talk(run: Run, connection: Connection): Promise<void> {
  const child = run.process.spawn({
    argv: [run.name],
    program: async (process) => {
      for (let bytes = await process.stdin.read(process); bytes.length > 0; bytes = await process.stdin.read(process))
        await process.until(connection.write(bytes));
      return 0;
    },
  });
  try {
    for (
      let bytes = await run.process.until(connection.read());
      bytes.length > 0;
      bytes = await run.process.until(connection.read())
    ) {
      await run.write(bytes);
      await run.flush();
    }
  } finally {
    connection.close();
    if (!run.process.reap(child.pid)) run.process.kill(child.pid, 'KILL');
  }
}

export async function nslookup(run: Run): Promise<number> {
  const [host] = parseOptions(
    run,
    'd',
    {},
    run.args.filter((word) => !/^-(type|debug)/.test(word)),
  ).operands;
  if (host === undefined) throw new UsageError();
  const addresses = run.process.system.network.resolve(host);
  await run.print('Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n');
  if (addresses.length === 0) {
    await run.print(`** server can't find ${host}: NXDOMAIN\n\n`);
    return 1;
  }
  await run.print(
    `Non-authoritative answer:\n${addresses.map((address) => `Name:\t${host}\nAddress: ${address}\n`).join('')}\n`,
  );
  return 0;
}

export async function getent(run: Run): Promise<number> {
  const [database, ...keys] = run.args;
  if (database === undefined) throw new UsageError('wrong number of arguments');
  if (database === 'hosts' || database === 'ahosts') {
    let exitCode = 0;
    for (const key of keys) {
      const addresses = run.process.system.network.resolve(key);
      if (addresses.length === 0) exitCode = 2;
      for (const address of addresses) await run.print(`${address.padEnd(15)} ${key}\n`);
    }
    return exitCode;
  }
  if (!['passwd', 'group', 'shadow'].includes(database))
    return run.complain(`Unknown database: ${database}\n`).then(() => 1);
  const lines = decode(run.fs.readFile(`/etc/${database}`))
    .split('\n')
    .filter(Boolean);
  const found =
    keys.length === 0
      ? lines
      : keys.flatMap((key) => lines.filter((line) => line.split(':')[0] === key || line.split(':')[2] === key));
  for (const line of found) await run.print(`${line}\n`);
  return found.length > 0 ? 0 : 2;
}

// Interfaces

const maskOf = (prefix: number) =>
  [0, 8, 16, 24].map((shift) => String(prefix <= shift ? 0 : 256 - 2 ** (8 - Math.min(8, prefix - shift)))).join('.');
const bits = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const dotted = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
const networkOf = (address: string, prefix: number) =>
  dotted(Math.floor(bits(address) / 2 ** (32 - prefix)) * 2 ** (32 - prefix));
const broadcastOf = (address: string, prefix: number) =>
  dotted(Math.floor(bits(address) / 2 ** (32 - prefix)) * 2 ** (32 - prefix) + 2 ** (32 - prefix) - 1);
const gatewayOf = (address: string, prefix: number) => dotted(bits(networkOf(address, prefix)) + 1);

export async function ip(run: Run): Promise<number> {
  const words = run.args.filter((word) => !/^-(4|6|br|o|brief|c|color\S*)$/.test(word));
  const [object = '', action = 'show', ...rest] = words;
  const all = run.process.system.network.addresses();
  const matches = (full: string) => object !== '' && full.startsWith(object);
  const change = /^(add|del|set|flush|replace|change)/.test(action);
  if (!object) throw new UsageError();
  if (!(matches('address') || matches('link') || matches('route') || matches('neigh')))
    return run.gnu
      ? run.complain(`Object "${object}" is unknown, try "ip help".\n`).then(() => 1)
      : run.fail(`invalid argument '${object}' to 'ip'`);
  if (change) return run.complain('RTNETLINK answers: Operation not permitted\n').then(() => 2);
  const wanted =
    rest.filter((word) => word !== 'dev').at(-1) ??
    (action !== 'show' && !'show'.startsWith(action) && !'list'.startsWith(action) ? action : undefined);
  const shown = all.filter(({ name }) => wanted === undefined || name === wanted);
  if (wanted !== undefined && shown.length === 0)
    return run.gnu
      ? run.complain(`Device "${wanted}" does not exist.\n`).then(() => 1)
      : run.fail(`can't find device '${wanted}'`);
  if (matches('route')) return showRoutes(run);
  for (const { name, address, prefix, mac } of shown) {
    const at = all.findIndex((each) => each.name === name) + 1;
    const loop = name === 'lo';
    const title = loop
      ? `${at}: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue ${run.gnu ? 'state UNKNOWN group default ' : ''}qlen 1000`
      : `${at}: ${name}@if${at + 5}: <BROADCAST,MULTICAST,UP,LOWER_UP${run.gnu ? '' : ',M-DOWN'}> mtu 1500 qdisc noqueue ${run.gnu ? 'state UP group default ' : ''}`;
    await run.print(
      `${title}\n    link/${loop ? 'loopback' : 'ether'} ${mac} brd ${loop ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}\n`,
    );
    if (matches('address'))
      await run.print(
        loop
          ? `    inet ${address}/${prefix} scope host lo\n       valid_lft forever preferred_lft forever\n`
          : `    inet ${address}/${prefix} brd ${broadcastOf(address, prefix)} scope global ${name}\n       valid_lft forever preferred_lft forever\n`,
      );
  }
  return 0;
}

async function showRoutes(run: Run): Promise<number> {
  const outside = run.process.system.network.addresses().filter(({ name }) => name !== 'lo');
  const [first] = outside;
  if (first) await run.print(`default via ${gatewayOf(first.address, first.prefix)} dev ${first.name} \n`);
  for (const { name, address, prefix } of outside)
    await run.print(`${networkOf(address, prefix)}/${prefix} dev ${name} scope link  src ${address} \n`);
  return 0;
}

export async function ifconfig(run: Run): Promise<number> {
  const [wanted, change] = run.args.filter((word) => word !== '-a');
  const all = run.process.system.network.addresses();
  if (change !== undefined) return run.fail('SIOCSIFADDR: Operation not permitted');
  const shown = all
    .filter(({ name }) => wanted === undefined || name === wanted)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (shown.length === 0)
    return run.fail(
      run.gnu
        ? `${wanted}: error fetching interface information: Device not found`
        : `${wanted}: error fetching interface information: Device not found`,
    );
  for (const { name, address, prefix, mac } of shown) {
    const loop = name === 'lo';
    const link = loop ? 'Local Loopback' : `Ethernet  HWaddr ${mac.toUpperCase()}`;
    await run.print(
      `${name.padEnd(9)} Link encap:${link}  \n          inet addr:${address}${loop ? '' : `  Bcast:${broadcastOf(address, prefix)}`}  Mask:${maskOf(prefix)}\n` +
        `          ${loop ? 'UP LOOPBACK RUNNING  MTU:65536' : 'UP BROADCAST RUNNING MULTICAST  MTU:1500'}  Metric:1\n\n`,
    );
  }
  return 0;
}

export async function route(run: Run): Promise<number> {
  if (run.args.some((word) => word === 'add' || word === 'del')) return run.fail('SIOCADDRT: Operation not permitted');
  await run.print(
    'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n',
  );
  const outside = run.process.system.network.addresses().filter(({ name }) => name !== 'lo');
  const row = (to: string, via: string, mask: string, flags: string, name: string) =>
    `${to.padEnd(15)} ${via.padEnd(15)} ${mask.padEnd(15)} ${flags.padEnd(5)} 0      0        0 ${name}\n`;
  const numeric = run.args.some((word) => /^-\w*n/.test(word));
  const [first] = outside;
  if (first)
    await run.print(
      row(numeric ? '0.0.0.0' : 'default', gatewayOf(first.address, first.prefix), '0.0.0.0', 'UG', first.name),
    );
  for (const { name, address, prefix } of outside)
    await run.print(row(networkOf(address, prefix), numeric ? '0.0.0.0' : '*', maskOf(prefix), 'U', name));
  return 0;
}
