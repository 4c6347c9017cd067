/**
 * postgres and psql: a server that keeps its tables below PGDATA, and the program people talk to it with. The two speak a
 * protocol of their own (a line of JSON each way): other clients do not reach it.
 */
import { FsError } from '../../fs';
import type { Connection, Listener } from '../../process';
import { makeAll } from '../applets/directories';
import { formatTime } from '../calendar';
import { LineReader } from '../line-reader';
import { parseOptions } from '../options';
import type { Run } from '../run';
import { decode, encode } from '../text';
import { acceptLoop } from './serve';
import { execute } from './sql';
import { type Cell, type Database, isNumeric, type Outcome } from './sql-values';
import { SqlFault, splitSql } from './sql-words';

const version = '17.6';
const longVersion = `PostgreSQL ${version} (Dockerland replica) on x86_64-pc-linux-gnu`;

interface Cluster {
  password: string;
  user: string;
  databases: Record<string, Database>;
}

interface Request {
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  readonly sql?: string;
  readonly list?: boolean;
}

type Answer =
  | { readonly outcome: Outcome }
  | { readonly error: string; readonly detail?: string; readonly fatal?: boolean }
  | { readonly catalogue: { readonly databases: readonly string[]; readonly tables: Database; readonly user: string } };

export async function postgres(run: Run): Promise<number> {
  if (run.args.includes('--version') || run.args.includes('-V'))
    return run.print(`postgres (PostgreSQL) ${version}\n`).then(() => 0);
  const { env } = run.process;
  const folder = env.PGDATA ?? '/var/lib/postgresql/data';
  const file = `${folder}/dockerland.json`;
  const stamp = () => formatTime('%F %T.000 UTC', run.process.system.clock.now());
  const log = (words: string) => run.complain(`${stamp()} [${run.process.pid}] LOG:  ${words}\n`);
  const found = run.fs.exists(file);
  if (!found && !env.POSTGRES_PASSWORD && env.POSTGRES_HOST_AUTH_METHOD !== 'trust') {
    await run.complain(
      'Error: Database is uninitialized and superuser password is not specified.\n       Give a POSTGRES_PASSWORD that is not empty, for example\n       "-e POSTGRES_PASSWORD=password" on "docker run".\n',
    );
    return 1;
  }
  const user = env.POSTGRES_USER ?? 'postgres';
  const cluster: Cluster = found
    ? (JSON.parse(decode(run.fs.readFile(file))) as Cluster)
    : { password: env.POSTGRES_PASSWORD ?? '', user, databases: { postgres: {}, [env.POSTGRES_DB ?? user]: {} } };
  /** One after the other: they write the same file. */
  let saved = Promise.resolve();
  const save = () => {
    makeAll(run, folder);
    saved = saved.catch(() => undefined).then(() => run.writeFile(file, encode(JSON.stringify(cluster)), 0o600));
    return saved;
  };
  if (found)
    await run.print('\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n');
  else {
    await save();
    await run.writeFile(`${folder}/PG_VERSION`, encode('17\n'), 0o600);
    await initialise(run, cluster, env.POSTGRES_DB ?? user, save);
    await run.print('\nPostgreSQL init process complete; ready for start up.\n\n');
  }
  await log(`starting ${longVersion}`);
  let listener: Listener;
  try {
    listener = run.process.system.network.listen(5432);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    await log('could not bind IPv4 address "0.0.0.0": Address already in use');
    return 1;
  }
  await log('listening on IPv4 address "0.0.0.0", port 5432');
  await log('database system is ready to accept connections');
  let stop: (() => void) | undefined;
  let asked = '';
  for (const [signal, words] of [
    ['TERM', 'smart'],
    ['INT', 'fast'],
    ['QUIT', 'immediate'],
  ] as const)
    run.process.onSignal(signal, () => {
      asked ||= words;
      stop?.();
    });
  void acceptLoop(run, listener, (connection) => session(run, connection, cluster, save)).catch(() => undefined);
  while (!asked)
    await run.process.suspend((wake) => {
      stop = wake;
      return undefined;
    });
  await log(`received ${asked} shutdown request`);
  listener.close();
  await save();
  await log('database system is shut down');
  return 0;
}

/** The scripts of /docker-entrypoint-initdb.d that are SQL run once, in order. */
async function initialise(run: Run, cluster: Cluster, database: string, save: () => Promise<void>): Promise<void> {
  const folder = '/docker-entrypoint-initdb.d';
  if (!run.fs.exists(folder)) return;
  for (const { name } of run.fs.readdir(folder).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!name.endsWith('.sql')) continue;
    await run.print(`/usr/local/bin/docker-entrypoint.sh: running ${folder}/${name}\n`);
    const { statements, rest } = splitSql(decode(run.fs.readFile(`${folder}/${name}`)));
    for (const sql of [...statements, rest].filter((text) => text.trim() !== '')) {
      const answer = answerTo(run, cluster, { user: cluster.user, database, sql });
      await run.print(
        'outcome' in answer ? `${answer.outcome.tag}\n` : 'error' in answer ? `ERROR:  ${answer.error}\n` : '',
      );
    }
  }
  await save();
}

function answerTo(run: Run, cluster: Cluster, { user, database, sql, list }: Request): Answer {
  const tables = cluster.databases[database];
  if (!tables) return { error: `database "${database}" does not exist`, fatal: true };
  if (list || sql === undefined)
    return { catalogue: { databases: Object.keys(cluster.databases), tables, user: cluster.user } };
  const made = /^\s*(create|drop)\s+database\s+(?:if\s+exists\s+)?"?(\w+)"?\s*;?\s*$/i.exec(sql);
  if (made) return changeDatabases(cluster, made[1]!.toLowerCase(), made[2]!);
  try {
    return {
      outcome: execute(
        tables,
        {
          database,
          user,
          version: longVersion,
          now: () => formatTime('%F %T.%N+00', run.process.system.clock.now()).replace(/(\.\d{6})\d{3}/, '$1'),
        },
        sql,
      ),
    };
  } catch (error) {
    if (error instanceof SqlFault) return { error: error.message, detail: error.detail };
    throw error;
  }
}

function changeDatabases(cluster: Cluster, verb: string, name: string): Answer {
  const there = cluster.databases[name] !== undefined;
  if (verb === 'create' && there) return { error: `database "${name}" already exists` };
  if (verb === 'drop' && !there) return { error: `database "${name}" does not exist` };
  if (verb === 'create') cluster.databases[name] = {};
  else delete cluster.databases[name];
  return { outcome: { tag: `${verb.toUpperCase()} DATABASE`, changed: true } };
}

async function session(run: Run, connection: Connection, cluster: Cluster, save: () => Promise<void>): Promise<void> {
  const local = connection.remote.address.startsWith('127.');
  const lines = new LineReader(() => run.process.until(connection.read()));
  let kept: string | undefined;
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    const request = JSON.parse(line) as Request;
    const refused =
      request.user !== cluster.user
        ? `role "${request.user}" does not exist`
        : !local && cluster.password && request.password !== cluster.password
          ? `password authentication failed for user "${request.user}"`
          : undefined;
    const word = request.sql?.trim().replace(/;$/, '').toLowerCase();
    let answer: Answer;
    if (refused !== undefined) answer = { error: refused, fatal: true };
    else if (word === 'begin' || word === 'commit' || word === 'rollback') {
      if (word === 'begin') kept = JSON.stringify(cluster.databases);
      if (word === 'rollback' && kept !== undefined) cluster.databases = JSON.parse(kept) as Cluster['databases'];
      if (word !== 'begin') kept = undefined;
      answer = { outcome: { tag: word.toUpperCase(), changed: word !== 'begin' } };
    } else answer = answerTo(run, cluster, request);
    if ('outcome' in answer && answer.outcome.changed && kept === undefined) await save();
    await run.process.until(connection.write(encode(`${JSON.stringify(answer)}\n`)));
  }
}

// psql

export async function psql(run: Run): Promise<number> {
  const options = parseOptions(run, 'U:d:h:p:c:f:tAlqwWXv:', {
    username: 'U',
    dbname: 'd',
    host: 'h',
    port: 'p',
    command: 'c',
    file: 'f',
    'tuples-only': 't',
    'no-align': 'A',
    list: 'l',
    version: 'version',
  });
  if (options.has('version')) return run.print(`psql (PostgreSQL) ${version}\n`).then(() => 0);
  const { env } = run.process;
  const uri = /^postgres(?:ql)?:\/\/(?:([^:@/]+)(?::([^@/]*))?@)?([^:/]+)?(?::(\d+))?(?:\/(\w+))?/.exec(
    options.value('d') ?? options.operands[0] ?? '',
  );
  const user = options.value('U') ?? options.operands[1] ?? uri?.[1] ?? env.PGUSER ?? 'root';
  const host = options.value('h') ?? uri?.[3] ?? env.PGHOST;
  const port = Number(options.value('p') ?? uri?.[4] ?? env.PGPORT ?? 5432);
  const database = uri ? (uri[5] ?? user) : (options.value('d') ?? options.operands[0] ?? env.PGDATABASE ?? user);
  const place = host === undefined ? 'on socket "/var/run/postgresql/.s.PGSQL.5432" failed' : undefined;
  const address =
    host === undefined || host === 'localhost'
      ? '127.0.0.1'
      : /^\d+(\.\d+){3}$/.test(host)
        ? host
        : run.process.system.network.resolve(host)[0];
  const where = place ?? `at "${host}" (${address ?? ''}), port ${port} failed`;
  const refuse = (why: string) => run.complain(`psql: error: connection to server ${where}: ${why}\n`).then(() => 2);
  if (address === undefined)
    return run
      .complain(`psql: error: could not translate host name "${host}" to address: Name or service not known\n`)
      .then(() => 2);
  let connection: Connection;
  try {
    connection = await run.process.until(run.process.system.network.connect(address, port));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return refuse(
      `${host === undefined ? 'No such file or directory' : run.say(error)}\n\tIs the server running ${host === undefined ? 'locally and accepting connections on that socket?' : 'on that host and accepting TCP/IP connections?'}`,
    );
  }
  const client = new Client(
    run,
    connection,
    { user, database, password: env.PGPASSWORD ?? uri?.[2] },
    { tuples: options.has('t'), bare: options.has('A') },
  );
  try {
    const first = await client.ask({ list: true });
    if ('error' in first) return await refuse(`FATAL:  ${first.error}`);
    if (options.has('l')) return await client.meta('\\l');
    const file = options.value('f');
    if (options.has('c')) {
      let exitCode = 0;
      for (const text of options.all('c'))
        exitCode = text.trimStart().startsWith('\\') ? await client.meta(text.trim()) : await client.all(text);
      return exitCode;
    }
    if (file !== undefined) return await client.all(await run.readText(file));
    return await client.converse();
  } finally {
    connection.close();
  }
}

export async function pgIsReady(run: Run): Promise<number> {
  const options = parseOptions(run, 'h:p:U:d:qt:', { host: 'h', port: 'p', username: 'U' });
  const host = options.value('h') ?? '127.0.0.1';
  const address = /^\d/.test(host) ? host : run.process.system.network.resolve(host)[0];
  const title = options.has('h') ? `${host}:${options.value('p') ?? 5432}` : '/var/run/postgresql:5432';
  try {
    if (address === undefined) throw new FsError('EHOSTUNREACH');
    (await run.process.until(run.process.system.network.connect(address, Number(options.value('p') ?? 5432)))).close();
    return await run.print(`${title} - accepting connections\n`).then(() => 0);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return run.print(`${title} - no response\n`).then(() => 2);
  }
}

class Client {
  readonly #lines: LineReader;

  constructor(
    readonly run: Run,
    readonly connection: Connection,
    readonly who: { user: string; database: string; password: string | undefined },
    readonly style: { tuples: boolean; bare: boolean },
  ) {
    this.#lines = new LineReader(() => run.process.until(connection.read()));
  }

  async ask(request: Partial<Request>): Promise<Answer> {
    await this.run.process.until(this.connection.write(encode(`${JSON.stringify({ ...this.who, ...request })}\n`)));
    const line = await this.#lines.next();
    return line === undefined
      ? { error: 'server closed the connection unexpectedly', fatal: true }
      : (JSON.parse(line) as Answer);
  }

  async all(text: string): Promise<number> {
    const { statements, rest } = splitSql(text);
    let exitCode = 0;
    for (const sql of [...statements, rest].filter((each) => each.trim() !== ''))
      exitCode = (await this.one(sql)) || exitCode;
    return exitCode;
  }

  async one(sql: string): Promise<number> {
    const answer = await this.ask({ sql: sql.trim() });
    if ('error' in answer) {
      await this.run.complain(
        `${answer.fatal ? 'FATAL' : 'ERROR'}:  ${answer.error}\n${answer.detail ? `DETAIL:  ${answer.detail}\n` : ''}`,
      );
      return answer.fatal ? 2 : 1;
    }
    if ('outcome' in answer) await this.show(answer.outcome);
    return 0;
  }

  async show({ tag, columns, rows }: Outcome): Promise<void> {
    if (columns && rows) await this.run.print(this.table(columns, rows));
    if (!columns || tag.startsWith('INSERT')) await this.run.print(`${tag}\n`);
  }

  table(
    columns: readonly { readonly name: string; readonly type: string }[],
    rows: readonly (readonly Cell[])[],
    title = '',
  ): string {
    const cells = rows.map((row) => row.map(cellText));
    if (this.style.bare)
      return (
        [...(this.style.tuples ? [] : [columns.map(({ name }) => name)]), ...cells]
          .map((row) => `${row.join('|')}\n`)
          .join('') + (this.style.tuples ? '' : `(${rows.length} row${rows.length === 1 ? '' : 's'})\n`)
      );
    const widths = columns.map(({ name }, at) =>
      Math.max(name.length, ...cells.map((row) => [...(row[at] ?? '')].length)),
    );
    const line = (row: readonly string[]) =>
      ` ${row.map((cell, at) => (isNumeric(columns[at]!.type) ? cell.padStart(widths[at]!) : at === row.length - 1 ? cell : cell.padEnd(widths[at]!))).join(' | ')}\n`;
    const centre = (text: string, width: number) =>
      text.padStart(Math.floor((width - text.length) / 2) + text.length).padEnd(width);
    const head = ` ${columns.map(({ name }, at) => centre(name, widths[at]!)).join(' | ')} \n${widths.map((width) => '-'.repeat(width + 2)).join('+')}\n`;
    const total = widths.reduce((sum, width) => sum + width + 3, 0) - 1;
    const heading = title ? `${centre(title, total).trimEnd()}\n` : '';
    return (
      (this.style.tuples ? '' : heading + head) +
      cells.map(line).join('') +
      (this.style.tuples ? '\n' : `(${rows.length} row${rows.length === 1 ? '' : 's'})\n\n`)
    );
  }

  async meta(command: string): Promise<number> {
    const [verb = '', word] = command.split(/\s+/);
    const answer = await this.ask({ list: true });
    if (!('catalogue' in answer)) return 1;
    const { databases, tables, user } = answer.catalogue;
    const text = (name: string) => ({ name, type: 'text' });
    if (verb === '\\l')
      await this.run.print(
        this.table(
          [text('Name'), text('Owner'), text('Encoding')],
          databases.map((name) => [name, user, 'UTF8']),
          'List of databases',
        ),
      );
    else if (verb === '\\dt' || (verb === '\\d' && word === undefined)) {
      if (Object.keys(tables).length === 0) await this.run.complain('Did not find any relations.\n');
      else
        await this.run.print(
          this.table(
            ['Schema', 'Name', 'Type', 'Owner'].map(text),
            Object.keys(tables)
              .sort()
              .map((name) => ['public', name, 'table', user]),
            'List of relations',
          ),
        );
    } else if (verb === '\\d') {
      const table = tables[word!];
      if (!table) return this.run.complain(`Did not find any relation named "${word}".\n`).then(() => 1);
      const rows = table.columns.map((column) => [
        column.name,
        column.type,
        '',
        column.required ? 'not null' : '',
        column.initial === null ? '' : cellText(column.initial),
      ]);
      await this.run.print(
        this.table(
          ['Column', 'Type', 'Collation', 'Nullable', 'Default'].map(text),
          rows,
          `Table "public.${word}"`,
        ).replace(/\(\d+ rows?\)\n\n$/, '\n'),
      );
    } else if (verb === '\\du')
      await this.run.print(
        this.table(
          [text('Role name'), text('Attributes')],
          [[user, 'Superuser, Create role, Create DB']],
          'List of roles',
        ),
      );
    else if (verb === '\\conninfo')
      await this.run.print(`You are connected to database "${this.who.database}" as user "${this.who.user}".\n`);
    else if (verb === '\\c' && word !== undefined) {
      if (!databases.includes(word))
        return this.run
          .complain(
            `connection to server failed: FATAL:  database "${word}" does not exist\nPrevious connection kept\n`,
          )
          .then(() => 1);
      this.who.database = word;
      await this.run.print(`You are now connected to database "${word}" as user "${this.who.user}".\n`);
    } else if (verb === '\\?')
      await this.run.print(
        '\\l  databases\n\\dt tables\n\\d NAME  a table\n\\c NAME  connect to a database\n\\q  leave\n',
      );
    else return this.run.complain(`invalid command ${verb}\nTry \\? for help.\n`).then(() => 1);
    return 0;
  }

  async converse(): Promise<number> {
    const { run } = this;
    const { terminal } = run.process.stdin;
    if (terminal) await run.print(`psql (${version} (Dockerland replica))\nType "\\?" for help.\n\n`);
    const lines = run.lines(run.process.stdin);
    let held = '';
    for (;;) {
      if (terminal) await run.print(`${this.who.database}${held.trim() ? '-' : '='}# `);
      await run.flush();
      const line = await lines.next();
      if (line === undefined || (held.trim() === '' && /^\s*(\\q|quit|exit)\s*;?$/.test(line))) break;
      if (held.trim() === '' && line.trimStart().startsWith('\\')) await this.meta(line.trim());
      else {
        const { statements, rest } = splitSql(`${held}${line}\n`);
        held = rest;
        for (const sql of statements) if ((await this.one(sql)) === 2) return 2;
      }
    }
    if (held.trim() !== '' && !terminal) return this.one(held);
    return 0;
  }
}

const cellText = (cell: Cell): string =>
  cell === null
    ? ''
    : cell === true
      ? 't'
      : cell === false
        ? 'f'
        : typeof cell === 'number' && !Number.isInteger(cell)
          ? cell.toString()
          : String(cell);
