/** What a configuration says about requests: servers, locations, and the answer to a request. */
import { type FileSystem, FsError } from '../../fs';
import { compileRegex, RegexFault } from '../../pattern';
import { addressOf } from '../address';
import { Incoming, parseUrl, readResponse, reasonOf, typeOf, writeMessage } from '../http';
import type { Run } from '../run';
import { ConfFault, type Directive } from './nginx-conf';
import { type Exchange, findFile, httpDate, type Reply, safePath } from './serve';

export const nginxVersion = '1.29.3';

export interface Site {
  readonly servers: readonly Directive[];
  readonly http: Directive | undefined;
  readonly ports: readonly number[];
}

/** Directives that are understood, or that change nothing a class can see. Others are refused, as an unknown word is. */
// biome-ignore format: a list to be read as one
const known = new Set([
  'absolute_redirect', 'accept_mutex', 'access_log', 'add_header', 'alias', 'allow', 'autoindex', 'charset', 'client_body_buffer_size', 'client_body_timeout', 'client_header_timeout', 'client_max_body_size',
  'daemon', 'default', 'default_type', 'deny', 'error_log', 'error_page', 'etag', 'events', 'expires', 'gzip', 'gzip_comp_level', 'gzip_min_length', 'gzip_proxied', 'gzip_types', 'gzip_vary', 'http', 'if', 'include',
  'index', 'internal', 'keepalive_requests', 'keepalive_timeout', 'large_client_header_buffers', 'limit_except', 'listen', 'location', 'log_format', 'log_not_found', 'map', 'multi_accept', 'pid', 'port_in_redirect',
  'proxy_buffering', 'proxy_connect_timeout', 'proxy_http_version', 'proxy_pass', 'proxy_read_timeout', 'proxy_redirect', 'proxy_set_header', 'resolver', 'return', 'rewrite', 'root', 'sendfile', 'server', 'server_name',
  'server_names_hash_bucket_size', 'server_tokens', 'set', 'ssl_prefer_server_ciphers', 'ssl_protocols', 'tcp_nodelay', 'tcp_nopush', 'try_files', 'types', 'types_hash_max_size', 'upstream', 'use', 'user', 'worker_connections',
  'worker_processes', 'worker_rlimit_nofile',
]);

const free = new Set(['types', 'map', 'upstream', 'if']);

function check(directives: readonly Directive[]): void {
  for (const { name, block, file, line } of directives) {
    if (!known.has(name)) throw new ConfFault(`unknown directive "${name}"`, file, line);
    if (block && !free.has(name)) check(block);
  }
}

const of = (block: readonly Directive[] | undefined, name: string) =>
  (block ?? []).filter((directive) => directive.name === name);
const one = (block: readonly Directive[] | undefined, name: string) => of(block, name).at(-1);

export function siteOf(conf: readonly Directive[]): Site {
  check(conf);
  const http = one(conf, 'http');
  const servers = of(http?.block, 'server');
  for (const { block, file, line } of servers) {
    for (const { words } of of(block, 'listen'))
      if (portOf(words) === undefined)
        throw new ConfFault(`invalid port in "${words[0]}" of the "listen" directive`, file, line);
  }
  const ports = new Set(servers.flatMap(portsOf));
  return { servers, http, ports: [...ports] };
}

function portOf([address = '']: readonly string[]): number | undefined {
  const text = /(?:^|:)(\d+)$/.exec(address)?.[1] ?? (address.includes(':') && !address.startsWith('[') ? '' : '80');
  const port = Number(text || Number.NaN);
  return port > 0 && port < 65536 ? port : undefined;
}

function portsOf(server: Directive): number[] {
  const listens = of(server.block, 'listen').filter(({ words }) => !words[0]?.startsWith('['));
  return listens.length === 0 ? [80] : listens.map(({ words }) => portOf(words)!);
}

function serverFor(site: Site, { request, port }: Exchange): Directive {
  const host = (request.headers.get('host') ?? '').replace(/:\d+$/, '');
  const here = site.servers.filter((server) => portsOf(server).includes(port));
  return (
    here.find((server) =>
      of(server.block, 'server_name').some(({ words }) =>
        words.some((name) => name === host || (name.startsWith('*.') && host.endsWith(name.slice(1)))),
      ),
    ) ??
    here.find((server) => of(server.block, 'listen').some(({ words }) => words.includes('default_server'))) ??
    here[0]!
  );
}

/** The location that nginx would choose: exact, then the longest prefix unless a regular expression matches. */
function locationFor(server: Directive, path: string): Directive | undefined {
  const locations = of(server.block, 'location');
  const exact = locations.find(({ words }) => words[0] === '=' && words[1] === path);
  if (exact) return exact;
  const prefixes = locations.filter(
    ({ words }) => (words.length === 1 || words[0] === '^~') && path.startsWith(words.at(-1)!),
  );
  const longest = prefixes.sort((a, b) => b.words.at(-1)!.length - a.words.at(-1)!.length)[0];
  if (longest?.words[0] === '^~') return longest;
  const matched = locations.find(
    ({ words: [mark, pattern] }) =>
      (mark === '~' || mark === '~*') && pattern !== undefined && matchesLocation(pattern, mark === '~*', path),
  );
  return matched ?? longest;
}

function matchesLocation(pattern: string, ignoreCase: boolean, path: string): boolean {
  try {
    return compileRegex(pattern, { syntax: 'perl', ignoreCase }).test(path);
  } catch (error) {
    if (error instanceof RegexFault) return false;
    throw error;
  }
}

/** The nearest block that says something: location, then server, then http. */
class Scope {
  constructor(
    readonly site: Site,
    readonly server: Directive,
    readonly location: Directive | undefined,
  ) {}

  word(name: string): string | undefined {
    return this.nearest(name)?.words[0];
  }

  nearest(name: string): Directive | undefined {
    return one(this.location?.block, name) ?? one(this.server.block, name) ?? one(this.site.http?.block, name);
  }

  all(name: string): readonly Directive[] {
    for (const block of [this.location?.block, this.server.block, this.site.http?.block]) {
      const found = of(block, name);
      if (found.length > 0) return found;
    }
    return [];
  }
}

export class NginxSite {
  constructor(
    readonly run: Run,
    readonly site: Site,
    readonly onError: (text: string) => Promise<void>,
  ) {}

  async answer(exchange: Exchange, target = exchange.request.target, depth = 0): Promise<Reply> {
    const path = `/${safePath(target)}`;
    const server = serverFor(this.site, exchange);
    const scope = new Scope(this.site, server, locationFor(server, path));
    const reply = await this.within(scope, exchange, path, depth);
    if (reply.status < 400 || depth > 8) return this.withHeaders(scope, reply);
    const page = scope.all('error_page').find(({ words }) => words.includes(String(reply.status)));
    const error = page && (await this.answer(exchange, page.words.at(-1)!, 9));
    if (error && error.status === 200) return { ...error, status: reply.status };
    return this.withHeaders(scope, reply);
  }

  withHeaders(scope: Scope, reply: Reply): Reply {
    const added = scope.all('add_header').map(({ words: [name = '', value = ''] }) => [name, value] as const);
    return { ...reply, headers: [...(reply.headers ?? []), ...added] };
  }

  async within(scope: Scope, exchange: Exchange, path: string, depth: number): Promise<Reply> {
    const returned = one(scope.location?.block, 'return') ?? one(scope.server.block, 'return');
    if (returned) return this.returned(returned, exchange, path, scope);
    const proxy = scope.location && one(scope.location.block, 'proxy_pass');
    if (proxy) return this.proxied(proxy, exchange, scope);
    const { method } = exchange.request;
    if (method !== 'GET' && method !== 'HEAD') return errorPage(405);
    const tries = one(scope.location?.block, 'try_files') ?? one(scope.server.block, 'try_files');
    if (!tries) return this.file(scope, exchange, path, depth);
    for (const word of tries.words.slice(0, -1)) {
      const candidate = word.replaceAll('$uri', path.replace(/\/$/, '') || '');
      const found = findFile(this.run, this.rootFor(scope), candidate);
      if (found && found !== 'forbidden' && found.kind === (word.endsWith('/') ? 'directory' : 'file'))
        return this.file(scope, exchange, candidate || '/', depth);
    }
    const last = tries.words.at(-1)!;
    if (last.startsWith('=')) return errorPage(Number(last.slice(1)));
    return depth > 8 ? errorPage(500) : this.answer(exchange, last.replaceAll('$uri', path), depth + 1);
  }

  returned({ words }: Directive, exchange: Exchange, path: string, scope: Scope): Reply {
    const [code = '', text = ''] = /^\d+$/.test(words[0] ?? '') ? words : ['302', words[0] ?? ''];
    const status = Number(code);
    const filled = fill(text, exchange, path, this.run);
    if (status >= 300 && status < 400)
      return {
        ...errorPage(status),
        headers: [
          ['Content-Type', 'text/html'],
          ['Location', filled],
        ],
      };
    if (!text) return status >= 400 ? errorPage(status) : { status, headers: [] };
    return { status, headers: [['Content-Type', scope.word('default_type') ?? 'text/plain']], body: filled };
  }

  rootFor(scope: Scope): string {
    return scope.word('root') ?? '/etc/nginx/html';
  }

  async file(scope: Scope, exchange: Exchange, path: string, depth: number): Promise<Reply> {
    const alias = scope.location && one(scope.location.block, 'alias')?.words[0];
    const prefix = scope.location?.words.at(-1) ?? '/';
    const [root, below] = alias === undefined ? [this.rootFor(scope), path] : [alias, path.slice(prefix.length)];
    const found = findFile(this.run, root, below);
    if (found === undefined) return this.missing(root, below, exchange, 'open', '2: No such file or directory', 404);
    if (found === 'forbidden') return this.missing(root, below, exchange, 'open', '13: Permission denied', 403);
    if (found.kind === 'file') return this.send(scope, found.path);
    if (!path.endsWith('/'))
      return {
        ...errorPage(301),
        headers: [
          ['Content-Type', 'text/html'],
          ['Location', `http://${exchange.request.headers.get('host') ?? 'localhost'}${path}/`],
        ],
      };
    for (const index of scope.nearest('index')?.words ?? ['index.html']) {
      if (findFile(this.run, root, `${below}/${index}`) === undefined) continue;
      return depth > 8 ? errorPage(500) : this.answer(exchange, `${path}${index}`, depth + 1);
    }
    if (scope.word('autoindex') === 'on') return listing(this.run.fs, found.path, path);
    await this.onError(`directory index of "${root.replace(/\/$/, '')}${path}" is forbidden, ${about(exchange)}`);
    return errorPage(403);
  }

  async missing(
    root: string,
    path: string,
    exchange: Exchange,
    call: string,
    why: string,
    status: number,
  ): Promise<Reply> {
    await this.onError(
      `${call}() "${root.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}" failed (${why}), ${about(exchange)}`,
    );
    return errorPage(status);
  }

  send(scope: Scope, path: string): Reply {
    const stat = this.run.fs.stat(path);
    const type = typeOf(path) ?? scope.word('default_type') ?? 'application/octet-stream';
    const seconds = Number(stat.mtime / 1_000_000_000n);
    return {
      status: 200,
      headers: [
        ['Content-Type', type],
        ['Last-Modified', httpDate(seconds * 1000)],
        ['ETag', `"${seconds.toString(16)}-${stat.size.toString(16)}"`],
        ['Accept-Ranges', 'bytes'],
      ],
      body: this.run.fs.readFile(path),
    };
  }

  async proxied({ words: [address = ''] }: Directive, exchange: Exchange, scope: Scope): Promise<Reply> {
    const url = parseUrl(this.upstream(address));
    const { network } = this.run.process.system;
    const to = url && addressOf(network, url.host);
    if (!url || to === undefined)
      return this.badGateway(exchange, `host not found in upstream "${url?.host ?? address}"`);
    const { request } = exchange;
    try {
      const connection = await this.run.process.until(network.connect(to, url.port));
      try {
        const tail = /^[a-z]+:\/\/[^/]+\//.test(address)
          ? url.path + request.target.slice((scope.location?.words.at(-1) ?? '/').length)
          : request.target;
        const headers = [...request.headers].filter(([name]) => name !== 'connection' && name !== 'host');
        const host = scope.all('proxy_set_header').find(({ words }) => words[0]?.toLowerCase() === 'host')
          ? (request.headers.get('host') ?? url.host)
          : url.host;
        await this.run.process.until(
          connection.write(
            writeMessage(
              `${request.method} ${tail} HTTP/1.1`,
              [['Host', host], ...headers, ['Connection', 'close']],
              request.body,
            ),
          ),
        );
        const response = await readResponse(
          new Incoming(connection, (promise) => this.run.process.until(promise)),
          request.method,
        );
        if (!response)
          return await this.badGateway(
            exchange,
            'upstream prematurely closed connection while reading response header from upstream',
          );
        const hop = new Set(['connection', 'transfer-encoding', 'content-length', 'server', 'date', 'keep-alive']);
        return {
          status: response.status,
          headers: response.headers.filter(([name]) => !hop.has(name.toLowerCase())),
          body: response.body,
        };
      } finally {
        connection.close();
      }
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      return this.badGateway(exchange, `connect() failed (111: Connection refused) while connecting to upstream`);
    }
  }

  /** `proxy_pass http://name` where an `upstream name` block lists servers. */
  upstream(address: string): string {
    const [, scheme = 'http://', name = '', rest = ''] = /^([a-z]+:\/\/)?([^/:]+)(.*)$/.exec(address) ?? [];
    const block = of(this.site.http?.block, 'upstream').find(({ words }) => words[0] === name);
    const server = one(block?.block, 'server')?.words[0];
    return server === undefined ? address : `${scheme}${server}${rest}`;
  }

  async badGateway(exchange: Exchange, why: string): Promise<Reply> {
    await this.onError(`${why}, ${about(exchange)}`);
    return errorPage(502);
  }
}

function fill(text: string, { request }: Exchange, path: string, run: Run): string {
  const values: Readonly<Record<string, string>> = {
    uri: path,
    request_uri: request.target,
    host: (request.headers.get('host') ?? '').replace(/:\d+$/, ''),
    hostname: run.process.system.hostname,
    scheme: 'http',
    request_method: request.method,
    http_user_agent: request.headers.get('user-agent') ?? '',
    args: request.target.split('?')[1] ?? '',
    http_host: request.headers.get('host') ?? '',
  };
  return text.replace(/\$\{?(\w+)\}?/g, (all, name: string) => values[name] ?? all);
}

function about({ request, remote }: Exchange): string {
  return `client: ${remote}, server: ${'localhost'}, request: "${request.method} ${request.target} HTTP/${request.version}", host: "${request.headers.get('host') ?? ''}"`;
}

export function errorPage(status: number): Reply {
  const title = `${status} ${reasonOf(status)}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${nginxVersion}</center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: [['Content-Type', 'text/html']], body };
}

function listing(fs: FileSystem, folder: string, path: string): Reply {
  const names = fs
    .readdir(folder)
    .map(({ name, kind }) => (kind === 'directory' ? `${name}/` : name))
    .sort();
  const html = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const rows = ['../', ...names].map((name) => `<a href="${encodeURI(name)}">${html(name)}</a>\r\n`);
  const body = `<html>\r\n<head><title>Index of ${html(path)}</title></head>\r\n<body>\r\n<h1>Index of ${html(path)}</h1><hr><pre>${rows.join('')}</pre><hr></body>\r\n</html>\r\n`;
  return { status: 200, headers: [['Content-Type', 'text/html']], body };
}
