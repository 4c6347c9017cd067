/** psql and pg_isready: finding the server, and what is to be asked of it. */
import { FsError } from '../../../fs';
import type { Connection } from '../../../process';
import { addressOf } from '../../address';
import { type Options, parseOptions } from '../../options';
import type { Run } from '../../run';
import { Client } from './client';
import { version } from './protocol';

const names = {
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
};

interface Goal {
  readonly user: string;
  /** Undefined: the socket in the same container. */
  readonly host: string | undefined;
  readonly port: number;
  readonly database: string;
  readonly password: string | undefined;
}

export async function psql(run: Run): Promise<number> {
  const options = parseOptions(run, 'U:d:h:p:c:f:tAlqwWXv:', names);
  if (options.has('version')) return run.print(`psql (PostgreSQL) ${version}\n`).then(() => 0);
  const goal = goalOf(run, options);
  const { host } = goal;
  const { network } = run.process.system;
  const address = host === undefined || host === 'localhost' ? '127.0.0.1' : addressOf(network, host);
  if (address === undefined)
    return run
      .complain(`psql: error: could not translate host name "${host}" to address: Name or service not known\n`)
      .then(() => 2);
  let connection: Connection;
  try {
    connection = await run.process.until(network.connect(address, goal.port));
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return refuse(run, goal, address, noServer(run, goal, error));
  }
  try {
    const style = { tuples: options.has('t'), bare: options.has('A') };
    const client = new Client(run, connection, { ...goal }, style);
    const first = await client.ask({ list: true });
    if ('error' in first) return await refuse(run, goal, address, `FATAL:  ${first.error}`);
    return await talk(run, client, options);
  } finally {
    connection.close();
  }
}

/** Options, then a connection URI, then the environment. */
function goalOf(run: Run, options: Options): Goal {
  const { env } = run.process;
  const [named, role] = options.operands;
  const uri = /^postgres(?:ql)?:\/\/(?:([^:@/]+)(?::([^@/]*))?@)?([^:/]+)?(?::(\d+))?(?:\/(\w+))?/.exec(
    options.value('d') ?? named ?? '',
  );
  const user = options.value('U') ?? role ?? uri?.[1] ?? env.PGUSER ?? 'root';
  return {
    user,
    host: options.value('h') ?? uri?.[3] ?? env.PGHOST,
    port: Number(options.value('p') ?? uri?.[4] ?? env.PGPORT ?? 5432),
    database: uri ? (uri[5] ?? user) : (options.value('d') ?? named ?? env.PGDATABASE ?? user),
    password: env.PGPASSWORD ?? uri?.[2],
  };
}

function noServer(run: Run, { host }: Goal, error: FsError): string {
  return host === undefined
    ? 'No such file or directory\n\tIs the server running locally and accepting connections on that socket?'
    : `${run.say(error)}\n\tIs the server running on that host and accepting TCP/IP connections?`;
}

async function refuse(run: Run, { host, port }: Goal, address: string, why: string): Promise<number> {
  const place =
    host === undefined ? 'on socket "/var/run/postgresql/.s.PGSQL.5432"' : `at "${host}" (${address}), port ${port}`;
  await run.complain(`psql: error: connection to server ${place} failed: ${why}\n`);
  return 2;
}

async function talk(run: Run, client: Client, options: Options): Promise<number> {
  if (options.has('l')) return client.meta('\\l');
  if (options.has('c')) {
    let exitCode = 0;
    for (const text of options.all('c'))
      exitCode = text.trimStart().startsWith('\\') ? await client.meta(text.trim()) : await client.all(text);
    return exitCode;
  }
  const file = options.value('f');
  return file === undefined ? client.converse() : client.all(await run.readText(file));
}

export async function pgIsReady(run: Run): Promise<number> {
  const options = parseOptions(run, 'h:p:U:d:qt:', { host: 'h', port: 'p', username: 'U' });
  const { network } = run.process.system;
  const address = addressOf(network, options.value('h') ?? '127.0.0.1');
  const port = options.value('p') ?? 5432;
  const title = options.has('h') ? `${options.value('h')}:${port}` : '/var/run/postgresql:5432';
  try {
    if (address === undefined) throw new FsError('EHOSTUNREACH');
    (await run.process.until(network.connect(address, Number(port)))).close();
    return await run.print(`${title} - accepting connections\n`).then(() => 0);
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    return run.print(`${title} - no response\n`).then(() => 2);
  }
}
