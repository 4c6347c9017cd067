/** redis-server and redis-cli: keys and values in memory, RESP over a connection, a snapshot on disk. (redis.io, "RESP protocol") */
import { FsError } from '../../fs';
import type { Connection, Listener } from '../../process';
import { formatTime } from '../calendar';
import type { Incoming } from '../http';
import { parseOptions } from '../options';
import type { Run } from '../run';
import { concat, decode, encode } from '../text';
import { matcher } from '../wildcard';
import { acceptLoop } from './serve';

const version = '8.2.3';

type Value = string | string[] | Map<string, string> | Set<string>;
type Answer = string | number | null | { readonly ok: string } | { readonly error: string } | readonly Answer[];

interface Entry {
  value: Value;
  /** Milliseconds since the epoch. */
  expires?: number;
}

class Wrong extends Error {}

const wrongType = 'WRONGTYPE Operation against a key holding the wrong kind of value';

export class RedisStore {
  readonly entries = new Map<string, Entry>();
  changes = 0;

  constructor(readonly now: () => number) {}

  live(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    if (entry?.expires !== undefined && entry.expires <= this.now()) {
      this.entries.delete(key);
      return undefined;
    }
    return entry;
  }

  text(key: string): string | undefined {
    const value = this.live(key)?.value;
    if (value !== undefined && typeof value !== 'string') throw new Wrong(wrongType);
    return value;
  }

  #kind<T extends Value>(key: string, is: (value: Value) => value is T, make?: () => T): T | undefined {
    const entry = this.live(key);
    if (!entry) {
      const made = make?.();
      if (made !== undefined) this.entries.set(key, { value: made });
      return made;
    }
    if (!is(entry.value)) throw new Wrong(wrongType);
    return entry.value;
  }

  list = (key: string, make?: boolean) =>
    this.#kind(key, (value): value is string[] => Array.isArray(value), make ? () => [] : undefined);
  hash = (key: string, make?: boolean) =>
    this.#kind(
      key,
      (value): value is Map<string, string> => value instanceof Map,
      make ? () => new Map<string, string>() : undefined,
    );
  set = (key: string, make?: boolean) =>
    this.#kind(key, (value): value is Set<string> => value instanceof Set, make ? () => new Set<string>() : undefined);

  keys(): string[] {
    return [...this.entries.keys()].filter((key) => this.live(key));
  }

  save(): string {
    const plain = this.keys().map((key) => {
      const { value, expires } = this.entries.get(key)!;
      const kind =
        typeof value === 'string' ? 'string' : Array.isArray(value) ? 'list' : value instanceof Map ? 'hash' : 'set';
      return [key, kind, typeof value === 'string' ? value : [...value], expires ?? null];
    });
    return `REDIS-DOCKERLAND ${JSON.stringify(plain)}\n`;
  }

  load(text: string): void {
    if (!text.startsWith('REDIS-DOCKERLAND ')) return;
    for (const [key, kind, value, expires] of JSON.parse(text.slice(17)) as [string, string, never, number | null][]) {
      const made: Value = kind === 'hash' ? new Map(value) : kind === 'set' ? new Set(value) : value;
      this.entries.set(key, { value: made, ...(expires !== null && { expires }) });
    }
  }
}

const ok: Answer = { ok: 'OK' };

function whole(text: string | undefined): number {
  if (text === undefined || !/^-?\d+$/.test(text)) throw new Wrong('ERR value is not an integer or out of range');
  return Number(text);
}

function span(list: readonly string[], from: string | undefined, to: string | undefined): string[] {
  const at = (index: number) => (index < 0 ? Math.max(0, list.length + index) : index);
  return list.slice(at(whole(from)), at(whole(to)) + 1);
}

type Verb = (store: RedisStore, args: readonly string[]) => Answer;

function add(store: RedisStore, key: string, by: number): Answer {
  const value = whole(store.text(key) ?? '0') + by;
  const entry = store.live(key);
  if (entry) entry.value = String(value);
  else store.entries.set(key, { value: String(value) });
  return value;
}

function drop<T extends { readonly size?: number; readonly length?: number }>(
  store: RedisStore,
  key: string,
  value: T | undefined,
): void {
  if (value && (value.size ?? value.length) === 0) store.entries.delete(key);
}

function setText(store: RedisStore, [key = '', value = '', ...options]: readonly string[]): Answer {
  const words = options.map((word) => word.toUpperCase());
  const there = store.live(key);
  if ((words.includes('NX') && there) || (words.includes('XX') && !there)) return null;
  const at = words.findIndex((word) => word === 'EX' || word === 'PX');
  const span = at < 0 ? undefined : whole(options[at + 1]) * (words[at] === 'EX' ? 1000 : 1);
  store.entries.set(key, { value, ...(span !== undefined && { expires: store.now() + span }) });
  return ok;
}

function setMany(store: RedisStore, args: readonly string[]): Answer {
  for (let at = 0; at < args.length; at += 2) store.entries.set(args[at]!, { value: args[at + 1] ?? '' });
  return ok;
}

/** How many words a command takes at least and at most, its own name apart; and whether it changes something. */
const verbs: Readonly<Record<string, readonly [least: number, most: number, writes: boolean, verb: Verb]>> = {
  PING: [0, 1, false, (_, [text]) => text ?? { ok: 'PONG' }],
  ECHO: [1, 1, false, (_, [text = '']) => text],
  SELECT: [1, 1, false, () => ok],
  GET: [1, 1, false, (store, [key = '']) => store.text(key) ?? null],
  SET: [2, 6, true, setText],
  SETNX: [
    2,
    2,
    true,
    (store, [key = '', value = '']) => (store.live(key) ? 0 : (store.entries.set(key, { value }), 1)),
  ],
  SETEX: [3, 3, true, (store, [key = '', seconds = '', value = '']) => setText(store, [key, value, 'EX', seconds])],
  GETSET: [2, 2, true, (store, [key = '', value = '']) => [store.text(key) ?? null, setText(store, [key, value])][0]!],
  MSET: [2, 1000, true, (store, args) => setMany(store, args)],
  MGET: [1, 1000, false, (store, args) => args.map((key) => store.text(key) ?? null)],
  APPEND: [
    2,
    2,
    true,
    (store, [key = '', value = '']) => (
      setText(store, [key, (store.text(key) ?? '') + value]), store.text(key)!.length
    ),
  ],
  STRLEN: [1, 1, false, (store, [key = '']) => encode(store.text(key) ?? '').length],
  DEL: [1, 1000, true, (store, args) => args.filter((key) => store.live(key) && store.entries.delete(key)).length],
  EXISTS: [1, 1000, false, (store, args) => args.filter((key) => store.live(key)).length],
  TYPE: [1, 1, false, (store, [key = '']) => ({ ok: kindOf(store.live(key)?.value) })],
  INCR: [1, 1, true, (store, [key = '']) => add(store, key, 1)],
  DECR: [1, 1, true, (store, [key = '']) => add(store, key, -1)],
  INCRBY: [2, 2, true, (store, [key = '', by]) => add(store, key, whole(by))],
  DECRBY: [2, 2, true, (store, [key = '', by]) => add(store, key, -whole(by))],
  KEYS: [1, 1, false, (store, [pattern = '']) => store.keys().filter(matcher(pattern))],
  DBSIZE: [0, 0, false, (store) => store.keys().length],
  FLUSHALL: [0, 1, true, (store) => (store.entries.clear(), ok)],
  FLUSHDB: [0, 1, true, (store) => (store.entries.clear(), ok)],
  EXPIRE: [
    2,
    3,
    true,
    (store, [key = '', seconds]) =>
      ((entry) => (entry ? ((entry.expires = store.now() + whole(seconds) * 1000), 1) : 0))(store.live(key)),
  ],
  PERSIST: [
    1,
    1,
    true,
    (store, [key = '']) => ((entry) => (entry?.expires === undefined ? 0 : (delete entry.expires, 1)))(store.live(key)),
  ],
  TTL: [
    1,
    1,
    false,
    (store, [key = '']) =>
      ((entry) => (!entry ? -2 : entry.expires === undefined ? -1 : Math.ceil((entry.expires - store.now()) / 1000)))(
        store.live(key),
      ),
  ],
  RENAME: [2, 2, true, (store, [from = '', to = '']) => rename(store, from, to)],
  LPUSH: [2, 1000, true, (store, [key = '', ...values]) => store.list(key, true)!.unshift(...values.reverse())],
  RPUSH: [2, 1000, true, (store, [key = '', ...values]) => store.list(key, true)!.push(...values)],
  LPOP: [
    1,
    1,
    true,
    (store, [key = '']) => ((list) => [list?.shift() ?? null, drop(store, key, list)][0]!)(store.list(key)) ?? null,
  ],
  RPOP: [
    1,
    1,
    true,
    (store, [key = '']) => ((list) => [list?.pop() ?? null, drop(store, key, list)][0]!)(store.list(key)) ?? null,
  ],
  LLEN: [1, 1, false, (store, [key = '']) => store.list(key)?.length ?? 0],
  LRANGE: [3, 3, false, (store, [key = '', from, to]) => span(store.list(key) ?? [], from, to)],
  LINDEX: [2, 2, false, (store, [key = '', index]) => store.list(key)?.at(whole(index)) ?? null],
  HSET: [
    3,
    1000,
    true,
    (store, [key = '', ...pairs]) =>
      ((hash) =>
        pairs.filter(
          (field, at) => at % 2 === 0 && ((fresh) => (hash.set(field, pairs[at + 1] ?? ''), fresh))(!hash.has(field)),
        ).length)(store.hash(key, true)!),
  ],
  HGET: [2, 2, false, (store, [key = '', field = '']) => store.hash(key)?.get(field) ?? null],
  HGETALL: [1, 1, false, (store, [key = '']) => [...(store.hash(key) ?? [])].flat()],
  HDEL: [
    2,
    1000,
    true,
    (store, [key = '', ...fields]) =>
      ((hash) => [fields.filter((field) => hash?.delete(field)).length, drop(store, key, hash)][0]!)(store.hash(key)),
  ],
  HKEYS: [1, 1, false, (store, [key = '']) => [...(store.hash(key)?.keys() ?? [])]],
  HVALS: [1, 1, false, (store, [key = '']) => [...(store.hash(key)?.values() ?? [])]],
  HLEN: [1, 1, false, (store, [key = '']) => store.hash(key)?.size ?? 0],
  SADD: [
    2,
    1000,
    true,
    (store, [key = '', ...values]) =>
      ((set) => values.filter((value) => !set.has(value) && set.add(value)).length)(store.set(key, true)!),
  ],
  SREM: [
    2,
    1000,
    true,
    (store, [key = '', ...values]) =>
      ((set) => [values.filter((value) => set?.delete(value)).length, drop(store, key, set)][0]!)(store.set(key)),
  ],
  SMEMBERS: [1, 1, false, (store, [key = '']) => [...(store.set(key) ?? [])]],
  SISMEMBER: [2, 2, false, (store, [key = '', value = '']) => (store.set(key)?.has(value) ? 1 : 0)],
  SCARD: [1, 1, false, (store, [key = '']) => store.set(key)?.size ?? 0],
};

function kindOf(value: Value | undefined): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? 'string' : Array.isArray(value) ? 'list' : value instanceof Map ? 'hash' : 'set';
}

function rename(store: RedisStore, from: string, to: string): Answer {
  const entry = store.live(from);
  if (!entry) throw new Wrong('ERR no such key');
  store.entries.delete(from);
  store.entries.set(to, entry);
  return ok;
}

export function answerTo(store: RedisStore, [name = '', ...args]: readonly string[]): Answer {
  const known = verbs[name.toUpperCase()];
  if (!known)
    return {
      error: `ERR unknown command '${name}', with args beginning with: ${args.map((word) => `'${word}' `).join('')}`,
    };
  const [least, most, writes, verb] = known;
  if (args.length < least || args.length > most)
    return { error: `ERR wrong number of arguments for '${name.toLowerCase()}' command` };
  try {
    const answer = verb(store, args);
    if (writes) store.changes++;
    return answer;
  } catch (error) {
    if (error instanceof Wrong) return { error: error.message };
    throw error;
  }
}

// The protocol

function wire(answer: Answer): string {
  if (answer === null) return '$-1\r\n';
  if (typeof answer === 'number') return `:${answer}\r\n`;
  if (typeof answer === 'string') return `$${encode(answer).length}\r\n${answer}\r\n`;
  if ('error' in answer) return `-${answer.error}\r\n`;
  if ('ok' in answer) return `+${answer.ok}\r\n`;
  return `*${answer.length}\r\n${answer.map(wire).join('')}`;
}

class Reader {
  #held: Uint8Array = new Uint8Array(0);

  constructor(
    readonly connection: Connection,
    readonly until: Incoming['until'],
  ) {}

  async line(): Promise<string | undefined> {
    for (;;) {
      const at = this.#held.indexOf(10);
      if (at >= 0) return decode(this.#take(at + 1)).replace(/\r?\n$/, '');
      if (!(await this.#more())) return undefined;
    }
  }

  async bytes(length: number): Promise<string | undefined> {
    while (this.#held.length < length) if (!(await this.#more())) return undefined;
    return decode(this.#take(length));
  }

  async #more(): Promise<boolean> {
    const bytes = await this.until(this.connection.read());
    if (bytes.length > 0) this.#held = concat([this.#held, bytes]);
    return bytes.length > 0;
  }

  #take(length: number): Uint8Array {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  /** A command: an array of bulk strings, or a line of words. */
  async command(): Promise<string[] | undefined> {
    const first = await this.line();
    if (first === undefined) return undefined;
    if (!first.startsWith('*')) return first.split(/\s+/).filter(Boolean);
    const words: string[] = [];
    for (let left = Math.min(Number(first.slice(1)), 10_000); left > 0; left--) {
      const size = Number((await this.line())?.slice(1));
      const word = await this.bytes(size);
      await this.bytes(2);
      if (word === undefined) return undefined;
      words.push(word);
    }
    return words;
  }

  async answer(): Promise<Answer | undefined> {
    const line = await this.line();
    if (line === undefined) return undefined;
    const rest = line.slice(1);
    if (line[0] === ':') return Number(rest);
    if (line[0] === '+') return { ok: rest };
    if (line[0] === '-') return { error: rest };
    if (line[0] === '*') {
      const items: Answer[] = [];
      for (let left = Number(rest); left > 0; left--) items.push((await this.answer()) ?? null);
      return items;
    }
    if (rest === '-1') return null;
    const text = await this.bytes(Number(rest));
    await this.bytes(2);
    return text;
  }
}

// The programs

export async function redisServer(run: Run): Promise<number> {
  if (run.args.includes('--version') || run.args.includes('-v'))
    return run.print(`Redis server v=${version} sha=00000000:0 malloc=libc bits=64 build=dockerland\n`).then(() => 0);
  const setting = (name: string) => run.args[run.args.indexOf(`--${name}`) + 1];
  const port = run.args.includes('--port') ? Number(setting('port')) : 6379;
  const password = run.args.includes('--requirepass') ? setting('requirepass') : undefined;
  const path = `${run.args.includes('--dir') ? setting('dir') : run.process.cwd}/dump.rdb`.replace('//', '/');
  const { pid } = run.process;
  const log = (mark: string, words: string) =>
    run
      .print(`${pid}:M ${formatTime('%d %b %Y %H:%M:%S', run.process.system.clock.now())}.000 ${mark} ${words}\n`)
      .then(() => run.flush());
  const store = new RedisStore(() => run.now());
  await log('*', `Redis version=${version}, bits=64, pid=${pid}, just started`);
  let listener: Listener;
  try {
    listener = run.process.system.network.listen(port);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    await log('#', `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`);
    await log('#', 'Failed listening on port 6379 (tcp), aborting.');
    return 1;
  }
  await log('*', 'Running mode=standalone, port=6379.'.replace('6379', String(port)));
  await log('*', 'Server initialized');
  if (run.fs.exists(path)) {
    store.load(decode(run.fs.readFile(path)));
    await log('*', `Done loading RDB, keys loaded: ${store.entries.size}, keys expired: 0.`);
  }
  await log('*', 'Ready to accept connections tcp');
  const save = () => {
    run.fs.writeFile(path, encode(store.save()), 0o644);
    store.changes = 0;
  };
  let stop: (() => void) | undefined;
  let asked = '';
  const ask = (why: string) => {
    asked ||= why;
    stop?.();
  };
  run.process.onSignal('TERM', () => ask('Received SIGTERM scheduling shutdown...'));
  run.process.onSignal('INT', () => ask('Received SIGINT scheduling shutdown...'));
  void acceptLoop(run, listener, (connection) =>
    session(run, connection, store, { password, save, shutdown: () => ask('User requested shutdown...') }),
  ).catch(() => undefined);
  while (!asked)
    await run.process.suspend((wake) => {
      stop = wake;
      return undefined;
    });
  await log('*', asked);
  await log('*', 'Saving the final RDB snapshot before exiting.');
  try {
    save();
    await log('*', 'DB saved on disk');
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    await log('#', `Failed opening the temp RDB file for saving: ${run.say(error)}`);
  }
  listener.close();
  await log('#', 'Redis is now ready to exit, bye bye...');
  return 0;
}

async function session(
  run: Run,
  connection: Connection,
  store: RedisStore,
  server: { password: string | undefined; save: () => void; shutdown: () => void },
): Promise<void> {
  const reader = new Reader(connection, (promise) => run.process.until(promise));
  let known = server.password === undefined;
  const serve = (words: readonly string[]): Answer => {
    const name = (words[0] ?? '').toUpperCase();
    if (name === 'AUTH') {
      known ||= words.at(-1) === server.password;
      return server.password === undefined
        ? {
            error:
              'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
          }
        : known
          ? ok
          : { error: 'WRONGPASS invalid username-password pair or user is disabled.' };
    }
    if (!known) return { error: 'NOAUTH Authentication required.' };
    if (name === 'SAVE' || name === 'BGSAVE') {
      server.save();
      return name === 'SAVE' ? ok : { ok: 'Background saving started' };
    }
    if (name === 'SHUTDOWN') {
      server.shutdown();
      return ok;
    }
    if (name === 'INFO')
      return `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\ntcp_port:6379\r\n\r\n# Keyspace\r\ndb0:keys=${store.keys().length},expires=0,avg_ttl=0\r\n`;
    return answerTo(store, words);
  };
  for (let words = await reader.command(); words !== undefined; words = await reader.command()) {
    if (words.length === 0) continue;
    if (words[0]?.toUpperCase() === 'QUIT') return void (await connection.write(encode('+OK\r\n')));
    await run.process.until(connection.write(encode(wire(serve(words)))));
  }
}

export async function redisCli(run: Run): Promise<number> {
  const options = parseOptions(run, '+h:p:a:n:u:vrx', {
    raw: 'raw',
    version: 'v',
    pass: 'a',
    'no-auth-warning': 'quiet',
    help: 'help',
  });
  if (options.has('v')) return run.print(`redis-cli ${version}\n`).then(() => 0);
  const host = options.value('h') ?? '127.0.0.1';
  const port = Number(options.value('p') ?? 6379);
  const address = /^\d+(\.\d+){3}$/.test(host) ? host : run.process.system.network.resolve(host)[0];
  const refuse = (why: string) => run.complain(`Could not connect to Redis at ${host}:${port}: ${why}\n`).then(() => 1);
  if (address === undefined) return refuse('Name or service not known');
  let connection: Connection;
  try {
    connection = await run.process.until(run.process.system.network.connect(address, port));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return refuse(run.say(error));
  }
  const reader = new Reader(connection, (promise) => run.process.until(promise));
  const send = async (words: readonly string[]) => {
    await run.process.until(connection.write(encode(wire(words))));
    return reader.answer();
  };
  try {
    if (options.has('a')) await send(['AUTH', options.value('a')!]);
    if (options.operands.length > 0)
      return await once(run, await send(options.operands), options.has('raw') || !run.process.stdout.terminal);
    return await converse(run, `${host}:${port}`, send);
  } finally {
    connection.close();
  }
}

async function once(run: Run, answer: Answer | undefined, raw: boolean): Promise<number> {
  if (answer === undefined) return run.complain('Error: Server closed the connection\n').then(() => 1);
  await run.print(raw ? plain(answer) : pretty(answer));
  return typeof answer === 'object' && answer !== null && 'error' in answer ? 1 : 0;
}

async function converse(
  run: Run,
  place: string,
  send: (words: readonly string[]) => Promise<Answer | undefined>,
): Promise<number> {
  const lines = run.lines(run.process.stdin);
  const { terminal } = run.process.stdin;
  for (;;) {
    if (terminal) await run.print(`${place}> `);
    await run.flush();
    const line = await lines.next();
    if (line === undefined || /^\s*(quit|exit)\s*$/i.test(line)) return 0;
    const words = (line.match(/"(?:[^"\\]|\\.)*"|'[^']*'|\S+/g) ?? []).map((word) =>
      word.replace(/^(["'])([\s\S]*)\1$/, '$2'),
    );
    if (words.length === 0) continue;
    const answer = await send(words);
    if (answer === undefined)
      return words[0]!.toLowerCase() === 'shutdown'
        ? 0
        : run.complain('Error: Server closed the connection\n').then(() => 1);
    await run.print(terminal ? pretty(answer) : plain(answer));
  }
}

function plain(answer: Answer): string {
  if (answer === null) return '\n';
  if (typeof answer !== 'object') return `${answer}\n`;
  if ('error' in answer) return `${answer.error}\n\n`;
  if ('ok' in answer) return `${answer.ok}\n`;
  return answer.length === 0 ? '\n' : answer.map(plain).join('');
}

function pretty(answer: Answer, indent = ''): string {
  if (answer === null) return '(nil)\n';
  if (typeof answer === 'number') return `(integer) ${answer}\n`;
  if (typeof answer === 'string') return answer.includes('\n') ? `${answer}\n` : `${JSON.stringify(answer)}\n`;
  if ('error' in answer) return `(error) ${answer.error}\n`;
  if ('ok' in answer) return `${answer.ok}\n`;
  if (answer.length === 0) return '(empty array)\n';
  return answer.map((item, at) => `${at === 0 ? '' : indent}${at + 1}) ${pretty(item, `${indent}   `)}`).join('');
}
