/** redis-server and redis-cli: keys and values in memory, RESP over a connection, a snapshot on disk. (redis.io, "RESP protocol") */
import { FsError } from '../../fs';
import type { Connection, Listener } from '../../process';
import { addressOf } from '../address';
import { formatTime } from '../calendar';
import type { Incoming } from '../http';
import { parseOptions } from '../options';
import type { Run } from '../run';
import { concat, decode, encode } from '../text';
import { type Answer, ok, RedisStore } from './redis-store';
import { answerTo } from './redis-verbs';
import { acceptLoop } from './serve';

const version = '8.2.3';

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
  /** One after the other: they write the same file. */
  let saved = Promise.resolve();
  const save = () => {
    saved = saved.catch(() => undefined).then(() => run.writeFile(path, encode(store.save()), 0o644));
    store.changes = 0;
    return saved;
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
    await save();
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
  server: { password: string | undefined; save: () => Promise<void>; shutdown: () => void },
): Promise<void> {
  const reader = new Reader(connection, (promise) => run.process.until(promise));
  let known = server.password === undefined;
  const serve = async (words: readonly string[]): Promise<Answer> => {
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
      const saved = server.save().then(
        () => ok,
        () => ({ error: 'ERR' }),
      );
      return name === 'SAVE' ? saved : { ok: 'Background saving started' };
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
    await run.process.until(connection.write(encode(wire(await serve(words)))));
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
  const address = addressOf(run.process.system.network, host);
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
