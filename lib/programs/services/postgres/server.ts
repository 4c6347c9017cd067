/** postgres: a server that keeps its tables below PGDATA. */
import { FsError } from '../../../fs';
import type { Listener } from '../../../process';
import { formatTime } from '../../calendar';
import type { Run } from '../../run';
import { decode, encode } from '../../text';
import { acceptLoop } from '../serve';
import { splitSql } from '../sql/words';
import { answerTo, type Kept, keep, load, longVersion } from './cluster';
import { version } from './protocol';
import { session } from './session';

export async function postgres(run: Run): Promise<number> {
  if (run.args.includes('--version') || run.args.includes('-V'))
    return run.print(`postgres (PostgreSQL) ${version}\n`).then(() => 0);
  const kept = await openCluster(run);
  if (!kept) return 1;
  const stamp = () => formatTime('%F %T.000 UTC', run.process.system.clock.now());
  const log = (words: string) => run.complain(`${stamp()} [${run.process.pid}] LOG:  ${words}\n`);
  await log(`starting ${longVersion}`);
  const listener = listen(run);
  if (!listener) return log('could not bind IPv4 address "0.0.0.0": Address already in use').then(() => 1);
  await log('listening on IPv4 address "0.0.0.0", port 5432');
  await log('database system is ready to accept connections');
  const asked = askedToStop(run);
  void acceptLoop(run, listener, (connection) => session(run, connection, kept)).catch(() => undefined);
  await log(`received ${await asked()} shutdown request`);
  listener.close();
  await kept.save();
  await log('database system is shut down');
  return 0;
}

/** The cluster below PGDATA, made when there is none; undefined when it would have no password. */
async function openCluster(run: Run): Promise<Kept | undefined> {
  const { env } = run.process;
  const folder = env.PGDATA ?? '/var/lib/postgresql/data';
  const found = load(run, folder);
  if (found) {
    await run.print('\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n');
    return keep(run, folder, found);
  }
  const password = env.POSTGRES_PASSWORD ?? '';
  if (!password && env.POSTGRES_HOST_AUTH_METHOD !== 'trust') {
    await run.complain(
      'Error: Database is uninitialized and superuser password is not specified.\n       Give a POSTGRES_PASSWORD that is not empty, for example\n       "-e POSTGRES_PASSWORD=password" on "docker run".\n',
    );
    return undefined;
  }
  const user = env.POSTGRES_USER ?? 'postgres';
  const database = env.POSTGRES_DB ?? user;
  const kept = keep(run, folder, { password, user, databases: { postgres: {}, [database]: {} } });
  await kept.save();
  await run.writeFile(`${folder}/PG_VERSION`, encode('17\n'), 0o600);
  await initialise(run, kept, database);
  await run.print('\nPostgreSQL init process complete; ready for start up.\n\n');
  return kept;
}

/** The scripts of /docker-entrypoint-initdb.d that are SQL run once, in order. */
async function initialise(run: Run, { cluster, save }: Kept, database: string): Promise<void> {
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

/** Undefined when somebody else has the port. */
function listen(run: Run): Listener | undefined {
  try {
    return run.process.system.network.listen(5432);
  } catch (error) {
    if (error instanceof FsError) return undefined;
    throw error;
  }
}

/** From now on signals are heard; resolves with the way of stopping that the first of them asked for. */
function askedToStop(run: Run): () => Promise<string> {
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
  return async () => {
    while (!asked)
      await run.process.suspend((wake) => {
        stop = wake;
        return undefined;
      });
    return asked;
  };
}
